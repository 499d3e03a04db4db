"""Who is told of a booking with dates in rooms of two venues."""

from dataclasses import replace

import pytest

from booking.models import RoomBooking
from booking.rules.recurrence import Frequency, Recurrence
from core.db import session, transact
from core.outbox.queries import mails_about
from people.models import Role
from tests.builders import booked, meeting_room, person, room_asked
from venues.models import Room, VenueHost

pytestmark = pytest.mark.usefixtures("app")
HOST = "jo@plek.example"
THREE = Recurrence(Frequency.WEEKLY, count=3)


def two_venues_of_one_host() -> tuple[Room, Room]:
    host = person("Jo", Role.HOST, HOST)
    room, other = meeting_room(host=host), meeting_room("De Overkant", confirms_at_once=False)
    session.add(VenueHost(venue_id=other.venue_id, person_id=host.id))
    return room, other


def book_in_both(email: str) -> RoomBooking:
    room, other = transact(two_venues_of_one_host)
    asked = room_asked(room, recurrence=THREE, email=email)
    first, *rest = asked.dates
    return booked(replace(asked, dates=(replace(first, room_id=other.id), *rest)))


def subjects(booking: RoomBooking, address: str) -> set[str]:
    return {mail.subject for mail in mails_about(booking.subject) if mail.to_address == address}


def test_a_host_of_both_venues_hears_of_both() -> None:
    booking = book_in_both("groep@groep.example")
    assert subjects(booking, HOST) == {
        f"De Buurtkamer, Zaal is gereserveerd ({booking.reference})",
        f"Taalcafé Overvecht vraagt De Overkant, Zaal ({booking.reference})",
    }


def test_a_host_who_books_hears_it_once_and_is_asked_what_waits() -> None:
    booking = book_in_both(HOST)
    assert subjects(booking, HOST) == {
        f"Je vraag om een ruimte is binnen ({booking.reference})",
        f"Taalcafé Overvecht vraagt De Overkant, Zaal ({booking.reference})",
    }
