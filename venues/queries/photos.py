"""Photos of rooms. The pictures themselves are only read where they are sent."""

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import func, select

from core.db import session
from venues.models import Room, RoomPhoto, RoomState, Venue


def photos_of(room_ids: Iterable[int]) -> dict[int, list[RoomPhoto]]:
    """In the order of the host, by room id; for any id there is a list."""
    in_order = (
        select(RoomPhoto)
        .where(RoomPhoto.room_id.in_(sorted(set(room_ids))))
        .order_by(RoomPhoto.room_id, RoomPhoto.position, RoomPhoto.id)
    )
    found: dict[int, list[RoomPhoto]] = defaultdict(list)
    for photo in session.scalars(in_order):
        found[photo.room_id].append(photo)
    return found


def photos_counted(room_ids: Iterable[int]) -> dict[int, int]:
    """By room id, of rooms that have any."""
    counted = (
        select(RoomPhoto.room_id, func.count())
        .where(RoomPhoto.room_id.in_(sorted(set(room_ids))))
        .group_by(RoomPhoto.room_id)
    )
    return dict(session.execute(counted).tuples().all())


def picture_named(name: str, *, small: bool) -> tuple[bytes, int, bool] | None:
    """The picture, the venue it belongs to, and whether everybody may see it."""
    column = RoomPhoto.thumbnail if small else RoomPhoto.picture
    found = session.execute(
        select(column, Room.venue_id, Room.state, Venue.is_listed)
        .join(Room, Room.id == RoomPhoto.room_id)
        .join(Venue, Venue.id == Room.venue_id)
        .where(RoomPhoto.name == name)
    ).one_or_none()
    if found is None:
        return None
    picture, venue_id, state, is_listed = found
    return picture, venue_id, state is RoomState.PUBLISHED and is_listed
