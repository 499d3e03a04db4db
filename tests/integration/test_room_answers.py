"""A host says yes, no or another time: what becomes of the dates, and who is told."""

import re
from datetime import timedelta

import pytest
import recurring_ical_events
from icalendar import Calendar
from sqlalchemy import func, select

from booking.models import Claim, RoomBooking
from booking.queries.host_answers import judged_questions
from booking.rules.host_answers import NoReason
from booking.rules.recurrence import Frequency, Recurrence
from booking.rules.room_lifecycle import DateState, Side
from core.db import session, transact
from core.fields import new_form_token
from core.history import story
from core.period import Period
from tests.builders import NOW, THURSDAY, booked, room_asked
from tests.conftest import CountQueries
from tests.integration.bookings import count_overlaps, refused
from tests.integration.room_answers import (
    HOST,
    a_host,
    answer,
    by_hand,
    fresh,
    mails,
    propose,
    rivals,
    states,
    subjects,
)
from venues.models import OutsideBusy, OutsideCalendar, Room

pytestmark = pytest.mark.usefixtures("app")

WEEKLY = Recurrence(Frequency.WEEKLY, count=4)
HOUR = timedelta(hours=1)
ASKER, KOOR = "contact@taalcafe.example", "koor@buren.example"
A, C, D = DateState.ASKED, DateState.CONFIRMED, DateState.DECLINED


@pytest.fixture
def room() -> Room:
    return by_hand(host=a_host(), before_minutes=10, after_minutes=30)


def series(room: Room) -> RoomBooking:
    return booked(room_asked(room, recurrence=WEEKLY))


def koor(room: Room, weeks: int = 0, hours: int = 0, **more: object) -> RoomBooking:
    """Another organisation, one evening, perhaps some weeks or hours later."""
    first = THURSDAY + timedelta(weeks=weeks)
    asked = room_asked(room, first, email=KOOR, organisation="Koor", **more)  # type: ignore[arg-type]
    booking = booked(asked)
    if hours:
        transact(_shift, booking.id, hours)
    return fresh(booking)


def _shift(booking_id: int, hours: int) -> None:
    date = session.get_one(RoomBooking, booking_id).dates[0]
    date.starts_at, date.ends_at = date.starts_at + hours * HOUR, date.ends_at + hours * HOUR


def claims() -> int:
    live = select(func.count()).select_from(Claim).where(Claim.released_at.is_(None))
    return session.scalar(live) or 0


# ---- Yes, no, another time ----


def test_a_yes_claims_the_room_and_everybody_has_it_in_their_calendar(room: Room) -> None:
    booking = booked(room_asked(room))
    answer(booking, yes=booking.dates)
    booking = fresh(booking)
    (claim,) = session.scalars(select(Claim))
    assert (claim.starts_at, claim.ends_at) == (
        booking.dates[0].starts_at - timedelta(minutes=10),
        booking.dates[0].ends_at + timedelta(minutes=30),
    )
    assert (states(booking), booking.answer_until) == ([C], None)
    assert subjects(booking, ASKER)[-1] == "Het kan: De Buurtkamer, Zaal is voor jullie"
    assert [mail.calendar_method for mail in mails(booking)] == [None, None, "REQUEST", "REQUEST"]
    assert mails(booking, HOST)[-1].subject.startswith("Staat vast: Taalcafé Overvecht")
    entry = story(booking.subject)[-1]
    assert (entry.action, entry.actor_kind, entry.person_id) == ("room agreed", "host", None)


def test_yes_to_some_dates_and_no_to_the_others_is_one_answer_and_one_mail(room: Room) -> None:
    booking = series(room)
    first, second, *rest = booking.dates
    answer(booking, yes=[first, second], no=rest, words="Dan is er bingo.")
    booking = fresh(booking)
    assert states(booking) == [C, C, D, D]
    assert {date.words for date in booking.dates[2:]} == {
        "De ruimte is dan al in gebruik. Dan is er bingo."
    }
    told = mails(booking, ASKER)[-1]
    assert told.subject.startswith("Antwoord over De Buurtkamer, Zaal")
    for said in ("Dan is er bingo.", "Gaat door: donderdag 4", "Dit kan niet: donderdag 18"):
        assert said in told.text
    assert "/reserveren?datum=2027-02-19&van=19:00&tot=21:00&mensen=12" in told.text
    assert "/reserveren?datum=2027-02-18" not in told.text  # they use the room that day
    assert told.calendar
    found = recurring_ical_events.of(Calendar.from_ical(told.calendar)).between((2027,), (2028,))
    assert [event["DTSTART"].dt for event in found] == [d.starts_at for d in booking.dates[:2]]
    assert [entry.action for entry in story(booking.subject)[-2:]] == [
        "room agreed",
        "room refused",
    ]


def test_what_is_not_answered_keeps_waiting(room: Room) -> None:
    booking = series(room)
    answer(booking, no=booking.dates[:1])
    booking = fresh(booking)
    assert states(booking) == [D, A, A, A]
    assert booking.answer_until == NOW + timedelta(days=7)
    answer(booking, yes=booking.dates[1:])
    assert states(booking) == [D, C, C, C]


