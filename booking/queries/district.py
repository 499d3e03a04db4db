"""One district: what it got over the seasons, who asked and what came of it, where the cube stood.

The same number of statements, however much there is.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from booking.models import BookingRequest
from booking.queries.season import DistrictNumbers, Season, StopNumbers, last_visit, numbers_of
from booking.rules.lifecycle import RequestState
from core.clock import local_date
from core.db import session
from people.models import Organisation
from venues.facts import District
from venues.models import Venue

LATEST = 30


@dataclass(frozen=True, slots=True)
class AskedHere:
    """A request for this district; `stop` is what came of it."""

    id: int
    organisation: str
    submitted_at: datetime
    state: RequestState
    stop: StopNumbers | None


@dataclass(frozen=True, slots=True)
class StoodAt:
    """A place where the cube has been."""

    venue: str
    times: int
    last_on: date


@dataclass(frozen=True, slots=True)
class DistrictHistory:
    seasons: tuple[tuple[Season, DistrictNumbers], ...]  # latest first
    asked: tuple[AskedHere, ...]  # latest first, not more than `LATEST`
    asked_in_all: int
    stood_at: tuple[StoodAt, ...]  # latest first

    @property
    def last_visit_on(self) -> date | None:
        return self.stood_at[0].last_on if self.stood_at else None


def history_of(district: District, now: datetime) -> DistrictHistory:
    stops = numbers_of(now, Venue.district_number == district.number)
    asked = _requests(district.number)
    return DistrictHistory(
        seasons=tuple(_over_the_seasons(district, stops, asked, now)),
        asked=tuple(_with_stops(asked[:LATEST], stops)),
        asked_in_all=len(asked),
        stood_at=tuple(_stood_at(stops, now)),
    )


def _requests(number: str) -> list[AskedHere]:
    asked = (
        select(
            BookingRequest.id,
            Organisation.name,
            BookingRequest.submitted_at,
            BookingRequest.state,
        )
        .join(BookingRequest.organisation)
        .where(BookingRequest.district_number == number)
        .order_by(BookingRequest.submitted_at.desc(), BookingRequest.id.desc())
    )
    return [AskedHere(*row, stop=None) for row in session.execute(asked).tuples()]


def _with_stops(asked: Iterable[AskedHere], stops: list[StopNumbers]) -> Iterable[AskedHere]:
    by_request = {stop.request_id: stop for stop in stops}
    for each in asked:
        yield AskedHere(
            each.id, each.organisation, each.submitted_at, each.state, by_request.get(each.id)
        )


def _over_the_seasons(
    district: District, stops: list[StopNumbers], asked: list[AskedHere], now: datetime
) -> Iterable[tuple[Season, DistrictNumbers]]:
    requests = Counter(Season.of(local_date(each.submitted_at)) for each in asked)
    played = {Season.of(local_date(stop.starts_at)) for stop in stops}
    known = {Season.of(local_date(now)), *requests, *played}
    for season in sorted(known, key=lambda each: each.starts_on, reverse=True):
        own = tuple(s for s in stops if Season.of(local_date(s.starts_at)) == season)
        yield (
            season,
            DistrictNumbers(
                district=district,
                requests=requests[season],
                stops=own,
                last_visit_on=last_visit(own, now),
            ),
        )


def _stood_at(stops: list[StopNumbers], now: datetime) -> list[StoodAt]:
    played = [stop for stop in stops if stop.starts_at <= now]
    times = Counter(stop.venue for stop in played)
    last = {stop.venue: local_date(stop.starts_at) for stop in played}  # they come in order of time
    found = [StoodAt(venue, count, last[venue]) for venue, count in times.items()]
    return sorted(found, key=lambda each: each.last_on, reverse=True)
