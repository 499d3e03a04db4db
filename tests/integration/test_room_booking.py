"""Booking a room: all chosen dates or none, and never twice."""

from dataclasses import replace
from datetime import date, time, timedelta
from functools import partial

import pytest
import recurring_ical_events
from icalendar import Calendar
from sqlalchemy import func, select

from booking.letters.room_calendar import standing_of, tell
from booking.models import Claim, RoomBooking
from booking.queries.alternatives import free_instead
from booking.rules.recurrence import Frequency, Recurrence, Times
from booking.rules.room_lifecycle import DateAction, DateState
from booking.services.reserving.dates import end_date, put_at
from core.db import session, transact
from core.findings import Refused
from core.mail import Message, Recipient
from core.outbox import MailState, OutboxMail
from core.outbox.queries import mails_about
from people.models import Role
from tests.builders import NOW, THURSDAY, booked, meeting_room, person, room_asked
from venues.models import Room

pytestmark = pytest.mark.usefixtures("app")
WEEKLY = Recurrence(Frequency.WEEKLY, count=20)


def lent(**facts: object) -> Room:
    return transact(partial(meeting_room, **facts))  # type: ignore[arg-type]


def states(booking: RoomBooking) -> set[DateState]:
    return {each.state for each in booking.dates}


def test_a_room_that_confirms_at_once_is_claimed_at_once() -> None:
    booking = booked(room_asked(lent(before_minutes=10, after_minutes=30)))
    (date_,) = booking.dates
    (claim,) = session.scalars(select(Claim))
    assert states(booking) == {DateState.CONFIRMED}
    assert booking.answer_until is None
    assert claim.starts_at == date_.starts_at - timedelta(minutes=10)
    assert claim.ends_at == date_.ends_at + timedelta(minutes=30)


def test_a_host_who_answers_is_asked_and_nothing_is_claimed() -> None:
    booking = booked(room_asked(lent(confirms_at_once=False)))
    assert states(booking) == {DateState.ASKED}
    assert booking.answer_until
    assert session.scalar(select(func.count()).select_from(Claim)) == 0


def test_a_series_keeps_its_time_on_the_wall_across_the_clock_change() -> None:
    booking = booked(room_asked(lent(), recurrence=WEEKLY))
    assert len(booking.dates) == 20
    by_day = {each.day_on: each.starts_at.hour for each in booking.dates}
    assert by_day[date(2027, 3, 25)] == 18
    assert by_day[date(2027, 4, 1)] == 17
    assert not any(each.is_apart for each in booking.dates)


def test_a_series_with_a_taken_date_is_refused_as_a_whole() -> None:
    room = lent()
    booked(room_asked(room, THURSDAY + timedelta(weeks=2)))
    with pytest.raises(Refused) as refused:
        booked(room_asked(room, recurrence=WEEKLY, email="a@b.example"))
    assert [f.code for f in refused.value.findings] == ["date_not_free", "room_taken"]
    assert session.scalar(select(func.count()).select_from(RoomBooking)) == 1


def test_a_skipped_date_is_left_out() -> None:
    room = lent()
    taken = THURSDAY + timedelta(weeks=2)
    booked(room_asked(room, taken))
    booking = booked(room_asked(room, recurrence=WEEKLY, skip=[taken], email="a@b.example"))
    assert taken not in {each.day_on for each in booking.dates}
    assert len(booking.dates) == 19


def test_what_is_free_instead_is_one_of_each_kind() -> None:
    room, other = lent(), lent(name="De Overkant", postcode="3561 AA")
    (taken,) = booked(room_asked(room)).dates
    found = free_instead(room, taken.period, 12, NOW)
    assert [(each.room.id, each.period.start - taken.starts_at) for each in found] == [
        (room.id, timedelta(hours=2, minutes=30)),
        (room.id, timedelta(days=1)),
        (other.id, timedelta()),
    ]


def mails(booking: RoomBooking) -> list[OutboxMail]:
    return list(mails_about(booking.subject))


