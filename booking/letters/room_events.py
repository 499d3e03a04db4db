"""From an event of a room booking to the letters that follow it."""

from datetime import datetime
from functools import partial

from booking.letters import room_asker as to_asker
from booking.letters import room_host as to_host
from booking.letters.recipients import hosts_of
from booking.letters.room_answer_events import (
    Letters,
    by_venue,
    contact,
    questions_for_hosts,
)
from booking.letters.room_calendar import NOTHING, tell
from booking.models import RoomBooking

__all__ = ["booked", "contact"]


def booked(booking: RoomBooking, *, now: datetime) -> None:
    """The asker and the hosts hear what is certain, with its invitation, and what still waits."""
    is_certain = booking.answer_until is None
    for_asker = to_asker.confirmed if is_certain else to_asker.asked
    letters = [(contact(booking), partial(for_asker, booking))]
    tell(booking, NOTHING, letters, event="booked", now=now, at=_for_hosts(booking))
    questions_for_hosts(booking, event="asked", now=now)


def _for_hosts(booking: RoomBooking) -> dict[int, Letters]:
    """Of what is certain at once, to the hosts of each place."""
    found: dict[int, Letters] = {}
    for venue_id in by_venue(date for date in booking.dates if date.is_confirmed):
        write = partial(to_host.confirmed, booking)
        found[venue_id] = [(host, write) for host in hosts_of(venue_id)]
    return found
