"""A week of a room for everybody: when it is free and when it is not, never who is there."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from booking.rules.free import earliest_start, free_times
from booking.rules.rooms import RoomPlace
from core.clock import AmbiguousLocalTime, NoSuchLocalTime, local_day, to_local, to_utc
from core.period import Period, subtracted

DAYS = 7
AN_HOUR = timedelta(hours=1)


class HourState(StrEnum):
    FREE = "free"
    PARTLY = "partly"
    TAKEN = "taken"
    TOO_LATE = "too_late"  # over, or too soon to book
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class RoomDay:
    day: date
    opened: tuple[Period, ...]
    free: tuple[Period, ...]
    taken: tuple[Period, ...]  # open, and not to be had

    @property
    def is_closed(self) -> bool:
        return not self.opened

    @property
    def in_order(self) -> list[tuple[Period, bool]]:
        """What is free and what is taken, and whether it is free."""
        return sorted([*((each, True) for each in self.free), *((t, False) for t in self.taken)])


@dataclass(frozen=True, slots=True)
class Hour:
    """One cell of the week; `free` is the part of the hour that can be had."""

    day: date
    state: HourState
    starts_at: datetime | None = None  # None: the clock does not show this hour on that day
    free: Period | None = None


@dataclass(frozen=True, slots=True)
class HourRow:
    at: time
    hours: tuple[Hour, ...]  # one for each day


def room_days(place: RoomPlace, monday: date, now: datetime) -> list[RoomDay]:
    days = [monday + timedelta(days=n) for n in range(DAYS)]
    opened = place.opened(days[0], days[-1])
    free = free_times(place, days[0], days[-1], now)
    start = earliest_start(place, now)
    to_come = [each.common(Period(start, each.end)) for each in opened if each.end > start]
    taken = subtracted([each for each in to_come if each], free)
    return [RoomDay(day, *(_on(day, kind) for kind in (opened, free, taken))) for day in days]


def hour_rows(days: list[RoomDay]) -> list[HourRow]:
    """From the first hour that is open on any of the days to the last; none when it is closed."""
    hours = [hour for day in days for each in day.opened for hour in _touched(each)]
    if not hours:
        return []
    rows = range(min(hours), max(hours) + 1)
    return [HourRow(time(hour), tuple(_hour(day, hour) for day in days)) for hour in rows]


def _hour(day: RoomDay, hour: int) -> Hour:
    try:
        start = to_utc(day.day, time(hour))
    except (NoSuchLocalTime, AmbiguousLocalTime):
        return Hour(day.day, HourState.CLOSED)
    this = Period(start, start + AN_HOUR)
    free = next((part for each in day.free if (part := each.common(this))), None)
    if free:
        return Hour(day.day, HourState.FREE if free == this else HourState.PARTLY, start, free)
    if any(each.overlaps(this) for each in day.taken):
        return Hour(day.day, HourState.TAKEN, start)
    is_open = any(each.overlaps(this) for each in day.opened)
    return Hour(day.day, HourState.TOO_LATE if is_open else HourState.CLOSED, start)


def _touched(period: Period) -> tuple[int, int]:
    """The first and the last hour of the clock it lies in."""
    return to_local(period.start).hour, to_local(period.end - timedelta(seconds=1)).hour


def _on(day: date, periods: list[Period]) -> tuple[Period, ...]:
    whole = local_day(day)
    return tuple(part for each in periods if (part := each.common(whole)))