def test_everybody_gets_the_whole_series_in_one_invitation() -> None:
    host = transact(person, "Jo", Role.HOST, "jo@plek.example")
    booking = booked(room_asked(lent(host=host), recurrence=WEEKLY))
    sent = mails(booking)
    assert {mail.to_address for mail in sent} == {"contact@taalcafe.example", "jo@plek.example"}
    for mail in sent:
        assert mail.calendar is not None
        read = recurring_ical_events.of(Calendar.from_ical(mail.calendar))
        starts = [event["DTSTART"].dt for event in read.between((2027,), (2028,))]
        assert starts == [each.starts_at for each in booking.dates]


def test_a_booking_that_waits_has_no_invitation_yet() -> None:
    host = transact(person, "Jo", Role.HOST, "jo@plek.example")
    sent = mails(booked(room_asked(lent(host=host, confirms_at_once=False))))
    assert len(sent) == 2
    assert [mail.calendar for mail in sent] == [None, None]


def letters(booking: RoomBooking) -> dict[str, MailState]:
    return {mail.subject: mail.state for mail in mails(booking)}


def test_a_booking_with_a_date_apart_sends_a_letter_for_each_entry() -> None:
    """An invitation takes the place of one that waits only when it is about the same entry."""
    asked = room_asked(lent(), recurrence=Recurrence(Frequency.WEEKLY, count=4))
    first, second, *rest = asked.dates
    earlier = replace(second, times=Times(time(16), time(18)))
    booking = booked(replace(asked, dates=(first, earlier, *rest)))
    assert letters(booking) == {
        f"Je reservering staat vast ({booking.reference})": MailState.PENDING,
        f"Ook in je agenda ({booking.reference})": MailState.PENDING,
    }


def test_a_newer_invitation_for_one_entry_leaves_the_other_alone() -> None:
    booking = booked(room_asked(lent(), recurrence=Recurrence(Frequency.WEEKLY, count=4)))
    transact(_move_earlier, booking.id)
    assert letters(booking) == {
        f"Je reservering staat vast ({booking.reference})": MailState.WITHDRAWN,
        "Verplaatst": MailState.PENDING,
        f"Ook in je agenda ({booking.reference})": MailState.PENDING,
    }


def _move_earlier(booking_id: int) -> None:
    booking = session.get_one(RoomBooking, booking_id)
    before, date_ = standing_of(booking), booking.dates[1]
    put_at(date_, date_.period.shifted(timedelta(hours=-2)), date_.room, NOW)
    to = Recipient(booking.contact_name, booking.contact_email)
    tell(booking, before, [(to, lambda: Message("Verplaatst", ()))], event="moved", now=NOW)


def test_a_cancelled_date_is_free_again_and_leaves_the_series() -> None:
    room = lent()
    booking = booked(room_asked(room, recurrence=Recurrence(Frequency.WEEKLY, count=3)))
    second = booking.dates[1]
    transact(_cancel, booking.id, [second.day_on])
    booked(room_asked(room, second.day_on, email="a@b.example"))
    newest = mails(booking)[-1]
    assert newest.calendar_method == "REQUEST"
    assert newest.calendar is not None
    read = recurring_ical_events.of(Calendar.from_ical(newest.calendar)).between((2027,), (2028,))
    assert [event["DTSTART"].dt for event in read] == [
        date_.starts_at for date_ in booking.dates if date_.is_confirmed
    ]


def test_when_no_date_is_left_the_series_goes() -> None:
    booking = booked(room_asked(lent(), recurrence=Recurrence(Frequency.WEEKLY, count=3)))
    transact(_was_sent, booking.id)
    transact(_cancel, booking.id, [date_.day_on for date_ in booking.dates])
    assert states(booking) == {DateState.CANCELLED}
    assert mails(booking)[-1].calendar_method == "CANCEL"


def _was_sent(booking_id: int) -> None:
    for mail in mails(session.get_one(RoomBooking, booking_id)):
        mail.state, mail.sent_at = MailState.SENT, NOW


def _cancel(booking_id: int, days: list[date]) -> None:
    booking = session.get_one(RoomBooking, booking_id)
    before = standing_of(booking)
    for date_ in booking.dates:
        if date_.day_on in days:
            end_date(date_, DateAction.CANCEL, DateState.CANCELLED, NOW)
    to = Recipient(booking.contact_name, booking.contact_email)
    tell(booking, before, [(to, lambda: Message("Geannuleerd", ()))], event="cancelled", now=NOW)
