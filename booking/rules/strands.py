"""Which dates of a booking share one entry in calendars, and which entry goes on as which.

A strand: dates at one time of the day, in one room, equally far from the days of the rule. A
calendar can write it as something that comes back. See decisions 0012 and 0018.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time

from booking.rules.recurrence import Frequency
from core.clock import is_shown_twice, local_date, to_local
from core.period import Period


@dataclass(frozen=True, slots=True)
class Slot:
    """When and where one date stands in calendars."""

    day_on: date  # by the rule of the series
    period: Period
    room_id: int
    venue_id: int

    @property
    def days_off(self) -> int:
        """How many days it is from the day by the rule."""
        return (local_date(self.period.start) - self.day_on).days


@dataclass(frozen=True, slots=True)
class Rhythm:
    """What the dates of one strand have in common."""

    room_id: int
    starts: time  # by the clock on the wall
    ends: time
    days_off: int
    alone: date | None = None  # the one day of a date that fits no rule


Slots = Mapping[int, Slot]  # by id of the date


def rhythm_of(slot: Slot, frequency: Frequency) -> Rhythm:
    start, end = to_local(slot.period.start), to_local(slot.period.end)
    # The day after the second Tuesday is not always the second Wednesday.
    leaves_the_rule = frequency is Frequency.MONTHLY and slot.days_off != 0
    is_alone = leaves_the_rule or is_shown_twice(start) or is_shown_twice(end)
    alone = slot.day_on if is_alone else None
    return Rhythm(slot.room_id, start.time(), end.time(), slot.days_off, alone)


def strands(slots: Slots, frequency: Frequency) -> list[dict[int, Slot]]:
    """The dates that can share an entry, each strand and all of them in order of time."""
    found: dict[Rhythm, dict[int, Slot]] = defaultdict(dict)
    for date_id, slot in sorted(slots.items(), key=lambda each: (each[1].period, each[0])):
        found[rhythm_of(slot, frequency)][date_id] = slot
    return list(found.values())


def heirs(before: Mapping[int, Slots], after: Iterable[Slots]) -> dict[int, int]:
    """Which strand goes on under which entry: the position in `after` by id of the entry.

    An entry stays with its dates that did not change; when all of them did, it goes where most
    went. It never goes to another place: other people have it in their calendars there.
    """
    ranked = sorted(
        (_common(held, strand), -position, entry_id)
        for entry_id, held in before.items()
        for position, strand in enumerate(after)
        if _venue(held) == _venue(strand)
    )
    found: dict[int, int] = {}
    for (_unchanged, kept), minus_position, entry_id in reversed(ranked):
        if kept and entry_id not in found and -minus_position not in found.values():
            found[entry_id] = -minus_position
    return found


def _common(held: Slots, strand: Slots) -> tuple[int, int]:
    """How many dates of the entry are in the strand: unchanged, and at all."""
    common = held.keys() & strand.keys()
    return sum(held[each] == strand[each] for each in common), len(common)


def _venue(slots: Slots) -> int:
    return next(iter(slots.values())).venue_id
