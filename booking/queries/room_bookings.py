"""Bookings of rooms, as the pages and services need them."""

from datetime import datetime

from sqlalchemy import select

from booking.models import RoomBooking, RoomDate
from booking.rules.room_lifecycle import DateState
from core.db import session
from core.findings import Refused, blocker
from core.submissions import Submission


def room_booking_for_update(booking_id: int, version: int | None = None) -> RoomBooking:
    """The booking, locked until the transaction ends.

    Raises Refused when it does not exist, or is no longer the version somebody looked at.
    """
    locked = (
        select(RoomBooking)
        .where(RoomBooking.id == booking_id)
        .with_for_update(key_share=True, of=RoomBooking)
        .execution_options(populate_existing=True)
    )
    booking = session.scalars(locked).one_or_none()
    if booking is None:
        raise Refused([blocker("no_such_booking")])
    if version is not None and booking.version != version:
        raise Refused([blocker("booking_changed_meanwhile")])
    return booking


def room_booking_by_id(booking_id: int) -> RoomBooking | None:
    return session.get(RoomBooking, booking_id)


def confirmed_dates_in(room_id: int, now: datetime) -> list[RoomDate]:
    """What is still to come in a room, in order."""
    coming = (
        select(RoomDate)
        .where(
            RoomDate.room_id == room_id,
            RoomDate.state == DateState.CONFIRMED,
            RoomDate.ends_at > now,
        )
        .order_by(RoomDate.starts_at, RoomDate.id)
    )
    return list(session.scalars(coming))


def booking_sent_with(form_token: str) -> RoomBooking | None:
    """What the form with this token led to, when it was sent before."""
    sent = select(Submission.outcome, Submission.at).where(Submission.token == form_token).limit(1)
    row = session.execute(sent).one_or_none()
    booking = session.get(RoomBooking, int(row.outcome)) if row else None
    # Other forms have tokens too: this one led to the booking it was sent with.
    return booking if row and booking and booking.submitted_at == row.at else None


def rooms_of(booking_id: int) -> list[int]:
    """Ids of the rooms of its dates, to be locked before the booking is read."""
    rooms = select(RoomDate.room_id).where(RoomDate.room_booking_id == booking_id).distinct()
    return sorted(session.scalars(rooms))
