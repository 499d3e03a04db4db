"""Opening hours as periods.

A room is open in its weekly hours, minus its closures; on a day with special hours in those
instead. A room without any weekly hours has not said when it is open; that is not the same as
closed, and the rules ask instead of refuse.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from core.clock import AmbiguousLocalTime, NoSuchLocalTime, to_utc
from core.period import Period, merged, subtracted

END_OF_DAY = time(23, 59)
REMEMBERED = 4096


@dataclass(frozen=True, slots=True)
class WeeklyHours:
    """Open on this weekday (0 = Monday) from `opens_at` to `closes_at`, wall clock in Utrecht.

    `closes_at` 23:59 means until midnight.
    """

    weekday: int
    opens_at: time
    closes_at: time


@dataclass(frozen=True, slots=True)
class DayHours:
    """Special hours: open on this one day from `opens_at` to `closes_at`, as `WeeklyHours`."""

    day: date
    opens_at: time
    closes_at: time


def open_periods(
    hours: Iterable[WeeklyHours],
    closures: Iterable[Period],
    first: date,
    last: date,
    special: Iterable[DayHours] = (),
) -> list[Period]:
    """When it is open from `first` up to and including `last`, in order."""
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    weekly, on_one_day = list(hours), list(special)
    opened = [
        _on(day, each.opens_at, each.closes_at)
        for day in days
        for each in _hours_on(day, weekly, on_one_day)
    ]
    return subtracted(merged(period for period in opened if period), closures)


def _hours_on(
    day: date, weekly: list[WeeklyHours], special: list[DayHours]
) -> list[WeeklyHours] | list[DayHours]:
    on_this_day = [each for each in special if each.day == day]
    return on_this_day or [each for each in weekly if each.weekday == day.weekday()]


@lru_cache(maxsize=REMEMBERED)
def _on(day: date, opens_at: time, closes_at: time) -> Period | None:
    """None when the clock change leaves nothing of it: hours within the hour that is skipped.

    Remembered, as many rooms keep the same hours and a search asks for the same days of them all.
    """
    until = _moment(day, closes_at)
    if closes_at == END_OF_DAY:
        until = to_utc(day + timedelta(days=1), time())
    start = _moment(day, opens_at)
    return Period(start, until) if start < until else None


def _moment(day: date, at: time) -> datetime:
    """Weekly hours cannot know the clock change: a skipped or doubled time becomes 03:00."""
    try:
        return to_utc(day, at)
    except (NoSuchLocalTime, AmbiguousLocalTime):
        return to_utc(day, time(3))
