"""An asker's own place becomes a venue nobody else sees."""

from datetime import datetime

from sqlalchemy import func, select

from core.db import session
from core.findings import Refused, blocker
from core.resource import Resource, ResourceKind
from venues.facts import find_postcode
from venues.models import Room, Venue
from venues.rules.own_place import OwnPlace


def find_or_add_own_place(place: OwnPlace, now: datetime) -> Room:
    """The unlisted room at that address, indoors or outdoors as asked; made when there is none.

    What an asker says never changes a place that is already known.
    """
    known = _find(place)
    if known:
        return known
    facts = find_postcode(place.postcode)
    if facts is None:
        raise Refused([blocker("postcode_outside_utrecht")])
    room = Room(
        name="",
        created_at=now,
        resource=Resource(kind=ResourceKind.ROOM),
        venue=Venue(
            name=place.name,
            street=place.street,
            house_number=place.house_number,
            postcode=place.postcode,
            pc4=facts.pc4,
            district_number=facts.district.number,
            is_listed=False,
            created_at=now,
        ),
    )
    room.measures = place.measures
    session.add(room)
    session.flush()
    return room


def _find(place: OwnPlace) -> Room | None:
    same_address = (
        select(Room)
        .join(Room.venue)
        .where(
            Venue.is_listed.is_(False),
            Venue.postcode == place.postcode,
            func.lower(Venue.house_number) == place.house_number.lower(),
            func.lower(Venue.name) == place.name.lower(),
            Room.is_outdoors == place.measures.is_outdoors,
        )
        .order_by(Room.id)
        .limit(1)
    )
    return session.scalars(same_address).first()
