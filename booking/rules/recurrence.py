"""Meetings that come back: on which days, and at which moments.

Wall-clock recurrence: 19.00 stays 19.00 when the clock changes. Pure calendar arithmetic, so the
same rule always gives the same days.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum

from core.clock import AmbiguousLocalTime, NoSuchLocalTime, midnight, to_utc
from core.findings import Finding, blocker
from core.period import Period

LONGEST = timedelta(days=366)
DATES_AT_MOST = 53  # a year of weeks
A_WEEK = timedelta(weeks=1)


class Frequency(StrEnum):
    ONCE = "once"
    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    MONTHLY = "monthly"  # on the same weekday of the month: the second Tuesday


@dataclass(frozen=True, slots=True)
class Recurrence:
    """Until a day or so many times; once needs neither."""

    frequency: Frequency = Frequency.ONCE
    until: date | None = None  # the last day it may fall on
    count: int | None = None

    @property
    def is_series(self) -> bool:
        return self.frequency is not Frequency.ONCE


@dataclass(frozen=True, slots=True)
class Times:
    """From and until on the clock in Utrecht, on one day; until 0:00 is midnight."""

    starts: time
    ends: time

    @property
    def are_in_order(self) -> bool:
        return self.starts < self.ends or self.ends == time()

    def on(self, day: date) -> Period | None:
        """None when the clock skips or doubles one of the two on that day."""
        try:
            start = to_utc(day, self.starts)
            is_midnight = self.ends == time()
            end = midnight(day + timedelta(days=1)) if is_midnight else to_utc(day, self.ends)
        except (NoSuchLocalTime, AmbiguousLocalTime):
            return None
        return Period(start, end)


def days(first: date, recurrence: Recurrence) -> list[date]:
    """The days of a sound recurrence, in order; the first is always among them."""
    found: list[date] = []
    last = recurrence.until or first + LONGEST
    at_most = (recurrence.count or DATES_AT_MOST) if recurrence.is_series else 1
    for n in range(DATES_AT_MOST):
        day = _nth(first, n, recurrence.frequency)
        if day > last or len(found) == at_most:
            break
        found.append(day)
    return found


def recurrence_findings(first: date, recurrence: Recurrence) -> list[Finding]:
    """Why a recurrence is not sound: no end, two ends, an end too early or too far."""
    if not recurrence.is_series:
        return []
    if (recurrence.until is None) == (recurrence.count is None):
        return [blocker("series_needs_one_end")]
    if recurrence.count is not None and not 1 < recurrence.count <= DATES_AT_MOST:
        return [blocker("series_count", at_most=DATES_AT_MOST)]
    if recurrence.until is not None and recurrence.until <= first:
        return [blocker("series_ends_early", first=first)]
    last = recurrence.until or _nth(first, (recurrence.count or 1) - 1, recurrence.frequency)
    if last > first + LONGEST:
        return [blocker("series_too_long", last=first + LONGEST)]
    return []


@dataclass(frozen=True, slots=True)
class Pattern:
    """The days of a series that still hold, as calendars write them: a rule and what is not in it.

    `first` and `last` are days that hold; `without` are days of the rule between them that do not.
    """

    frequency: Frequency
    first: date
    last: date
    without: tuple[date, ...]


def pattern(frequency: Frequency, first_on: date, held: Iterable[date]) -> Pattern | None:
    """None when no day holds. `first_on`: the day the whole series was counted from."""
    holding = sorted(held)
    if not holding:
        return None
    by_rule = days(first_on, Recurrence(frequency, until=holding[-1]))
    between = [day for day in by_rule if day >= holding[0]]
    missing = tuple(day for day in between if day not in holding)
    return Pattern(frequency, holding[0], holding[-1], missing)


def week_of_month(day: date) -> int:
    """1 to 4, or -1 for a fifth week: then it is the last one that is meant."""
    number = (day.day - 1) // 7 + 1
    return -1 if number == 5 else number


def _nth(first: date, n: int, frequency: Frequency) -> date:
    """The n-th day of the series, counted from 0."""
    if frequency is Frequency.MONTHLY:
        months = first.year * 12 + first.month - 1 + n
        return _weekday_in(months // 12, months % 12 + 1, first.weekday(), week_of_month(first))
    return first + n * (2 * A_WEEK if frequency is Frequency.FORTNIGHTLY else A_WEEK)


def _weekday_in(year: int, month: int, weekday: int, week: int) -> date:
    start = date(year, month, 1)
    day = start + timedelta(days=(weekday - start.weekday()) % 7) + (max(week, 1) - 1) * A_WEEK
    if week == -1:
        while (day + A_WEEK).month == month:
            day += A_WEEK
    return day
