"""What the clock does about questions to hosts: a reminder, and an end that is told."""

from datetime import datetime, timedelta

import pytest

from booking.clockwork import work_off
from booking.models import RoomBooking
from booking.queries.host_answers import hosts_to_nudge, questions_too_late
from booking.rules.norms import Norms
from booking.rules.recurrence import Frequency, Recurrence
from booking.rules.room_lifecycle import DateState, Side
from booking.services import reserving
from core import history
from core.clock import local_date
from core.db import session, transact
from core.history import story
from core.period import Period
from tests.builders import NOW, booked, room_asked
from tests.integration.room_answers import (
    HOST,
    a_host,
    answer,
    by_hand,
    fresh,
    mails,
    propose,
    states,
    subjects,
)
from venues.models import Room

pytestmark = pytest.mark.usefixtures("app")

DAY = timedelta(days=1)
WEEKLY = Recurrence(Frequency.WEEKLY, count=3)
ASKER = "contact@taalcafe.example"
A, C, D, X = DateState.ASKED, DateState.CONFIRMED, DateState.DECLINED, DateState.EXPIRED


@pytest.fixture
def room() -> Room:
    return by_hand(host=a_host())


def first_in(days: int, room: Room, recurrence: Recurrence | None = None) -> RoomBooking:
    return booked(room_asked(room, local_date(NOW) + days * DAY, recurrence))


def reminders(booking: RoomBooking) -> int:
    return sum(subject.startswith("Nog even") for subject in subjects(booking, HOST))


def test_a_host_is_reminded_once_two_days_before_the_end(room: Room) -> None:
    booking = first_in(30, room)
    version = booking.version
    for days, expected in ((4, 0), (5, 1), (6, 1)):
        work_off(NOW + days * DAY)
        assert reminders(booking) == expected, f"after {days} days"
    found = fresh(booking)
    assert found.nudged_at == NOW + 5 * DAY
    assert found.version == version, "no form becomes out of date by it"
    assert "/antwoord/" in mails(booking, HOST)[-1].text


def test_the_condition_in_the_update_keeps_two_workers_from_reminding_twice(room: Room) -> None:
    """Both have seen that it is due; the twin looks at what the row said before."""
    booking, now = first_in(30, room), NOW + 5 * DAY
    assert hosts_to_nudge(now, Norms()) == [booking.id]
    told = [transact(reserving.nudge_room_hosts, booking.id, now=now) for _worker in range(2)]
    assert told == [True, False]
    transact(_forget_the_reminder, booking.id)
    assert transact(reserving.nudge_room_hosts, booking.id, now=now)


def _forget_the_reminder(booking_id: int) -> None:
    session.get_one(RoomBooking, booking_id).nudged_at = None


def test_who_was_asked_a_moment_ago_is_not_reminded(room: Room) -> None:
    """The first date is in two days, so the whole term is within the reminder."""
    booking = first_in(2, room)
    assert booking.answer_until == booking.dates[0].starts_at
    work_off(NOW + timedelta(minutes=1))
    assert reminders(booking) == 0
    changed = first_in(30, room)
    asked_again = NOW + 6 * DAY
    transact(_ask_again, changed.id, asked_again)
    work_off(asked_again)
    assert reminders(changed) == 0


def _ask_again(booking_id: int, now: datetime) -> None:
    booking = session.get_one(RoomBooking, booking_id)
    history.record("question changed", booking.subject, by=history.ASKER, at=now)


def test_a_question_nobody_answers_expires_and_both_sides_hear(room: Room) -> None:
    by_hand(name="De Overkant", postcode="3561 AA")
    booking = first_in(30, room, WEEKLY)
    work_off(NOW + 7 * DAY - timedelta(minutes=1))
    assert states(booking) == [A, A, A]
    work_off(NOW + 7 * DAY)
    assert (states(booking), fresh(booking).answer_until) == ([X, X, X], None)
    asker, host = mails(booking, ASKER)[-1], mails(booking, HOST)[-1]
    assert asker.subject.startswith("Geen antwoord gekregen")
    assert "Wel vrij: De Overkant, Zaal" in asker.text
    assert "Wel vrij: De Buurtkamer" not in asker.text, "who is silent stays so"
    assert host.subject.startswith("Verlopen: de vraag van Taalcafé Overvecht")
    assert story(booking.subject)[-1].action == "room host silent"
    told = len(mails(booking))
    transact(reserving.expire_room_question, booking.id, now=NOW + 7 * DAY)
    work_off(NOW + 8 * DAY)
    assert len(mails(booking)) == told


def test_the_first_date_ends_alone_when_it_cut_the_term_short(room: Room) -> None:
    booking = first_in(3, room, WEEKLY)
    first = booking.dates[0].starts_at
    work_off(first)
    assert states(booking) == [X, A, A]
    assert fresh(booking).answer_until == NOW + 7 * DAY
    assert "Met 2 andere data" in mails(booking, ASKER)[-1].text
    work_off(NOW + 7 * DAY)
    assert states(booking) == [X, X, X]


def test_an_answer_to_the_first_date_gives_the_others_their_whole_term(room: Room) -> None:
    booking = first_in(3, room, WEEKLY)
    answer(booking, yes=booking.dates[:1])
    assert fresh(booking).answer_until == NOW + 7 * DAY


def test_an_offer_nobody_takes_ends_when_it_would_begin(room: Room) -> None:
    booking = first_in(3, room)
    (date,) = booking.dates
    later = date.period.shifted(DAY)
    answer(booking, other=[(date, later)])
    work_off(date.starts_at)
    assert states(booking) == [A]
    work_off(later.start)
    assert states(booking) == [X]


@pytest.mark.parametrize("side", Side, ids=str)
def test_another_time_that_is_not_answered_leaves_the_old_one(room: Room, side: Side) -> None:
    booking = first_in(10, room)
    answer(booking, yes=booking.dates)
    (date,) = fresh(booking).dates
    old = date.period
    propose(date, Period(old.start, old.end + timedelta(hours=1)), side)
    work_off(old.start)
    (date,) = fresh(booking).dates
    assert (date.state, date.period, date.proposed) == (C, old, None)
    assert subjects(booking, ASKER)[-1] == "De oude tijd blijft staan"
    assert mails(booking, ASKER)[-1].calendar is None
    assert questions_too_late(old.start) == []
