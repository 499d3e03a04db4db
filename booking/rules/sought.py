"""What somebody looks for who wants to meet somewhere."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache

from booking.rules.norms import DayPart
from booking.rules.recurrence import Times
from booking.rules.rooms import HORIZON
from core.clock import local_date
from core.findings import Finding, blocker
from core.period import Period
from venues.facts import Postcode

WHOLE_DAY = Times(time(), time())
DAY_PARTS = {
    DayPart.MORNING: Times(time(8), time(12, 30)),
    DayPart.AFTERNOON: Times(time(12, 30), time(17, 30)),
    DayPart.EVENING: Times(time(17, 30), time(23)),
}


class Need(StrEnum):
    """What a room is asked to have. The value stands in the address of the finder."""

    STEP_FREE = "drempelvrij"
    TOILET = "toilet"
    KITCHEN = "keuken"
    SCREEN = "scherm"
    OUTDOORS = "buiten"
    QUIET = "stil"
    POWER = "stroom"
    CUBE = "kubus"


@dataclass(frozen=True, slots=True)
class Sought:
    """What somebody looks for; what is left out does not matter to them."""

    days: tuple[date, ...] = ()  # none: no moment in mind yet
    times: Times = WHOLE_DAY
    length: timedelta | None = None  # any stretch this long within the times; None: all of them
    people: int | None = None
    needs: frozenset[Need] = frozenset()
    origin: Postcode | None = None

    @property
    def windows(self) -> tuple[Period, ...]:
        """The times on each day; not on a day on which the clock has no such time."""
        return _windows(self.days, self.times)

    @property
    def period(self) -> Period | None:
        """The one moment that is meant, when it is one."""
        return next(iter(self.windows), None) if self.length is None else None

    @property
    def fewest_people(self) -> int:
        """A room for so many is still nearly big enough."""
        return 0 if self.people is None else self.people - max(2, self.people // 4)


@lru_cache(maxsize=64)
def _windows(days: tuple[date, ...], times: Times) -> tuple[Period, ...]:
    """Remembered, as a thousand rooms are asked for the same."""
    return tuple(window for day in days if (window := times.on(day)))


def sought_findings(day: date, times: Times | None, now: datetime) -> list[Finding]:
    """Why no room at all can be had then. `times` None: any time of the day."""
    if times and not times.are_in_order:
        return [blocker("meeting_ends_early")]
    period = times.on(day) if times else None
    if times and period is None:
        return [blocker("time_not_on_clock", day=day)]
    if day < local_date(now) or (period and period.start <= now):
        return [blocker("meeting_in_the_past")]
    if day > (last := local_date(now + HORIZON)):
        return [blocker("meeting_too_far", last_day=last)]
    return []
