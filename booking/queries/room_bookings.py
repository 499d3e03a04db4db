"""Bookings of rooms, as the pages and services need them."""

from sqlalchemy import select

from booking.models import RoomBooking
from core.db import session
from core.findings import Refused, blocker


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
