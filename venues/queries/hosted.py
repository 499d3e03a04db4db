"""What a host sees and changes: the places they speak for, and no other. Each question names whose
it is, so that a place of somebody else is simply not there."""

from sqlalchemy import Select, select
from sqlalchemy.orm import selectinload

from core.db import session
from venues.models import Room, Venue, VenueHost


def venues_of(person_id: int) -> list[Venue]:
    """With their rooms, by name."""
    own = _own(person_id).order_by(Venue.name, Venue.id)
    return list(session.scalars(own.options(selectinload(Venue.rooms))))


def venue_of(person_id: int, venue_id: int) -> Venue | None:
    """With its rooms and hosts."""
    whole = (selectinload(Venue.rooms), selectinload(Venue.hosts))
    return session.scalar(_own(person_id).where(Venue.id == venue_id).options(*whole))


def room_of(person_id: int, room_id: int) -> Room | None:
    own = (
        select(Room)
        .join(VenueHost, VenueHost.venue_id == Room.venue_id)
        .where(VenueHost.person_id == person_id, Room.id == room_id)
    )
    return session.scalar(own)


def is_host_of(person_id: int, venue_id: int) -> bool:
    return session.get(VenueHost, (venue_id, person_id)) is not None


def _own(person_id: int) -> Select[tuple[Venue]]:
    return select(Venue).join(VenueHost).where(VenueHost.person_id == person_id)
