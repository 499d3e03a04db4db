"""Waiting for a seat at a stop that is full: when somebody can, who is next, for how long.

What comes free is offered to the first in line whom it fits: who waits for two seats does not keep
a single one from who comes alone.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from booking.rules.encounters import SEATS, Company, Seating
from booking.rules.norms import Norms
from core.findings import Finding, blocker
from core.period import Period

SHORTEST_OFFER = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Waiter:
    """One place in the line; `encounter_id` None: any encounter of the stop will do."""

    waiting_id: int
    company: Company
    encounter_id: int | None = None

    def wants(self, encounter_id: int) -> bool:
        return self.encounter_id in (None, encounter_id)


@dataclass(frozen=True, slots=True)
class SeatOffer:
    waiting_id: int
    encounter_id: int
    until: datetime


def is_worth_waiting(seatings: Iterable[Seating]) -> bool:
    """Whether somebody may look in vain: a time is full, or nowhere two can sit together."""
    free = [seating.free for seating in seatings]
    return bool(free) and (min(free) == 0 or max(free) < SEATS)


def join_findings(
    waiter: Waiter, seatings: Mapping[int, Seating], norms: Norms, now: datetime
) -> list[Finding]:
    """Why nobody can wait for this. `seatings`: what is still to come of the stop, by encounter."""
    wanted = [seating for each, seating in seatings.items() if waiter.wants(each)]
    if not wanted:
        return [blocker("no_seats_here")]
    if any(seating.free >= waiter.company.seats for seating in wanted):
        return [blocker("seat_free_already")]
    if not any(has_hope(seating.period, norms, now) for seating in wanted):
        return [blocker("too_near_to_wait")]
    return []


def seat_offers(
    waiters: Sequence[Waiter], seatings: Mapping[int, Seating], norms: Norms, now: datetime
) -> list[SeatOffer]:
    """Whom to offer which encounter now. `waiters` in order of arrival, the earliest time first."""
    left = dict(sorted(seatings.items(), key=lambda each: each[1].period))
    made = []
    for waiter in waiters:
        found = _first_that_fits(waiter, left, norms, now)
        if found is None:
            continue
        seating = left[found]
        made.append(SeatOffer(waiter.waiting_id, found, offered_until(seating.period, norms, now)))
        left[found] = replace(seating, free=seating.free - waiter.company.seats)
    return made


def offered_until(period: Period, norms: Norms, now: datetime) -> datetime:
    """As long as the theatre gives, and never more than half of what is left: then the next can
    still come."""
    return now + min(norms.seat_offer, (period.start - now) / 2)


def has_hope(period: Period, norms: Norms, now: datetime) -> bool:
    """Whether there is time left to offer it and to answer."""
    return offered_until(period, norms, now) >= now + min(SHORTEST_OFFER, norms.seat_offer)


def number_in_line(mine: Waiter, earlier: Iterable[Waiter]) -> int:
    """Counted from 1. `earlier`: who came before and still waits at the same stop."""
    return 1 + sum(
        None in (mine.encounter_id, other.encounter_id) or mine.encounter_id == other.encounter_id
        for other in earlier
    )


def _first_that_fits(
    waiter: Waiter, seatings: Mapping[int, Seating], norms: Norms, now: datetime
) -> int | None:
    return next(
        (
            each
            for each, seating in seatings.items()
            if waiter.wants(each)
            and seating.free >= waiter.company.seats
            and has_hope(seating.period, norms, now)
        ),
        None,
    )
