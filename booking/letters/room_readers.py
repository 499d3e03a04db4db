"""Who reads about a booking of a room, and with which key.

Hosts of each place hear only of the dates there; a key of theirs opens those and no others.
"""

from collections.abc import Iterable
from datetime import datetime

from booking.letters.posting import Writer
from booking.models import RoomBooking, RoomDate
from booking.queries.host_answers import question_of
from core import links
from core.mail import Recipient

KIND = "room_answer"

Letters = list[tuple[Recipient, Writer]]


def kind_of_key(venue_id: int | None = None) -> str:
    """A key opens the dates of one place: that which was asked for, or another one by its id."""
    return KIND if venue_id is None else f"{KIND}:{venue_id}"


def answer_address(booking: RoomBooking, venue_id: int, *, now: datetime) -> str:
    """Where a host of this place answers: an address with a new key."""
    if venue_id == booking.room.venue_id:
        return f"/antwoord/{links.issue(kind_of_key(), booking.id, now=now)}"
    token = links.issue(kind_of_key(venue_id), booking.id, now=now)
    return f"/antwoord/{venue_id}/{token}"


def contact(booking: RoomBooking) -> Recipient:
    return Recipient(booking.contact_name, booking.contact_email, booking.language)


def by_venue(dates: Iterable[RoomDate]) -> dict[int, list[RoomDate]]:
    found: dict[int, list[RoomDate]] = {}
    for date in sorted(dates, key=lambda date: date.starts_at):
        found.setdefault(date.room.venue_id, []).append(date)
    return found


def waiting_for_host(booking: RoomBooking) -> list[RoomDate]:
    found = [(date, question_of(date)) for date in booking.dates]
    return [date for date, question in found if question and question.waits_for_host]
