"""Opening hours as periods.

A room is open in its weekly hours, minus its closures. A room without any weekly hours has not said
when it is open; that is not the same as closed, and the rules ask instead of refuse.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from core.clock import AmbiguousLocalTime, NoSuchLocalTime, to_utc
from core.period import Period, merged, subtracted

END_OF_DAY = time(23, 59)


@dataclass(frozen=True, slots=True)
class WeeklyHours:
    """Open on this weekday (0 = Monday) from `opens_at` to `closes_at`, wall clock in Utrecht.

    `closes_at` 23:59 means until midnight.
    """

    weekday: int
    opens_at: time
    closes_at: time


def open_periods(
    hours: Iterable[WeeklyHours], closures: Iterable[Period], first: date, last: date
) -> list[Period]:
    """When it is open from `first` up to and including `last`, in order."""
    weekly = list(hours)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    opened = [_on(day, h) for day in days for h in weekly if h.weekday == day.weekday()]
    return subtracted(merged(period for period in opened if period), closures)


def _on(day: date, hours: WeeklyHours) -> Period | None:
    """None when the clock change leaves nothing of it: hours within the hour that is skipped."""
    until = _moment(day, hours.closes_at)
    if hours.closes_at == END_OF_DAY:
        until = to_utc(day + timedelta(days=1), time())
    start = _moment(day, hours.opens_at)
    return Period(start, until) if start < until else None


def _moment(day: date, at: time) -> datetime:
    """Weekly hours cannot know the clock change: a skipped or doubled time becomes 03:00."""
    try:
        return to_utc(day, at)
    except (NoSuchLocalTime, AmbiguousLocalTime):
        return to_utc(day, time(3))
