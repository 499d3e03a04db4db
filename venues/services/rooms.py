"""The planner adds and changes rooms."""

from datetime import datetime

from sqlalchemy.orm.attributes import flag_modified

from core.db import session
from core.findings import refuse_if
from core.history import Actor, record
from core.resource import Resource, ResourceKind
from venues.models import OpeningHours, Room, RoomState, Venue
from venues.rules.values import RoomDetails, changed, hours_findings
from venues.services.places import add_once, to_change


def add_room(
    venue_id: int, details: RoomDetails, *, by: Actor, now: datetime, form_token: str = ""
) -> Room:
    """The same form twice adds one room."""
    return add_once(Room, lambda: _add(venue_id, details, by, now), details, form_token, now)


def change_room(
    room_id: int, details: RoomDetails, *, version: int | None, by: Actor, now: datetime
) -> Room:
    """Opening hours are replaced as a whole. `version` None changes whatever is there."""
    refuse_if(hours_findings(details.opening_hours))
    room = to_change(Room, room_id, version)
    what = changed(room_details(room), details)
    if what:
        _set(room, details)
        flag_modified(room, "name")  # other opening hours are another version of the room too
        session.flush()
        record("room changed", ("room", room.id), by=by, at=now, changed=what)
    return room


def set_room_state(
    room_id: int, state: RoomState, *, version: int | None, by: Actor, now: datetime
) -> Room:
    room = to_change(Room, room_id, version)
    if room.state is not state:
        before, room.state = room.state, state
        session.flush()
        changed_state = {"state": [before.value, state.value]}
        record("room changed", ("room", room.id), by=by, at=now, changed=changed_state)
    return room


def room_details(room: Room) -> RoomDetails:
    """As it is stored now, to fill in a form or to compare with."""
    return RoomDetails(
        name=room.name,
        measures=room.measures,
        welcomes_cube=room.welcomes_cube,
        people=room.people,
        has_accessible_toilet=room.has_accessible_toilet,
        opening_hours=tuple(hours.weekly for hours in room.opening_hours),
    )


def _add(venue_id: int, details: RoomDetails, by: Actor, now: datetime) -> Room:
    refuse_if(hours_findings(details.opening_hours))
    venue = to_change(Venue, venue_id, None)
    room = Room(venue=venue, created_at=now, resource=Resource(kind=ResourceKind.ROOM))
    _set(room, details)
    session.add(room)
    session.flush()
    record("room added", ("room", room.id), by=by, at=now)
    return room


def _set(room: Room, details: RoomDetails) -> None:
    room.name = details.name
    room.measures = details.measures
    room.welcomes_cube = details.welcomes_cube
    room.people = details.people
    room.has_accessible_toilet = details.has_accessible_toilet
    room.opening_hours = [
        OpeningHours(weekday=hours.weekday, opens_at=hours.opens_at, closes_at=hours.closes_at)
        for hours in details.opening_hours
    ]
