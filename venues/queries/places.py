"""Venues and rooms as the pages need them. Always the same number of queries."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import lazyload, selectinload

from core.db import session
from venues.facts import District, districts
from venues.models import Closure, Room, RoomState, Venue

OWN_PLACES_SHOWN = 50


def listed_by_district() -> dict[District, list[Venue]]:
    """All listed venues with their rooms, by district in order; also districts without any."""
    listed = select(Venue).where(Venue.is_listed).order_by(Venue.name, Venue.id)
    found: dict[str, list[Venue]] = defaultdict(list)
    for venue in session.scalars(listed.options(selectinload(Venue.rooms))):
        found[venue.district_number].append(venue)
    return {district: found[number] for number, district in districts().items()}


def newest_own_places() -> list[Venue]:
    """The last places of askers' own, newest first."""
    own = (
        select(Venue)
        .where(Venue.is_listed.is_(False))
        .order_by(Venue.id.desc())
        .limit(OWN_PLACES_SHOWN)
        .options(selectinload(Venue.rooms))
    )
    return list(session.scalars(own))


def find_venue(venue_id: int) -> Venue | None:
    """With its rooms and hosts."""
    whole = (selectinload(Venue.rooms), selectinload(Venue.hosts))
    return session.scalar(select(Venue).where(Venue.id == venue_id).options(*whole))


def find_room(room_id: int) -> Room | None:
    return session.scalar(select(Room).where(Room.id == room_id))


def find_rooms(room_ids: Iterable[int]) -> dict[int, Room]:
    """Those of them that exist, by id."""
    found = select(Room).where(Room.id.in_(sorted(set(room_ids))))
    return {room.id: room for room in session.scalars(found)}


def closures_ahead(room_id: int, now: datetime) -> list[Closure]:
    """That are not over yet, in order."""
    ahead = (
        select(Closure)
        .where(Closure.room_id == room_id, Closure.ends_at > now)
        .order_by(Closure.starts_at, Closure.id)
    )
    return list(session.scalars(ahead))


def room_options(*, for_cube: bool = True) -> dict[str, list[tuple[str, str]]]:
    """Rooms to choose from, as (id, name) per district, for a select.

    With `for_cube` only where the cube is welcome.
    """
    open_to_all = (
        select(Room)
        .join(Room.venue)
        .where(Venue.is_listed, Room.state == RoomState.PUBLISHED)
        .order_by(Venue.district_number, Venue.name, Room.name, Room.id)
        .options(lazyload(Room.opening_hours))
    )
    if for_cube:
        open_to_all = open_to_all.where(Room.welcomes_cube)
    options: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for room in session.scalars(open_to_all):
        options[room.venue.district.name].append((str(room.id), room.full_name))
    return dict(options)