def test_another_time_is_proposed_and_nothing_is_certain(room: Room) -> None:
    booking = booked(room_asked(room))
    (date,) = booking.dates
    later = date.period.shifted(HOUR)
    answer(booking, other=[(date, later)], words="Eerst is er gym.")
    booking = fresh(booking)
    (date,) = booking.dates
    assert (date.state, date.proposed, date.proposed_by) == (A, later, Side.HOST)
    assert (booking.answer_until, claims()) == (None, 0)
    told = mails(booking, ASKER)[-1]
    assert told.subject.startswith("De Buurtkamer, Zaal kan wel op een andere tijd")
    assert "20.00 – 22.00 uur (je vroeg 19.00 – 21.00 uur)" in told.text
    assert "Eerst is er gym." in told.text
    assert told.calendar is None
    answer(booking, yes=[date])  # the host can still take the time that was asked
    assert (states(booking), fresh(booking).dates[0].proposed) == ([C], None)


def test_a_time_that_cannot_be_is_not_proposed(room: Room) -> None:
    booking = booked(room_asked(room))
    (date,) = booking.dates
    with refused("question_cannot_be", "room_closed"):
        answer(booking, other=[(date, date.period.shifted(4 * HOUR))])
    with refused("question_cannot_be", "same_time_offered"):
        answer(booking, other=[(date, date.period)])


def test_a_later_time_for_a_certain_date_is_agreed(room: Room) -> None:
    booking = booked(room_asked(room))
    answer(booking, yes=booking.dates)
    (date,) = fresh(booking).dates
    longer = Period(date.starts_at, date.ends_at + HOUR)
    propose(date, longer)
    answer(booking, yes=[date])
    (date,) = fresh(booking).dates
    assert (date.state, date.period, date.proposed) == (C, longer, None)
    assert claims() == 1
    assert "De nieuwe tijd kan: De Buurtkamer, Zaal" in subjects(booking, ASKER)
    assert any(mail.calendar_method == "REQUEST" for mail in mails(booking, ASKER)[-2:])


def test_a_later_time_that_is_refused_leaves_the_old_one(room: Room) -> None:
    booking = booked(room_asked(room))
    answer(booking, yes=booking.dates)
    (date,) = fresh(booking).dates
    before = date.period
    propose(date, Period(date.starts_at, date.ends_at + HOUR))
    answer(booking, no=[date])
    (date,) = fresh(booking).dates
    assert (date.state, date.period, date.proposed) == (C, before, None)
    assert claims() == 1
    last = mails(booking, ASKER)[-1]
    assert last.subject.startswith("De oude tijd blijft staan")
    assert last.calendar is None


def test_what_binds_who_asks_does_not_bind_the_host() -> None:
    room = by_hand(notice_hours=48)
    booking = booked(room_asked(room))
    almost = booking.dates[0].starts_at - HOUR
    answer(booking, yes=booking.dates, now=almost)
    assert states(booking) == [C]


def test_a_busy_calendar_elsewhere_is_a_concern_the_host_may_accept(room: Room) -> None:
    booking = booked(room_asked(room))
    transact(_busy, room, booking.dates[0].period)
    with refused("question_has_concern", "room_busy_outside"):
        answer(booking, yes=booking.dates)
    answer(booking, yes=booking.dates, accepted=("room_busy_outside",))
    assert states(booking) == [C]
    assert story(booking.subject)[-1].facts["accepted"] == ["room_busy_outside"]


def _busy(room: Room, period: Period) -> None:
    calendar = OutsideCalendar(resource_id=room.resource_id, name="Van de host", created_at=NOW)
    session.add(calendar)
    session.flush()
    session.add(
        OutsideBusy(
            outside_calendar_id=calendar.id,
            resource_id=room.resource_id,
            starts_at=period.start,
            ends_at=period.end,
        )
    )


# ---- Once, and about what was looked at ----


def test_the_same_form_sent_twice_is_said_once(room: Room) -> None:
    booking, token = booked(room_asked(room)), new_form_token()
    dates = list(booking.dates)
    answer(booking, yes=dates, form_token=token, version=1)
    told = len(mails(booking))
    answer(booking, yes=dates, form_token=token, version=1)
    assert len(mails(booking)) == told
    with refused("same_form_other_content"):
        answer(booking, no=dates, form_token=token, version=1)


def test_an_answer_about_something_older_is_refused(room: Room) -> None:
    booking = series(room)
    version, dates = booking.version, list(booking.dates)
    answer(booking, no=dates[:1], version=version)
    with refused("booking_changed_meanwhile"):
        answer(booking, yes=dates[1:], version=version)
    with refused("date_answered_already"):
        answer(booking, yes=dates[:1])
    assert states(booking) == [D, A, A, A]


# ---- Others who ask for the same time ----


