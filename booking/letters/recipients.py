"""Who is told: the asker, the performers, the hosts of the place, the planners."""

from sqlalchemy import select

from booking.letters.entries import Part
from booking.models import BookingRequest, SeatBooking, SeatWaiting, Stop
from core.db import session
from core.language import gettext as _
from core.language import speaking
from core.mail import Recipient
from people.models import Person, Role
from people.queries import persons_with
from venues.models import VenueHost


def asker(request: BookingRequest) -> Recipient:
    return Recipient(request.contact_name, request.contact_email, request.language)


def visitor(booking: SeatBooking | SeatWaiting) -> Recipient:
    """Nobody asked for a name."""
    with speaking(booking.language):
        return Recipient(_("Bezoeker"), booking.email, booking.language)


def performers(stop: Stop) -> list[Recipient]:
    people = {performer.person for performer in stop.performers if performer.person}
    return [recipient(person) for person in sorted(people, key=lambda person: person.id)]


def parts_of(stop: Stop) -> dict[str, Part]:
    """By address, of who plays there: their own times."""
    found = [
        Part(stop, recipient(performer.person), stop.stretches_of(performer))
        for performer in stop.performers
        if performer.person
    ]
    return {part.person.address: part for part in found}


def hosts(stop: Stop) -> list[Recipient]:
    return hosts_of(stop.room.venue_id)


def hosts_of(venue_id: int) -> list[Recipient]:
    of_venue = (
        select(Person)
        .join(VenueHost, VenueHost.person_id == Person.id)
        .where(VenueHost.venue_id == venue_id, Person.disabled_at.is_(None))
        .order_by(Person.id)
    )
    return [recipient(person) for person in session.scalars(of_venue)]


def planners() -> list[Recipient]:
    return [recipient(person) for person in planner_persons()]


def planner_persons() -> list[Person]:
    return persons_with(Role.PLANNER)


def crew(request: BookingRequest, stop: Stop) -> list[Recipient]:
    """Everybody but the asker who has to be there, each once."""
    found = {person.address: person for person in (*performers(stop), *hosts(stop))}
    found.pop(request.contact_email.lower(), None)
    return list(found.values())


def people_told(request: BookingRequest, stop: Stop) -> list[Recipient]:
    """Whoever has this stop in their calendar."""
    return [asker(request), *crew(request, stop)]


def recipient(person: Person) -> Recipient:
    return Recipient(person.name, person.email, person.language)
