"""The preference for a neighbourhood audience, explained.

Never a blocker and never a label on a person: counts of how people will come, and how long a
district has waited. A person decides; this only shows its parts.
"""

from dataclasses import dataclass
from datetime import date

from core.findings import Finding, concern, note


@dataclass(frozen=True, slots=True)
class Audience:
    """How many visitors will come in which way."""

    live_here: int = 0
    by_key_figure: int = 0
    walk_in: int = 0
    from_city: int = 0

    @property
    def total(self) -> int:
        return self.live_here + self.by_key_figure + self.walk_in + self.from_city


@dataclass(frozen=True, slots=True)
class DistrictRecord:
    """What a district has had this season, and what it did not get."""

    visits: int = 0
    seats: int = 0
    declined: int = 0
    last_visit_on: date | None = None  # None: never


@dataclass(frozen=True, slots=True)
class Weights:
    """How many of the 100 points each part is worth at most."""

    neighbours: int = 45
    key_figure: int = 15
    waiting: int = 20
    fewer_visits: int = 6
    fewer_seats: int = 6
    declined: int = 8
    weeks_for_all: int = 26  # a district that waited so long gets all points for waiting
    declined_for_all: int = 2


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a score; `code` has its own words."""

    code: str
    points: int
    of: int
    amount: int  # what it was computed from: people, weeks, visits or requests


@dataclass(frozen=True, slots=True)
class Score:
    parts: tuple[Part, ...]

    @property
    def points(self) -> int:
        return sum(part.points for part in self.parts)

    @property
    def of(self) -> int:
        return sum(part.of for part in self.parts)


def weeks_since(last_visit_on: date | None, day: date) -> int | None:
    """Whole weeks; None when there was no visit before."""
    return None if last_visit_on is None else max(0, (day - last_visit_on).days // 7)


def score(
    audience: Audience,
    record: DistrictRecord,
    most_visits: int,
    day: date,
    weights: Weights,
    most_seats: int = 0,
) -> Score:
    """How well a request meets the preference. `most_visits`, `most_seats`: of any district."""
    w = weights
    nearby = audience.live_here + audience.by_key_figure + audience.walk_in
    weeks = weeks_since(record.last_visit_on, day)
    waited = w.weeks_for_all if weeks is None else min(weeks, w.weeks_for_all)
    fewer = most_visits - record.visits
    declined = min(record.declined, w.declined_for_all)
    return Score(
        (
            _part("neighbours", w.neighbours, nearby, audience.total, nearby),
            _part(
                "key_figure",
                w.key_figure,
                audience.by_key_figure,
                audience.total,
                audience.by_key_figure,
            ),
            _part("waiting", w.waiting, waited, w.weeks_for_all, -1 if weeks is None else weeks),
            _part("fewer_visits", w.fewer_visits, fewer, most_visits, record.visits),
            _part(
                "fewer_seats", w.fewer_seats, most_seats - record.seats, most_seats, record.seats
            ),
            _part("declined", w.declined, declined, w.declined_for_all, record.declined),
        )
    )


def audience_findings(audience: Audience, record: DistrictRecord) -> list[Finding]:
    findings = []
    nearby = audience.total - audience.from_city
    if audience.total and nearby * 2 < audience.total:
        findings.append(concern("mostly_from_city", nearby=nearby, visitors=audience.total))
    if record.last_visit_on is None:
        findings.append(note("first_visit_to_district"))
    return findings


def _part(code: str, of: int, share: int, whole: int, amount: int) -> Part:
    points = round(of * share / whole) if whole else of
    return Part(code, points, of, amount)
