"""A host adds photos of a room, describes them, puts them in order and takes them away."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from core.db import session
from core.findings import Refused, blocker
from core.history import Actor, record
from core.submissions import once, remember
from venues.models import Room, RoomPhoto
from venues.pictures import Picture
from venues.queries.photos import photos_of
from venues.services.places import to_change

MOST_PHOTOS = 8


@dataclass(frozen=True, slots=True)
class NewPhoto:
    picture: Picture
    alternative_text: str


def add_photos(
    room_id: int, new: Sequence[NewPhoto], *, by: Actor, now: datetime, form_token: str = ""
) -> None:
    """All of them or none, after those that are there. The same form twice adds them once."""
    to_change(Room, room_id, None)
    content = {"room": room_id, "photos": [_fingerprint(each) for each in new]}
    if form_token and once(form_token, content):
        return
    kept = photos_of([room_id])[room_id]
    if len(kept) + len(new) > MOST_PHOTOS:
        left = MOST_PHOTOS - len(kept)
        raise Refused([blocker("too_many_photos", at_most=MOST_PHOTOS, left=left)])
    for position, each in enumerate(new, start=len(kept) + 1):
        session.add(_row(room_id, each, position, now))
    session.flush()
    if form_token:
        remember(form_token, content, str(room_id), now)
    record("photos added", ("room", room_id), by=by, at=now, number=len(new))


def describe_photo(room_id: int, photo_id: int, text: str, *, by: Actor, now: datetime) -> None:
    photo = _to_change(room_id, photo_id)
    if photo.alternative_text != text:
        before, photo.alternative_text = photo.alternative_text, text
        session.flush()
        what = {"photo": [before, text]}
        record("photo described", ("room", room_id), by=by, at=now, changed=what)


def show_earlier(room_id: int, photo_id: int, *, by: Actor, now: datetime) -> None:
    """Changes places with the one before it; the first one stays where it is."""
    photo = _to_change(room_id, photo_id)
    kept = photos_of([room_id])[room_id]
    at = kept.index(photo)
    if at == 0:
        return
    kept[at - 1 : at + 1] = [photo, kept[at - 1]]
    _number(kept)
    record("photos put in order", ("room", room_id), by=by, at=now)


def remove_photo(room_id: int, photo_id: int, *, by: Actor, now: datetime) -> None:
    """One that is gone already is what was wanted."""
    to_change(Room, room_id, None)
    photo = session.get(RoomPhoto, photo_id)
    if photo is None or photo.room_id != room_id:
        return
    session.delete(photo)
    session.flush()
    _number(photos_of([room_id])[room_id])
    record("photo removed", ("room", room_id), by=by, at=now)


def _to_change(room_id: int, photo_id: int) -> RoomPhoto:
    """The photos of a room are changed by one at a time."""
    to_change(Room, room_id, None)
    photo = session.get(RoomPhoto, photo_id, populate_existing=True)
    if photo is None or photo.room_id != room_id:
        raise Refused([blocker("no_such_photo")])
    return photo


def _number(photos: Sequence[RoomPhoto]) -> None:
    for position, photo in enumerate(photos, start=1):
        photo.position = position
    session.flush()


def _row(room_id: int, new: NewPhoto, position: int, now: datetime) -> RoomPhoto:
    return RoomPhoto(
        room_id=room_id,
        position=position,
        alternative_text=new.alternative_text,
        name=secrets.token_hex(16),
        width=new.picture.width,
        height=new.picture.height,
        picture=new.picture.whole,
        thumbnail=new.picture.thumbnail,
        created_at=now,
    )


def _fingerprint(new: NewPhoto) -> tuple[str, str]:
    return sha256(new.picture.whole).hexdigest(), new.alternative_text
