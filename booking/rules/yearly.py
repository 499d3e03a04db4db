"""The days of a year around which a theatre collects requests, computed from a rule."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

WEEK = timedelta(days=7)
THURSDAY, SATURDAY = 3, 5
SEPTEMBER = 9


@dataclass(frozen=True)
class YearlyDay:
    """A day that comes back each year on the same weekday of the same month."""

    key: str
    month: int
    weekday: int
    # The how-manieth weekday of that month; -1 is the last one.
    ordinal: int
    days: int = 1

    def first_day(self, year: int) -> date:
        """On which date it begins in this year."""
        if self.ordinal > 0:
            return _on_or_after(date(year, self.month, 1), self.weekday) + WEEK * (self.ordinal - 1)
        next_month = date(year + self.month // 12, self.month % 12 + 1, 1)
        return _on_or_after(next_month, self.weekday) - WEEK


# The national days change now and then, so a planner confirms each year: never a moment by itself.
YEARLY_DAYS = (
    YearlyDay("neighbours_day", SEPTEMBER, SATURDAY, ordinal=4),
    YearlyDay("autumn_week", SEPTEMBER, THURSDAY, ordinal=-1, days=7),
)


@dataclass(frozen=True)
class Proposal:
    """A moment that the calendar suggests for one year; nothing is kept of it until confirmed."""

    key: str
    first_day: date
    last_day: date

    @property
    def identity(self) -> tuple[str, int]:
        """What tells that it was confirmed or dismissed before: the day and its year."""
        return self.key, self.first_day.year


def proposals(
    today: date,
    *,
    until: date,
    answered: Iterable[tuple[str, int]] = (),
    days: Iterable[YearlyDay] = YEARLY_DAYS,
) -> list[Proposal]:
    """What lies ahead until this date and was neither confirmed nor dismissed, soonest first."""
    known = frozenset(answered)
    found = [_proposal(day, year) for day in days for year in range(today.year, until.year + 1)]
    ahead = [one for one in found if today < one.first_day <= until and one.identity not in known]
    return sorted(ahead, key=lambda one: (one.first_day, one.key))


def _proposal(day: YearlyDay, year: int) -> Proposal:
    first = day.first_day(year)
    return Proposal(day.key, first, first + timedelta(days=day.days - 1))


def _on_or_after(day: date, weekday: int) -> date:
    return day + timedelta(days=(weekday - day.weekday()) % 7)
