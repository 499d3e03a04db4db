"""What adding and changing venues and rooms have in common."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from sqlalchemy import select

from core.db import session
from core.findings import Refused, blocker
from core.submissions import once, remember
from venues.models import Room, Venue
from venues.rules.values import Details, plain

Place = TypeVar("Place", Venue, Room)


def add_once(
    kind: type[Place], add: Callable[[], Place], details: Details, form_token: str, now: datetime
) -> Place:
    """Add it, or find what the same form added before; without a token simply add."""
    if not form_token:
        return add()
    content = {"kind": kind.__tablename__, **plain(details)}
    before = once(form_token, content)
    if before:
        return session.get_one(kind, int(before))
    added = add()
    remember(form_token, content, str(added.id), now)
    return added


def to_change(kind: type[Place], place_id: int, version: int | None) -> Place:
    """The place as it is now, locked; refused when it is another version than the one seen."""
    locked = (
        select(kind)
        .where(kind.id == place_id)
        .with_for_update(of=kind)
        .execution_options(populate_existing=True)
    )
    place = session.scalars(locked).one_or_none()
    if place is None:
        raise Refused([blocker("no_such_place")])
    if version is not None and place.version != version:
        raise Refused([blocker("place_changed_meanwhile")])
    return place
