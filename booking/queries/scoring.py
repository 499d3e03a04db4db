"""The neighbourhood score of any request, by one look at the districts and the settings."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from booking.queries.districts import district_records
from booking.queries.settings import current_scoring
from booking.rules.audience import Audience, DistrictRecord, Part, Score, Weights, score
from booking.rules.lifting import Lift, lifts
from core.clock import local_date

OF_OTHERS = {"declined"}  # parts that come from requests of others


@dataclass(frozen=True)
class Measure:
    """What all requests are measured by at one moment."""

    records: dict[str, DistrictRecord]
    day: date
    weights: Weights
    version: int = 0

    @cached_property
    def most_visits(self) -> int:
        return max(record.visits for record in self.records.values())

    @cached_property
    def most_seats(self) -> int:
        return max(record.seats for record in self.records.values())

    def score(self, audience: Audience, district_number: str) -> Score:
        record = self.records[district_number]
        return score(audience, record, self.most_visits, self.day, self.weights, self.most_seats)

    def lifts(self, audience: Audience, district_number: str, is_closed: bool) -> tuple[Lift, ...]:
        """What would make it fit better, with the points that it is worth."""

        def points(after: Audience) -> int:
            return self.score(after, district_number).points

        return tuple(lifts(audience, is_closed=is_closed, points=points))


@dataclass(frozen=True, slots=True)
class Fitting:
    """What an asker reads: no points, and nothing of what others asked."""

    parts: tuple[Part, ...]
    lifts: tuple[Lift, ...]


def fitting_of(audience: Audience, district_number: str, is_closed: bool, now: datetime) -> Fitting:
    measure = current_measure(now)
    parts = measure.score(audience, district_number).parts
    return Fitting(
        tuple(part for part in parts if part.code not in OF_OTHERS),
        measure.lifts(audience, district_number, is_closed),
    )


def current_measure(now: datetime) -> Measure:
    """A fixed number of statements; once for a page."""
    scored = current_scoring()
    day = local_date(now)
    return Measure(district_records(day), day, scored.weights, scored.version)