def test_a_yes_declines_only_the_dates_of_others_that_overlap(room: Room) -> None:
    first, other = koor(room, weeks=1), series(room)
    lost = rivals(first)
    assert [date.day_on for date in lost] == [THURSDAY + timedelta(weeks=1)]
    answer(first, yes=first.dates, seen=lost)
    assert states(first) == [C]
    assert states(other) == [A, D, A, A]
    told = mails(other, ASKER)[-1]
    assert told.subject.startswith("Deze tijd ging naar een ander")
    for said in ("Een andere organisatie", "Met 3 andere data", "Wel vrij: De Buurtkamer"):
        assert said in told.text
    assert "Koor" not in told.text
    entry = story(other.subject)[-1]
    assert (entry.action, entry.facts["to"]) == ("given away", first.reference)


def test_who_came_in_between_is_shown_before_anything_is_given_away(room: Room) -> None:
    """The guard is what the form carries: with it, the same answer goes through."""
    first, other = series(room), koor(room, weeks=2)
    with refused("others_ask_too"):
        answer(first, yes=first.dates)
    assert (states(first), states(other)) == ([A] * 4, [A])
    answer(first, yes=first.dates, seen=rivals(first))
    assert (states(first), states(other)) == ([C] * 4, [D])


def test_the_room_is_kept_free_around_a_meeting_against_others_too(room: Room) -> None:
    """From 21.00 on it is not free for forty minutes: who asked 21.00 competes, 22.00 does not."""
    first, next_to, later = booked(room_asked(room)), koor(room, hours=2), koor(room, hours=3)
    assert [date.room_booking_id for date in rivals(first)] == [next_to.id]
    answer(first, yes=first.dates, seen=rivals(first))
    assert (states(next_to), states(later)) == ([D], [A])


def test_who_was_offered_another_time_loses_only_when_that_is_taken(room: Room) -> None:
    first, moved, stays = booked(room_asked(room)), koor(room), koor(room, people=13)
    (date,) = moved.dates
    answer(moved, other=[(date, date.period.shifted(timedelta(days=1)))])
    assert [each.room_booking_id for each in rivals(first)] == [stays.id]
    answer(first, yes=first.dates, seen=rivals(first))
    assert (states(moved), states(stays)) == ([A], [D])
    assert fresh(moved).dates[0].proposed is not None


def test_a_taken_time_is_refused_with_the_reason(room: Room) -> None:
    first, other = booked(room_asked(room)), koor(room)
    answer(first, yes=first.dates, seen=rivals(first))
    again = koor(room, weeks=1)
    transact(_shift, again.id, -7 * 24)
    with refused("question_cannot_be", "room_taken"):
        answer(again, yes=fresh(again).dates)
    assert (states(other), count_overlaps()) == ([D], 0)


ALTERNATIVES = {
    NoReason.IN_USE: {("De Buurtkamer", "vrijdag 5"), ("De Overkant", "donderdag 4")},
    NoReason.DOES_NOT_FIT: {("De Overkant", "donderdag 4")},
}


@pytest.mark.parametrize("reason", ALTERNATIVES, ids=str)
def test_what_is_free_instead_heeds_the_reason(room: Room, reason: NoReason) -> None:
    by_hand(name="De Overkant", postcode="3561 AA")
    booking = booked(room_asked(room))
    answer(booking, no=booking.dates, reason=reason)
    text = mails(booking, ASKER)[-1].text
    offered = re.findall(r"Wel vrij: ([\w ]+), Zaal.*?: (\w+ \d+) februari", text)
    assert ALTERNATIVES[reason] <= set(offered)
    assert ("De Buurtkamer", "donderdag 4") not in offered
    assert ("De Buurtkamer" in text.split("Dit kan niet")[1]) is (reason is NoReason.IN_USE)


# ---- Several places ----


def elsewhere(booking: RoomBooking, room: Room) -> None:
    """Its last date is in another room."""

    def move() -> None:
        session.get_one(RoomBooking, booking.id).dates[-1].room_id = room.id

    transact(move)


def test_hosts_hear_of_and_answer_only_the_dates_in_their_own_place(room: Room) -> None:
    booking = series(room)
    other = by_hand(name="De Overkant", host=a_host("Kim", "kim@overkant.example"))
    elsewhere(booking, other)
    booking = fresh(booking)
    here, there = {room.venue_id}, {other.venue_id}
    assert len(judged_questions(booking, here, NOW)) == 3
    with refused("date_answered_already"):
        answer(booking, yes=booking.dates, venues=here)
    answer(booking, yes=booking.dates[:3], venues=here)
    assert mails(booking, "kim@overkant.example") == []
    answer(booking, yes=booking.dates[3:], venues=there)
    assert states(booking) == [C] * 4
    told = mails(booking, "kim@overkant.example")
    assert ["De Overkant" in mail.subject for mail in told] == [True]
    assert len(mails(booking, HOST)) == 2  # the question, and what is certain there


# ---- How much is asked of the database ----


def test_judging_takes_as_many_queries_for_one_as_for_many(
    room: Room, count_queries: CountQueries
) -> None:
    few, many = booked(room_asked(room)), series(room)
    for week in range(4):
        koor(room, weeks=week)
    counted = []
    for booking in (few, many):
        found = fresh(booking)
        with count_queries() as seen:
            assert judged_questions(found, None, NOW)
        counted.append(len(seen))
    assert counted[0] == counted[1]
