"""The weeks an asker leafs through, and what is offered in them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from booking.rules.capacity import day_parts_needed, visitors_that_fit
from booking.rules.norms import Norms, Wish
from booking.rules.placement import Placement
from core.clock import monday_of

WEEKS = 4


@dataclass(frozen=True, slots=True)
class Window:
    """A page of weeks. `earlier` and `later` are the first days of the pages beside it."""

    first: date
    last: date
    earlier: date | None
    later: date | None
    day_parts: int


@dataclass(frozen=True, slots=True)
class Day:
    date: date
    placements: list[Placement]


@dataclass(frozen=True, slots=True)
class Week:
    monday: date
    days: list[Day]

    @property
    def sunday(self) -> date:
        return self.monday + timedelta(days=6)


def window(wanted: date | None, first_askable: date, last_askable: date, day_parts: int) -> Window:
    """Four weeks from the wanted day on, as far as they can be asked for."""
    first = min(max(wanted or first_askable, first_askable), last_askable)
    next_page = monday_of(first) + timedelta(weeks=WEEKS)
    previous_page = max(monday_of(first) - timedelta(weeks=WEEKS), first_askable)
    return Window(
        first=first,
        last=min(next_page - timedelta(days=1), last_askable),
        earlier=previous_page if first > first_askable else None,
        later=next_page if next_page <= last_askable else None,
        day_parts=day_parts,
    )


def by_week(placements: Iterable[Placement]) -> list[Week]:
    """In order of time; weeks and days without any are left out."""
    days = [Day(day, list(found)) for day, found in groupby(placements, lambda p: p.wish.day)]
    return [
        Week(monday, list(found)) for monday, found in groupby(days, lambda d: monday_of(d.date))
    ]


@dataclass(frozen=True, slots=True)
class Seats:
    """For how many visitors there is room at one moment, and how many day-parts they would need."""

    wish: Wish
    fits: int
    needed: int

    @property
    def are_enough(self) -> bool:
        return self.needed <= self.wish.day_parts


def seats_for(visitors: int, wish: Wish, norms: Norms) -> Seats:
    fits = visitors_that_fit(wish.sessions(norms), norms)
    return Seats(wish, fits, day_parts_needed(visitors, wish.part, norms))


def last_askable_day(today: date, norms: Norms) -> date:
    return today + timedelta(days=norms.horizon_days)
