"""The waiting list, as its pages and the clock need it. Always the same number of queries."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from sqlalchemy import ColumnElement, select

from booking.models import RoomDate, WaitingPlace
from booking.queries.rooms import load_rooms
from booking.rules.room_lifecycle import DateState, WaitingState
from booking.rules.rooms import RoomPlace, claimed
from booking.rules.waiting import IN_LINE, Waiter, place_in_line
from core.db import session
from core.findings import Refused, blocker
from core.period import Period, hull
from venues.models import Room
from venues.queries.places import find_rooms


def waiting_by_id(waiting_id: int) -> WaitingPlace | None:
    return session.get(WaitingPlace, waiting_id)


def room_waited_for(waiting_id: int) -> int | None:
    """Its id, without the room itself: that is read when it is locked."""
    return session.scalar(select(WaitingPlace.room_id).where(WaitingPlace.id == waiting_id))


def waiting_for_update(waiting_id: int, version: int | None = None) -> WaitingPlace:
    """Locked until the transaction ends. Raises Refused when it is no longer the version seen."""
    (found,) = lock_waiting([waiting_id]) or (None,)
    if found is None:
        raise Refused([blocker("no_such_waiting")])
    if version is not None and found.version != version:
        raise Refused([blocker("waiting_changed_meanwhile")])
    return found


def all_waiting() -> list[WaitingPlace]:
    """In order of arrival."""
    return _in_order(WaitingPlace.state == WaitingState.WAITING)


def all_offered() -> list[WaitingPlace]:
    return _in_order(WaitingPlace.state == WaitingState.OFFERED)


def places_offered(places: Iterable[WaitingPlace]) -> dict[int, RoomPlace]:
    """The rooms in which something is offered, by id."""
    offered = list(places)
    if not offered:
        return {}
    rooms = find_rooms(place.room_id for place in offered)
    return load_rooms(hull(place.period for place in offered), rooms.values())


def old_waiting(before: datetime) -> list[WaitingPlace]:
    """Of whom is still known who they are."""
    return _in_order(
        WaitingPlace.contact_email != "",
        WaitingPlace.ends_at < before,
        WaitingPlace.state.not_in(IN_LINE),
    )


def in_line_already(room_id: int, period: Period, email: str) -> WaitingPlace | None:
    """Somebody with this address who waits for just this time."""
    same = _in_order(
        WaitingPlace.room_id == room_id,
        WaitingPlace.contact_email == email,
        WaitingPlace.starts_at == period.start,
        WaitingPlace.ends_at == period.end,
        WaitingPlace.state.in_(IN_LINE),
    )
    return next(iter(same), None)


def places_to_offer(places: Iterable[WaitingPlace]) -> dict[int, RoomPlace]:
    """The rooms of those who wait, by id. What a host has still to answer is not offered twice."""
    waiting = list(places)
    if not waiting:
        return {}
    rooms = find_rooms(place.room_id for place in waiting)
    window = hull(place.period for place in waiting)
    asked = _asked(window, rooms)
    return {
        room_id: replace(
            place, taken=(*place.taken, *(claimed(each, place.terms) for each in asked[room_id]))
        )
        for room_id, place in load_rooms(window, rooms.values()).items()
    }


def waiter_of(place: WaitingPlace) -> Waiter:
    return Waiter(place.id, place.room_id, place.period, place.people)


def number_in_line(place: WaitingPlace) -> int:
    """Counted from 1."""
    earlier = _in_line(place.room_id, WaitingPlace.id < place.id)
    return place_in_line(place.period, earlier, place.room.terms)


def next_number(room: Room, period: Period) -> int:
    """Which one in the line somebody would be who joins now."""
    return place_in_line(period, _in_line(room.id), room.terms)


def _in_line(room_id: int, *conditions: ColumnElement[bool]) -> list[Period]:
    """What is waited for in a room."""
    times = select(WaitingPlace.starts_at, WaitingPlace.ends_at).where(
        WaitingPlace.room_id == room_id, WaitingPlace.state.in_(IN_LINE), *conditions
    )
    return [Period(*each) for each in session.execute(times)]


def _in_order(*conditions: ColumnElement[bool]) -> list[WaitingPlace]:
    """Who came first has the lowest number."""
    found = select(WaitingPlace).where(*conditions).order_by(WaitingPlace.id)
    return list(session.scalars(found))


def lock_waiting(ids: Iterable[int]) -> list[WaitingPlace]:
    """In order of arrival, each locked until the transaction ends."""
    locked = (
        select(WaitingPlace)
        .where(WaitingPlace.id.in_(sorted(set(ids))))
        .order_by(WaitingPlace.id)
        .with_for_update(key_share=True, of=WaitingPlace)
        .execution_options(populate_existing=True)
    )
    return list(session.scalars(locked))


def _asked(window: Period, rooms: dict[int, Room]) -> dict[int, list[Period]]:
    """What waits for an answer of a host, by room id."""
    found: dict[int, list[Period]] = {room_id: [] for room_id in rooms}
    waiting = select(RoomDate.room_id, RoomDate.starts_at, RoomDate.ends_at).where(
        RoomDate.room_id.in_(rooms),
        RoomDate.state == DateState.ASKED,
        RoomDate.starts_at < window.end,
        RoomDate.ends_at > window.start,
    )
    for room_id, starts_at, ends_at in session.execute(waiting):
        found[room_id].append(Period(starts_at, ends_at))
    return found
