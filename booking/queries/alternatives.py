"""What is free instead, when a time in a room is not: another time, another day, another room."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from booking.queries.rooms import load_rooms
from booking.rules.rooms import Meeting, RoomPlace, room_findings
from booking.rules.walking import walking_minutes
from core.clock import local_date, local_days, to_local, to_utc
from core.db import session
from core.findings import blockers
from core.period import Period
from venues.models import Room, RoomState, Venue

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
    others = _other_rooms(room)
    day = local_date(period.start)
    days = timedelta(days=DAYS_AROUND)
    window = local_days(max(day - days, local_date(now)), day + days)
    own = load_rooms(window, [room])[room.id]
    near = load_rooms(period, others)
    by_nearness = sorted(others, key=lambda other: (_walk(room, other), other.id))
    kinds = [
        (FreeMoment(room, p, 0) for p in _that_day(period) if _is_free(p, people, own, now)),
        (FreeMoment(room, p, 0) for p in _other_days(period) if _is_free(p, people, own, now)),
        (
            FreeMoment(other, period, _walk(room, other))
            for other in by_nearness
            if _is_free(period, people, near[other.id], now)
        ),
    ]
    return _in_turn([list(kind)[:at_most] for kind in kinds])[:at_most]


def _other_rooms(room: Room) -> list[Room]:
    lent = (
        select(Room)
        .join(Room.venue)
        .where(
            Room.id != room.id,
            Room.state == RoomState.PUBLISHED,
            Room.welcomes_meetings,
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
