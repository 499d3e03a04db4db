"""From an event of a room booking to the letters that follow it."""

from datetime import datetime

from booking.models import RoomBooking


def booked(booking: RoomBooking, *, now: datetime) -> None:
    """The asker hears what was asked and what is certain; the hosts hear what waits for them."""
