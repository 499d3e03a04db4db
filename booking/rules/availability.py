"""When a performer says that he can play, and at what kind of place rather not.

Who has said nothing can always play.
"""

from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum

from core.clock import local_date, local_days
from core.findings import Finding, blocker
from core.period import Period
from venues.rules.fit import Measures
from venues.rules.opening import END_OF_DAY, DayHours, WeeklyHours, open_periods
from venues.rules.values import hours_findings

ALL_WEEK = tuple(WeeklyHours(weekday, time(), END_OF_DAY) for weekday in range(7))


class PlaceKind(StrEnum):
    """What a performer can rather not play at; the facts of a room answer it."""

    OUTDOORS = "outdoors"
    STEPS = "steps"


@dataclass(frozen=True, slots=True)
class DaysOff:
    """One day or more that are not as other weeks: off, or extra."""

    first_on: date
    last_on: date
    is_extra: bool = False
    words: str = ""  # only the theatre reads it

    @property
    def days(self) -> list[date]:
        return [
            self.first_on + timedelta(days=n)
            for n in range((self.last_on - self.first_on).days + 1)
        ]


@dataclass(frozen=True, slots=True)
class Availability:
    week: tuple[WeeklyHours, ...] = ()
    days: tuple[DaysOff, ...] = ()
    at_most: int | None = None  # encounters a day; None: the norm
    avoids: frozenset[PlaceKind] = frozenset()

    def allows(self, period: Period) -> bool:
        """A day off wins from an extra day."""
        first, last = local_date(period.start), local_date(period.end)
        extra = [
            DayHours(day, time(), END_OF_DAY)
            for each in self.days
            if each.is_extra and each.last_on >= first and each.first_on <= last
            for day in each.days
        ]
        off = [local_days(each.first_on, each.last_on) for each in self.days if not each.is_extra]
        can = open_periods(self.week or ALL_WEEK, off, first, last, extra)
        return any(free.covers(period) for free in can)


ALWAYS = Availability()


def kinds_of(measures: Measures) -> frozenset[PlaceKind]:
    """What nobody has said does not count."""
    kinds = {
        PlaceKind.OUTDOORS: measures.is_outdoors,
        PlaceKind.STEPS: measures.is_step_free is False,
    }
    return frozenset(kind for kind, holds in kinds.items() if holds)


def availability_findings(said: Availability, norm: int) -> list[Finding]:
    """What cannot be kept like this."""
    findings = hours_findings(said.week)
    if said.at_most is not None and said.at_most > norm:
        findings.append(blocker("own_maximum", at_most=norm))
    return findings


def falls_outside(period: Period, before: Availability, after: Availability) -> bool:
    """Only what could be before: nobody hears twice of the same stop."""
    return before.allows(period) and not after.allows(period)
