"""Encounters of two: when they are, and who may take a seat.

An encounter is one performer and two audience members. Whoever comes alone takes one seat and
leaves the other to somebody they do not know yet; two who come together take both.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from booking.rules.capacity import encounters_in
from booking.rules.norms import Norms
from core.findings import Finding, blocker
from core.period import Period

SEATS = 2  # in the cube; no setting


class Company(StrEnum):
    """How somebody comes. A companion who waits outside takes no seat."""

    ALONE = "alone"
    TOGETHER = "together"

    @property
    def seats(self) -> int:
        return SEATS if self is Company.TOGETHER else 1


class Holder(StrEnum):
    """Who has a seat."""

    VISITOR = "visitor"
    ORGANISATION = "organisation"  # for its own people, without names
    LINE = "line"  # kept for whom it is offered to


@dataclass(frozen=True, slots=True)
class Planned:
    """One encounter as it should be; `performer_id` plays it."""

    period: Period
    performer_id: int


@dataclass(frozen=True, slots=True)
class Seating:
    """One encounter with its free seats."""

    period: Period
    free: int

    @property
    def is_invitation(self) -> bool:
        """Somebody comes alone: one seat is left for who dares."""
        return self.free == 1


def planned(sessions: Iterable[tuple[Period, int]], norms: Norms) -> list[Planned]:
    """All encounters of the sessions, each played by the performer of its session, in order."""
    found = (
        Planned(period, performer_id)
        for session, performer_id in sessions
        for period in encounters_in(session, norms)
    )
    return sorted(found, key=lambda each: each.period)


def seat_findings(
    seating: Seating, company: Company, now: datetime, *, own: int = 0
) -> list[Finding]:
    """`own`: seats in this very encounter that whoever asks has already."""
    if seating.period.start <= now:
        return [blocker("encounter_started", at=seating.period.start)]
    free = seating.free + own
    if free >= company.seats:
        return []
    return [blocker("one_seat_left" if free else "encounter_full", at=seating.period.start)]


def held_findings(wanted: int, seating: Seating, held: int) -> list[Finding]:
    """`held`: what the organisation has of it already."""
    at_most = min(SEATS, seating.free + held)
    if 0 <= wanted <= at_most:
        return []
    return [blocker("not_so_many_seats", at=seating.period.start, left=at_most)]
