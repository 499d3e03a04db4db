"""What hosts write that everybody reads."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select

from core.db import session
from venues.models import Room, RoomPhoto, RoomState, Venue

OF_VENUE = ("name", "arrival", "opened_by", "waiting_place", "coffee", "stays_after")
OF_ROOM = ("name", "description")


@dataclass(frozen=True, slots=True)
class PublicText:
    field: str  # as in the history of places
    text: str


def texts_of(room: Room) -> list[PublicText]:
    """Of one room, with its place and its photos, in the order in which it is read."""
    photos = select(RoomPhoto.alternative_text).where(RoomPhoto.room_id == room.id)
    in_order = photos.order_by(RoomPhoto.position, RoomPhoto.id)
    return [*_written(room), *_photos(session.scalars(in_order))]


def all_texts() -> list[tuple[Room, list[PublicText]]]:
    """Of every room that is online, by place. Two statements."""
    online = (
        select(Room)
        .join(Room.venue)
        .where(Room.state == RoomState.PUBLISHED, Venue.is_listed)
        .order_by(Venue.name, Room.name)
    )
    texts: dict[int, list[str]] = {}
    for room_id, text in session.execute(
        select(RoomPhoto.room_id, RoomPhoto.alternative_text).order_by(RoomPhoto.id)
    ):
        texts.setdefault(room_id, []).append(text)
    rooms = session.scalars(online).unique()
    return [(room, [*_written(room), *_photos(texts.get(room.id, []))]) for room in rooms]


def _written(room: Room) -> list[PublicText]:
    return [
        *(PublicText(name, getattr(room.venue, name)) for name in OF_VENUE),
        *(PublicText(name, getattr(room, name)) for name in OF_ROOM),
    ]


def _photos(texts: Iterable[str]) -> list[PublicText]:
    return [PublicText("photo", text) for text in texts]
