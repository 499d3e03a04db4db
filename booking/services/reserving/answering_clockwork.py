"""What the clock does about questions to hosts of rooms: a reminder, and an end.

What is due follows from the rows, and is looked at again under the lock: two workers may run it at
once. Each booking is a transaction of its own, so that no two wait for each other in a circle.
"""

from datetime import datetime

from sqlalchemy import update

from booking.letters import room_answer_events as letters
from booking.models import RoomBooking, RoomDate
from booking.queries.host_answers import asked_at, questions_of
from booking.queries.norms import current_norms
from booking.rules.host_answers import ended, whole_term
from booking.rules.room_lifecycle import DateAction, DateState
from booking.services.reserving.dates import drop_proposal, end_date
from booking.services.reserving.locking import booking_to_change
from booking.services.reserving.term import keep_term
from core import history
from core.db import session


def nudge_room_hosts(booking_id: int, *, now: datetime) -> bool:
    """Remind them once, shortly before the answer is due.

    Being reminded is no other version of a booking: nobody's form becomes out of date by it.
    """
    not_yet = (
        update(RoomBooking)
        .where(
            RoomBooking.id == booking_id,
            RoomBooking.nudged_at.is_(None),
            RoomBooking.answer_until > now,
        )
        .values(nudged_at=now)
        .returning(RoomBooking.id)
    )
    if session.scalar(not_yet) is None:
        return False
    booking = session.get_one(RoomBooking, booking_id)
    history.record("room host reminded", booking.subject, by=history.CLOCK, at=now)
    letters.reminded(booking, now=now)
    return True


def expire_room_question(booking_id: int, *, now: datetime) -> int:
    """End what nobody answered in time, and tell. Returns how many dates it was about."""
    booking = booking_to_change(booking_id)
    whole = whole_term(asked_at(booking), current_norms().host_answer)
    over = ended(questions_of(booking).values(), booking.answer_until, whole, now)
    over_ids = {question.date_id for question in over}
    dates = [date for date in booking.dates if date.id in over_ids]
    kept = [date for date in dates if date.is_confirmed]
    lost = [date for date in dates if not date.is_confirmed]
    _end(lost, kept, now)
    keep_term(booking)
    session.flush()
    if dates:
        days = [date.day_on.isoformat() for date in dates]
        history.record("room host silent", booking.subject, by=history.CLOCK, at=now, dates=days)
        letters.expired(booking, lost, kept, now=now)
    return len(dates)


def _end(lost: list[RoomDate], kept: list[RoomDate], now: datetime) -> None:
    for date in lost:
        end_date(date, DateAction.EXPIRE, DateState.EXPIRED, now)
    for date in kept:
        drop_proposal(date)
    for booking in {date.room_booking for date in (*lost, *kept)}:
        booking.touch()
