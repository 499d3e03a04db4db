"""Planners and hosts add and change rooms."""

from datetime import datetime

from sqlalchemy.orm.attributes import flag_modified

from core.db import session
from core.findings import Finding, refuse_if
from core.history import Actor, record
from core.resource import Resource, ResourceKind
from venues.models import OpeningHours, Room, RoomState, Venue
from venues.queries.photos import photos_counted
from venues.rules.hits import NOTHING_SEEN, Agreed
from venues.rules.publishing import Offered, publish_findings
from venues.rules.terms import terms_findings
from venues.rules.values import RoomDetails, changed, hours_findings
from venues.services.hits import whoever_is_hit
from venues.services.places import add_once, to_change
from venues.services.venues import venue_details

FACTS = (
    "name",
    "measures",
    "terms",
    "welcomes_cube",
    "people",
    "has_accessible_toilet",
    "has_kitchen",
    "has_screen",
    "has_garden",
    "description",
)


def add_room(
    venue_id: int,
    details: RoomDetails,
    *,
    by: Actor,
    now: datetime,
    form_token: str = "",
    state: RoomState = RoomState.PUBLISHED,
) -> Room:
    """The same form twice adds one room."""
    return add_once(Room, lambda: _add(venue_id, details, state, by, now), details, form_token, now)


def change_room(
    room_id: int,
    details: RoomDetails,
    *,
    version: int | None,
    by: Actor,
    now: datetime,
    agreed: Agreed = NOTHING_SEEN,
) -> Room:
    """Opening hours are replaced as a whole. `version` None changes whatever is there."""
    refuse_if(_findings(details))
    room = to_change(Room, room_id, version)
    what = changed(room_details(room), details)
    if what:
        with whoever_is_hit(room_id, agreed, by=by, now=now):
            _set(room, details)
            flag_modified(room, "name")  # other opening hours are another version of the room too
            session.flush()
        record("room changed", ("room", room.id), by=by, at=now, changed=what)
    return room


def set_room_state(
    room_id: int,
    state: RoomState,
    *,
    version: int | None,
    by: Actor,
    now: datetime,
    agreed: Agreed = NOTHING_SEEN,
) -> Room:
    room = to_change(Room, room_id, version)
    if room.state is not state:
        with whoever_is_hit(room_id, agreed, by=by, now=now):
            before, room.state = room.state, state
            session.flush()
        changed_state = {"state": [before.value, state.value]}
        record("room changed", ("room", room.id), by=by, at=now, changed=changed_state)
    return room


def publish_room(room_id: int, *, version: int | None, by: Actor, now: datetime) -> Room:
    """A host puts a room online, for the first time or again; refused when something is missing."""
    room = to_change(Room, room_id, version)
    refuse_if(publish_findings(offered(room)))
    return set_room_state(room_id, RoomState.PUBLISHED, version=version, by=by, now=now)


def offered(room: Room, photos: int | None = None) -> Offered:
    """The room as the rules of publishing see it; `photos` when it was counted already."""
    counted = photos_counted([room.id]).get(room.id, 0) if photos is None else photos
    return Offered(
        venue=venue_details(room.venue),
        room=room_details(room),
        photos=counted,
        is_online=room.state is RoomState.PUBLISHED,
    )


def room_details(room: Room) -> RoomDetails:
    """As it is stored now, to fill in a form or to compare with."""
    return RoomDetails(
        **{name: getattr(room, name) for name in FACTS},
        opening_hours=tuple(hours.weekly for hours in room.opening_hours),
    )


def _findings(details: RoomDetails) -> list[Finding]:
    return [*hours_findings(details.opening_hours), *terms_findings(details.terms)]


def _add(venue_id: int, details: RoomDetails, state: RoomState, by: Actor, now: datetime) -> Room:
    refuse_if(_findings(details))
    venue = to_change(Venue, venue_id, None)
    room = Room(venue=venue, state=state, created_at=now, resource=Resource(kind=ResourceKind.ROOM))
    _set(room, details)
    session.add(room)
    session.flush()
    record("room added", ("room", room.id), by=by, at=now)
    return room


def _set(room: Room, details: RoomDetails) -> None:
    for name in FACTS:
        setattr(room, name, getattr(details, name))
    room.opening_hours = [
        OpeningHours(weekday=hours.weekday, opens_at=hours.opens_at, closes_at=hours.closes_at)
        for hours in details.opening_hours
    ]
