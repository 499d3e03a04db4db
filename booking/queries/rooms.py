"""Rooms around a stretch of time, for the rules. Always the same number of queries.

Every range starts at an indexed moment: what is long past is never read.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, or_, select

from booking.models import Claim, RoomBooking, RoomDate, WaitingPlace
from booking.queries.places import load_elsewhere
from booking.queries.tour import LONGEST
from booking.rules.room_asked import RoomAsked
from booking.rules.room_lifecycle import LIVE, DateState, WaitingState
from booking.rules.rooms import Kept, RoomAsker, RoomPlace, claimed
from core.clock import local_date, local_days
from core.db import session
from core.period import Period
from venues.facts import find_postcode
from venues.models import Closure, Room, RoomState, SpecialHours, Venue
from venues.rules.opening import DayHours

AROUND = timedelta(days=1)  # buffers and opening hours reach this far beyond what is asked


def load_rooms(
    window: Period, rooms: Iterable[Room], *, without_dates: Sequence[int] = ()
) -> dict[int, RoomPlace]:
    """All that matters for meeting in these rooms within the window, by room id.

    `without_dates`: ids of dates that do not stand in their own way, as they are being moved.
    """
    return with_window(window, [bare_place(room) for room in rooms], without_dates=without_dates)


def with_window(
    window: Period,
    bare: Sequence[RoomPlace],
    *,
    around: timedelta = AROUND,
    without_dates: Sequence[int] = (),
) -> dict[int, RoomPlace]:
    """Rooms as they are by themselves, with what there is within the window, by room id."""
    if not bare:
        return {}
    wide = window.padded(around, around)
    ids = [place.room_id for place in bare]
    resource_ids = [place.resource_id for place in bare]
    taken = _taken(wide, resource_ids, without_dates)
    elsewhere = load_elsewhere(wide, resource_ids)
    closures, special = _closures(wide, ids), _special(wide, ids)
    kept = _kept(wide, ids)
    return {
        place.room_id: replace(
            place,
            special=tuple(special[place.room_id]),
            closures=tuple(closures[place.room_id]),
            taken=tuple(taken[place.resource_id]),
            outside=tuple(elsewhere.busy[place.resource_id]),
            perhaps=tuple(elsewhere.perhaps[place.resource_id]),
            kept=tuple(_with_time_around(each, place) for each in kept[place.room_id]),
        )
        for place in bare
    }


def bare_place(room: Room) -> RoomPlace:
    """A room by itself, without what there is at any time."""
    return RoomPlace(
        room_id=room.id,
        resource_id=room.resource_id,
        name=room.full_name,
        district_number=room.venue.district_number,
        point=room.venue.point,
        people=room.people,
        hours=tuple(hours.weekly for hours in room.opening_hours) or None,
        terms=room.terms,
        is_bookable=is_bookable(room),
    )


def places_for(asked: RoomAsked, rooms: Mapping[int, Room]) -> dict[int, RoomPlace]:
    """The rooms of all chosen dates, around those dates, by id."""
    chosen = [each.day for each in asked.dates]
    window = local_days(min(chosen), max(chosen))
    return load_rooms(window, [rooms[room_id] for room_id in asked.room_ids])


def is_bookable(room: Room) -> bool:
    return room.state is RoomState.PUBLISHED and room.welcomes_meetings and room.venue.is_listed


def is_lent() -> ColumnElement[bool]:
    """`is_bookable` for a query that joins the venue."""
    return and_(Room.state == RoomState.PUBLISHED, Room.welcomes_meetings, Venue.is_listed)


def asker_of(email: str, pc4: str, room: Room, now: datetime) -> RoomAsker:
    """What the terms of the room want to know of whoever has this address."""
    found = find_postcode(pc4) if pc4 else None
    mine = (
        select(RoomDate.state, RoomDate.ends_at)
        .join(RoomDate.room_booking)
        .where(
            RoomBooking.contact_email == email,
            RoomDate.room_id == room.id,
            RoomDate.state.in_(LIVE),
        )
    )
    rows = session.execute(mine).tuples().all()
    return RoomAsker(
        district_number=found.district.number if found else None,
        is_known=any(state is DateState.CONFIRMED for state, _ends_at in rows),
        dates_ahead=sum(ends_at > now for _state, ends_at in rows),
    )


def _taken(
    window: Period, resource_ids: list[int], without_dates: Sequence[int]
) -> dict[int, list[Period]]:
    """By resource id."""
    found: dict[int, list[Period]] = defaultdict(list)
    live = select(Claim.resource_id, Claim.starts_at, Claim.ends_at).where(
        Claim.resource_id.in_(resource_ids),
        Claim.released_at.is_(None),
        Claim.starts_at > window.start - LONGEST,
        Claim.starts_at < window.end,
        Claim.ends_at > window.start,
    )
    if without_dates:
        others = or_(Claim.room_date_id.is_(None), Claim.room_date_id.not_in(without_dates))
        live = live.where(others)
    for resource_id, starts_at, ends_at in session.execute(live):
        found[resource_id].append(Period(starts_at, ends_at))
    return found


def _closures(window: Period, room_ids: list[int]) -> dict[int, list[Period]]:
    """By room id."""
    found: dict[int, list[Period]] = defaultdict(list)
    touching = select(Closure.room_id, Closure.starts_at, Closure.ends_at).where(
        Closure.room_id.in_(room_ids),
        Closure.ends_at > window.start,
        Closure.starts_at < window.end,
    )
    for room_id, starts_at, ends_at in session.execute(touching):
        found[room_id].append(Period(starts_at, ends_at))
    return found


def _special(window: Period, room_ids: list[int]) -> dict[int, list[DayHours]]:
    """By room id."""
    found: dict[int, list[DayHours]] = defaultdict(list)
    within = select(
        SpecialHours.room_id, SpecialHours.day_on, SpecialHours.opens_at, SpecialHours.closes_at
    ).where(
        SpecialHours.room_id.in_(room_ids),
        SpecialHours.day_on >= local_date(window.start),
        SpecialHours.day_on <= local_date(window.end),
    )
    for room_id, *hours in session.execute(within):
        found[room_id].append(DayHours(*hours))
    return found


def _with_time_around(kept: Kept, place: RoomPlace) -> Kept:
    """An offer keeps as much of the room as the meeting would take."""
    return replace(kept, period=claimed(kept.period, place.terms))


def _kept(window: Period, room_ids: list[int]) -> dict[int, list[Kept]]:
    """What is offered to whoever waited, by room id."""
    found: dict[int, list[Kept]] = defaultdict(list)
    offered = select(
        WaitingPlace.room_id,
        WaitingPlace.starts_at,
        WaitingPlace.ends_at,
        WaitingPlace.offered_until,
        WaitingPlace.id,
    ).where(
        WaitingPlace.room_id.in_(room_ids),
        WaitingPlace.state == WaitingState.OFFERED,
        WaitingPlace.offered_until.is_not(None),
        WaitingPlace.starts_at > window.start - LONGEST,
        WaitingPlace.starts_at < window.end,
    )
    for room_id, starts_at, ends_at, until, waiting_id in session.execute(offered):
        found[room_id].append(Kept(Period(starts_at, ends_at), until, waiting_id))
    return found
