"""Rooms that are lent for meetings, from near to far."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import lazyload

from booking.queries.rooms import is_lent
from booking.rules.walking import walking_minutes
from core.db import session
from core.geography import Point
from venues.models import Room

AT_MOST = 6


@dataclass(frozen=True, slots=True)
class LentRoom:
    room: Room
    walking: int  # minutes


def lent_rooms_near(origin: Point, at_most: int = AT_MOST) -> list[LentRoom]:
    """One query."""
    lent = select(Room).join(Room.venue).where(is_lent()).options(lazyload(Room.opening_hours))
    near = [
        LentRoom(room, walking_minutes(origin, room.venue.point)) for room in session.scalars(lent)
    ]
    return sorted(near, key=_nearest)[:at_most]


def _nearest(each: LentRoom) -> tuple[int, str, int]:
    return each.walking, each.room.full_name, each.room.id
