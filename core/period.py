"""Periods of time: half-open, aware, UTC only.

UTC only, because two datetimes of the same zone compare by wall clock, which is wrong in the hour
that occurs twice each October.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """The time from `start` up to, not including, `end`."""

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        for moment in (self.start, self.end):
            if moment.tzinfo is not UTC:
                raise ValueError(f"a period is in UTC, not {moment.tzinfo!r}")
        if self.start >= self.end:
            raise ValueError(f"a period ends after it starts: {self.start} .. {self.end}")

    @property
    def length(self) -> timedelta:
        return self.end - self.start

    def overlaps(self, other: "Period") -> bool:
        return self.start < other.end and other.start < self.end

    def covers(self, other: "Period") -> bool:
        return self.start <= other.start and other.end <= self.end

    def contains(self, moment: datetime) -> bool:
        return self.start <= moment < self.end

    def common(self, other: "Period") -> "Period | None":
        """The time that is in both."""
        start, end = max(self.start, other.start), min(self.end, other.end)
        return Period(start, end) if start < end else None

    def padded(self, before: timedelta, after: timedelta) -> "Period":
        return Period(self.start - before, self.end + after)

    def shifted(self, by: timedelta) -> "Period":
        return Period(self.start + by, self.end + by)


def merged(periods: Iterable[Period]) -> list[Period]:
    """The same time in as few periods as possible, in order; touching periods become one."""
    result: list[Period] = []
    for period in sorted(periods):
        if result and period.start <= result[-1].end:
            if period.end > result[-1].end:
                result[-1] = Period(result[-1].start, period.end)
        else:
            result.append(period)
    return result


def subtracted(periods: Iterable[Period], taken: Iterable[Period]) -> list[Period]:
    """What is left of `periods` when all of `taken` is cut out, in order."""
    holes = merged(taken)
    return [left for period in merged(periods) for left in _without(period, holes)]


def in_common(periods: Iterable[Period], others: Iterable[Period]) -> list[Period]:
    """The time that is in both, in order."""
    mine, theirs = merged(periods), merged(others)
    found, m, t = [], 0, 0
    while m < len(mine) and t < len(theirs):
        if common := mine[m].common(theirs[t]):
            found.append(common)
        if mine[m].end <= theirs[t].end:
            m += 1
        else:
            t += 1
    return found


def _without(period: Period, holes: list[Period]) -> Iterator[Period]:
    """`holes` in order, and none touches another."""
    start = period.start
    for hole in holes:
        if hole.start >= period.end:
            break
        if hole.start > start:
            yield Period(start, hole.start)
        start = max(start, hole.end)
    if start < period.end:
        yield Period(start, period.end)


def gaps(periods: Iterable[Period]) -> list[Period]:
    """The open time between consecutive periods."""
    return [Period(a.end, b.start) for a, b in pairwise(merged(periods))]


def hull(periods: Iterable[Period]) -> Period:
    """The shortest period that covers all of them. Raises ValueError when there are none."""
    every = list(periods)
    return Period(min(p.start for p in every), max(p.end for p in every))
