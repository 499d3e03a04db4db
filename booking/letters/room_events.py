"""From an event of a room booking to the letters that follow it."""

from datetime import datetime
from functools import partial

from booking.letters import room_asker as to_asker
from booking.letters import room_host as to_host
from booking.letters.recipients import hosts_of
from booking.letters.room_calendar import NOTHING, tell
from booking.models import RoomBooking
from core.mail import Recipient


def booked(booking: RoomBooking, *, now: datetime) -> None:
    """The asker and the hosts hear what is certain, with its invitation, and what still waits."""
    words = (to_asker.asked, to_host.asked)
    if booking.answer_until is None:
        words = (to_asker.confirmed, to_host.confirmed)
    for_asker, for_host = words
    letters = [(contact(booking), partial(for_asker, booking))]
    letters += [(host, partial(for_host, booking)) for host in hosts_of(booking.room.venue_id)]
    tell(booking, NOTHING, letters, event="booked", now=now)


def contact(booking: RoomBooking) -> Recipient:
    return Recipient(booking.contact_name, booking.contact_email, booking.language)
