"""The rooms that may do, for the finder: as columns, as a thousand of them are judged at a time.

Always the same number of queries, and what they read does not grow with the past.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from operator import attrgetter
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, exists, or_, select
from sqlalchemy.orm import lazyload

from booking.queries.rooms import is_lent, with_window
from booking.rules.finder import Candidate, Found, found
from booking.rules.rooms import RoomPlace
from booking.rules.sought import Need, Sought
from core.clock import local_days
from core.db import session
from venues.facts import postcodes
from venues.models import OpeningHours, Room, Venue
from venues.models.room import MEASURES, TERMS
from venues.rules.fit import CubeNeeds, Measures, answer, cube_fit
from venues.rules.opening import WeeklyHours
from venues.rules.terms import Terms

HAS = {
    Need.STEP_FREE: Room.is_step_free,
    Need.TOILET: Room.has_accessible_toilet,
    Need.KITCHEN: Room.has_kitchen,
    Need.SCREEN: Room.has_screen,
    Need.QUIET: Room.is_quiet,
    Need.POWER: Room.has_power,
}
FITS = {"fits": True, "if": True, "unknown": None, "no": False}
terms_of, measures_of = attrgetter(*TERMS), attrgetter(*MEASURES)


def search(sought: Sought, now: datetime) -> tuple[list[Found], list[Found]]:
    """The rooms that can be had, and those that nearly can; the nearest first."""
    return found(candidates(sought), sought, now)


def candidates(sought: Sought) -> list[Candidate]:
    """All lent rooms that are not ruled out by something that is known and will not change."""
    rows = session.execute(_lent(sought)).all()
    hours = _hours(sought)
    bare = [_bare(row, hours) for row in rows]
    places = _around(sought.days, bare) if sought.days else {each.room_id: each for each in bare}
    return [Candidate(places[row.id], _has(row, sought.needs)) for row in rows]


def _around(days: Sequence[date], bare: list[RoomPlace]) -> dict[int, RoomPlace]:
    """What there is on those days, and as far beyond as any of these rooms is kept free."""
    kept_free = (max(place.terms.before, place.terms.after) for place in bare)
    around = max(kept_free, default=timedelta())
    return with_window(local_days(days[0], days[-1]), bare, around=around)


def rooms_shown(shown: Iterable[Found]) -> dict[int, Room]:
    """With their venues, by id."""
    ids = [each.place.room_id for each in shown]
    wanted = select(Room).where(Room.id.in_(ids)).options(lazyload(Room.opening_hours))
    return {room.id: room for room in session.scalars(wanted)}


def _may_do(sought: Sought) -> Iterator[ColumnElement[bool]]:
    """Not what is known to lack a need or be far too small; what nobody has said stays in."""
    yield is_lent()
    for need, column in HAS.items():
        if need in sought.needs:
            yield column.is_not(False)
    if sought.people is not None:
        yield or_(Room.people.is_(None), Room.people >= sought.fewest_people)


def _lent(sought: Sought) -> Select[Any]:
    return (
        select(
            Room.id,
            Room.resource_id,
            Room.name,
            Room.people,
            Room.has_garden,
            Room.has_accessible_toilet,
            Room.has_kitchen,
            Room.has_screen,
            Room.welcomes_cube,
            *(getattr(Room, name) for name in (*MEASURES, *TERMS)),
            Venue.name.label("venue_name"),
            Venue.pc4,
            Venue.district_number,
            exists().where(OpeningHours.room_id == Room.id).label("has_hours"),
        )
        .join(Room.venue)
        .where(*_may_do(sought))
        .order_by(Room.id)
    )


def _hours(sought: Sought) -> Mapping[int, list[WeeklyHours]]:
    """Of the weekdays that are asked, and of the day after: who stays until midnight needs it."""
    reached = {(day.weekday() + n) % 7 for day in sought.days for n in (0, 1)}
    of_days = (
        select(
            OpeningHours.room_id,
            OpeningHours.weekday,
            OpeningHours.opens_at,
            OpeningHours.closes_at,
        )
        .join(Room, Room.id == OpeningHours.room_id)
        .join(Room.venue)
        .where(*_may_do(sought), OpeningHours.weekday.in_(reached))
    )
    found: dict[int, list[WeeklyHours]] = defaultdict(list)
    for room_id, *hours in session.execute(of_days):
        found[room_id].append(WeeklyHours(*hours))
    return found


def _bare(row: Row[Any], hours: Mapping[int, list[WeeklyHours]]) -> RoomPlace:
    return RoomPlace(
        room_id=row.id,
        resource_id=row.resource_id,
        name=f"{row.venue_name}, {row.name}" if row.name else row.venue_name,
        district_number=row.district_number,
        point=postcodes()[row.pc4].centre,
        people=row.people,
        hours=tuple(hours.get(row.id, ())) if row.has_hours else None,
        terms=Terms(*terms_of(row)),
    )


def _has(row: Row[Any], needs: frozenset[Need]) -> dict[Need, bool | None]:
    """Of each thing that is needed whether it is there."""
    return {need: _has_one(row, need) for need in needs}


def _has_one(row: Row[Any], need: Need) -> bool | None:
    if need is Need.OUTDOORS:
        return True if row.is_outdoors else row.has_garden
    if need is Need.CUBE:
        return row.welcomes_cube and FITS[_fit(row)]
    value: bool | None = getattr(row, HAS[need].key)
    return value


def _fit(row: Row[Any]) -> str:
    return answer(cube_fit(Measures(*measures_of(row)), CubeNeeds()))
