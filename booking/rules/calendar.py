"""The pages of a calendar: months and weeks, with bounds beyond which there is nothing."""

import re
from calendar import Calendar
from dataclasses import dataclass
from datetime import date, timedelta

from core.clock import local_days
from core.period import Period

FIRST_YEAR, LAST_YEAR = 2020, 2100
_MONDAY_FIRST = Calendar(firstweekday=0)
_WEEK = re.compile(r"([0-9]{4})-W([0-9]{2})", re.ASCII)


class OutOfBounds(ValueError):
    """No calendar of ours has this page."""


@dataclass(frozen=True, slots=True)
class Month:
    """Raises OutOfBounds for a month that is not there."""

    year: int
    number: int  # 1 to 12

    def __post_init__(self) -> None:
        if not (FIRST_YEAR <= self.year <= LAST_YEAR and 1 <= self.number <= 12):
            raise OutOfBounds(f"{self.year}-{self.number}")

    @classmethod
    def of(cls, day: date) -> "Month":
        return cls(day.year, day.month)

    @property
    def first(self) -> date:
        return date(self.year, self.number, 1)

    @property
    def period(self) -> Period:
        """The whole month in Utrecht."""
        after = (self.first + timedelta(days=31)).replace(day=1)
        return local_days(self.first, after - timedelta(days=1))

    @property
    def days(self) -> list[date]:
        return [day for week in self.weeks() for day in week if day.month == self.number]

    @property
    def previous(self) -> "Month | None":
        return _month_or_none(self.first - timedelta(days=1))

    @property
    def next(self) -> "Month | None":
        return _month_or_none(self.first + timedelta(days=31))

    def weeks(self) -> list[list[date]]:
        """Whole weeks from Monday on; the first and the last reach into other months."""
        return _MONDAY_FIRST.monthdatescalendar(self.year, self.number)


@dataclass(frozen=True, slots=True)
class Week:
    """An ISO week, from its Monday on."""

    monday: date

    @classmethod
    def of(cls, day: date) -> "Week":
        return cls(day - timedelta(days=day.weekday()))

    @classmethod
    def named(cls, name: str) -> "Week":
        """The week of "2026-W40". Raises OutOfBounds for one that is not there."""
        match = _WEEK.fullmatch(name)
        if not match or not FIRST_YEAR <= int(match[1]) <= LAST_YEAR:
            raise OutOfBounds(name)
        try:
            return cls(date.fromisocalendar(int(match[1]), int(match[2]), 1))
        except ValueError as error:
            raise OutOfBounds(name) from error

    @property
    def name(self) -> str:
        year, number, _day = self.monday.isocalendar()
        return f"{year}-W{number:02}"

    @property
    def number(self) -> int:
        return self.monday.isocalendar().week

    @property
    def days(self) -> list[date]:
        return [self.monday + timedelta(days=n) for n in range(7)]

    @property
    def period(self) -> Period:
        """The whole week in Utrecht."""
        return local_days(self.days[0], self.days[-1])

    @property
    def previous(self) -> "Week | None":
        return _week_or_none(self.monday - timedelta(days=7))

    @property
    def next(self) -> "Week | None":
        return _week_or_none(self.monday + timedelta(days=7))


@dataclass(frozen=True, slots=True)
class OneDay:
    """A day by itself."""

    day: date

    @classmethod
    def named(cls, name: str) -> "OneDay":
        """The day of "2027-02-04". Raises OutOfBounds for one that is not there."""
        try:
            found = cls(date.fromisoformat(name))
        except ValueError as error:
            raise OutOfBounds(name) from error
        if found.name != name or not FIRST_YEAR <= found.day.year <= LAST_YEAR:
            raise OutOfBounds(name)
        return found

    @property
    def name(self) -> str:
        return self.day.isoformat()

    @property
    def days(self) -> list[date]:
        return [self.day]

    @property
    def period(self) -> Period:
        return local_days(self.day, self.day)

    @property
    def previous(self) -> "OneDay | None":
        return _day_or_none(self.day - timedelta(days=1))

    @property
    def next(self) -> "OneDay | None":
        return _day_or_none(self.day + timedelta(days=1))


def _day_or_none(day: date) -> OneDay | None:
    return OneDay(day) if FIRST_YEAR <= day.year <= LAST_YEAR else None


def _month_or_none(day: date) -> Month | None:
    return Month.of(day) if FIRST_YEAR <= day.year <= LAST_YEAR else None


def _week_or_none(monday: date) -> Week | None:
    return Week(monday) if FIRST_YEAR <= monday.isocalendar().year <= LAST_YEAR else None
