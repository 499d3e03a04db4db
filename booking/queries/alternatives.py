"""What is free instead, when a time in a room is not: another time, another day, another room."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from sqlalchemy import select

from booking.queries.rooms import load_rooms
from booking.rules.rooms import Meeting, RoomPlace, room_findings
from booking.rules.walking import walking_minutes
from core.clock import local_date, local_days, to_local, to_utc
from core.db import session
from core.findings import blockers
from core.period import Period, hull
from venues.models import Room, RoomState, Venue
from venues.rules.terms import BookableBy

DAYS_AROUND = 14
STEP = timedelta(minutes=30)
STEPS = 8  # how many steps earlier and later the same day


@dataclass(frozen=True, slots=True)
class FreeMoment:
    """A time that can be had; `walking` is in minutes from the room that was asked for."""

    room: Room
    period: Period
    walking: int


def free_instead(
    room: Room, period: Period, people: int, now: datetime, *, at_most: int = 3
) -> list[FreeMoment]:
    """The nearest: later or earlier that day, the same time on another day, another room nearby.

    One of each kind comes before a second of any. Always the same number of queries.
    """
    (found,) = free_instead_each(room, [period], people, now, at_most=at_most)
    return found


def free_instead_each(
    room: Room, periods: Sequence[Period], people: int, now: datetime, *, at_most: int = 3
) -> list[list[FreeMoment]]:
    """For each period, in order. Always the same number of queries, however many there are."""
    days = timedelta(days=DAYS_AROUND)
    first, last = (local_date(each(periods).start) for each in (min, max))
    if last + days < local_date(now):
        return [[] for _period in periods]
    others = sorted(_other_rooms(room), key=lambda other: (_walk(room, other), other.id))
    own = load_rooms(local_days(max(first - days, local_date(now)), last + days), [room])[room.id]
    near = load_rooms(hull(periods), others)
    places = [(other, near[other.id]) for other in others]
    return [_instead(room, own, places, each, people, now, at_most) for each in periods]


def _instead(
    room: Room,
    own: RoomPlace,
    others: list[tuple[Room, RoomPlace]],
    period: Period,
    people: int,
    now: datetime,
    at_most: int,
) -> list[FreeMoment]:
    kinds = [
        (FreeMoment(room, p, 0) for p in _that_day(period) if _is_free(p, people, own, now)),
        (FreeMoment(room, p, 0) for p in _other_days(period) if _is_free(p, people, own, now)),
        (
            FreeMoment(other, period, _walk(room, other))
            for other, place in others
            if _is_free(period, people, place, now)
        ),
    ]
    return _in_turn([list(islice(kind, at_most)) for kind in kinds])[:at_most]


def _other_rooms(room: Room) -> list[Room]:
    """Lent to anybody; a garden is no substitute for a room."""
    lent = (
        select(Room)
        .join(Room.venue)
        .where(
            Room.id != room.id,
            Room.state == RoomState.PUBLISHED,
            Room.welcomes_meetings,
            Room.bookable_by == BookableBy.ANYBODY,
            Room.is_outdoors.is_(room.is_outdoors),
            Venue.is_listed,
        )
    )
    return list(session.scalars(lent))


def _walk(room: Room, other: Room) -> int:
    return walking_minutes(room.venue.point, other.venue.point)


def _is_free(period: Period, people: int, place: RoomPlace, now: datetime) -> bool:
    return not blockers(room_findings(Meeting(period, people), place, now))


def _that_day(period: Period) -> Iterator[Period]:
    for n in range(1, STEPS + 1):
        yield period.shifted(n * STEP)
        yield period.shifted(-n * STEP)


def _other_days(period: Period) -> Iterator[Period]:
    """The same time on the wall, as close as can be."""
    local = to_local(period.start)
    for n in range(1, DAYS_AROUND + 1):
        for days in (n, -n):
            start = to_utc(local.date() + timedelta(days=days), local.time())
            yield Period(start, start + period.length)


def _in_turn(kinds: list[list[FreeMoment]]) -> list[FreeMoment]:
    longest = max((len(kind) for kind in kinds), default=0)
    return [kind[n] for n in range(longest) for kind in kinds if n < len(kind)]
