"""What is filled in about a venue, a room or a closure, as plain values."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, fields
from itertools import pairwise
from typing import Any

from core.findings import Finding, blocker
from core.period import Period
from venues.rules.fit import Measures
from venues.rules.opening import DayHours, WeeklyHours
from venues.rules.terms import USUAL, Terms

PERIODS_A_DAY = 3


@dataclass(frozen=True, slots=True)
class VenueDetails:
    name: str
    postcode: str  # "3563 CB", or only "3563"
    street: str = ""
    house_number: str = ""
    phone: str = ""
    arrival: str = ""
    opened_by: str = ""
    waiting_place: str = ""
    coffee: str = ""
    stays_after: str = ""
    is_listed: bool = True


@dataclass(frozen=True, slots=True)
class RoomDetails:
    """None means: nobody has said. Without opening hours nobody has said when it is open."""

    name: str
    measures: Measures
    welcomes_cube: bool = True
    people: int | None = None
    has_accessible_toilet: bool | None = None
    has_kitchen: bool | None = None
    has_screen: bool | None = None
    has_garden: bool | None = None
    description: str = ""
    terms: Terms = USUAL
    opening_hours: tuple[WeeklyHours, ...] = ()


@dataclass(frozen=True, slots=True)
class ClosureDetails:
    period: Period
    reason: str = ""


@dataclass(frozen=True, slots=True)
class HostDetails:
    name: str
    email: str


Details = VenueDetails | RoomDetails


def changed(before: Details, after: Details) -> dict[str, list[Any]]:
    """Field -> [what it was, what it became], in plain values for the history."""
    old, new = plain(before), plain(after)
    return {name: [old[name], new[name]] for name in old if old[name] != new[name]}


def plain(details: Details) -> dict[str, Any]:
    """Text, numbers and lists only; measures and terms stand beside the other fields."""
    return _flat(details)


def _flat(values: Any) -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for field in fields(values):
        value = getattr(values, field.name)
        flat |= _flat(value) if isinstance(value, Measures | Terms) else {field.name: _plain(value)}
    return flat


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [f"{h.weekday} {h.opens_at:%H:%M}-{h.closes_at:%H:%M}" for h in value]
    return value


def day_findings(hours: Iterable[DayHours]) -> list[Finding]:
    """What is wrong with the special hours of one day: the same as with weekly ones."""
    return hours_findings(
        WeeklyHours(each.day.weekday(), each.opens_at, each.closes_at) for each in hours
    )


def hours_findings(hours: Iterable[WeeklyHours]) -> list[Finding]:
    """What is wrong with weekly hours: too many, one that ends before it starts, two at once."""
    every = sorted(hours, key=_in_order)
    counted = Counter(each.weekday for each in every)
    crowded = [each for each in every if counted[each.weekday] > PERIODS_A_DAY]
    backwards = [each for each in every if each.closes_at <= each.opens_at]
    twice = [later for earlier, later in pairwise(every) if _collide(earlier, later)]
    return [
        *(_about("too_many_opening_hours", each) for each in crowded[:1]),
        *(_about("closes_before_opening", each) for each in backwards),
        *(_about("opening_hours_overlap", each) for each in twice if each not in backwards),
    ]


def _about(code: str, hours: WeeklyHours) -> Finding:
    return blocker(code, weekday=hours.weekday, opens_at=hours.opens_at, at_most=PERIODS_A_DAY)


def _collide(earlier: WeeklyHours, later: WeeklyHours) -> bool:
    return earlier.weekday == later.weekday and later.opens_at < earlier.closes_at


def _in_order(hours: WeeklyHours) -> tuple[Any, ...]:
    return hours.weekday, hours.opens_at, hours.closes_at
