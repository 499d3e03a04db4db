"""One season in numbers: each stop with what came of it, and each district with what it got.

Counts only. A fixed number of statements, however many stops.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import InstrumentedAttribute

from booking.models import (
    BookingRequest,
    Encounter,
    FollowUp,
    RoomDate,
    Seat,
    Stop,
    StopReport,
)
from booking.queries.districts import SEASON_STARTS, season_start
from booking.rules.encounters import SEATS
from booking.rules.follow_up import Continues
from booking.rules.lifecycle import StopState
from booking.rules.room_lifecycle import DateState
from core.clock import local_date, midnight
from core.db import session
from core.period import Period
from people.models import Organisation
from venues.facts import District, districts
from venues.models import Room, Venue

Condition = ColumnElement[bool]
Stops = Select[tuple[int]]  # the ids of some stops


@dataclass(frozen=True, slots=True)
class Season:
    """From the first of September up to the next."""

    starts_on: date

    @classmethod
    def of(cls, day: date) -> "Season":
        return cls(season_start(day))

    @classmethod
    def beginning(cls, year: int) -> "Season":
        return cls(date(year, *SEASON_STARTS))

    @property
    def name(self) -> str:
        """For example 2026-2027."""
        return f"{self.starts_on.year}-{self.starts_on.year + 1}"

    @property
    def period(self) -> Period:
        ends_on = self.starts_on.replace(year=self.starts_on.year + 1)
        return Period(midnight(self.starts_on), midnight(ends_on))


@dataclass(frozen=True, slots=True)
class Told:
    """What whoever received the cube said of it; None: not said."""

    visitors: int | None = None
    first_time: int | None = None
    from_neighbourhood: int | None = None
    continues: Continues | None = None

    def followed_by(self, report: StopReport) -> "Told":
        return Told(
            _latest(report.visitors, self.visitors),
            _latest(report.first_time, self.first_time),
            _latest(report.from_neighbourhood, self.from_neighbourhood),
            report.continues or self.continues,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class StopNumbers:
    """One confirmed stop; None is what nobody has said."""

    request_id: int
    reference: str
    organisation: str
    venue: str
    district: District
    starts_at: datetime
    is_closed: bool
    encounters: int
    taken: int
    met: int  # how often people met again, in the room that was booked to go on
    told: Told

    @property
    def seats(self) -> int:
        return self.encounters * SEATS


@dataclass(frozen=True, slots=True, kw_only=True)
class DistrictNumbers:
    district: District
    requests: int
    stops: tuple[StopNumbers, ...]
    last_visit_on: date | None  # in this season, up to now; None: not yet

    @property
    def encounters(self) -> int:
        return sum(stop.encounters for stop in self.stops)

    @property
    def seats(self) -> int:
        return sum(stop.seats for stop in self.stops)

    @property
    def taken(self) -> int:
        return sum(stop.taken for stop in self.stops)

    @property
    def visitors(self) -> int:
        """As far as somebody told how many there were."""
        return sum(stop.told.visitors or 0 for stop in self.stops)

    @property
    def first_time(self) -> int:
        return sum(stop.told.first_time or 0 for stop in self.stops)

    @property
    def met(self) -> int:
        return sum(stop.met for stop in self.stops)

    @property
    def continued(self) -> int:
        return sum(stop.told.continues is Continues.YES for stop in self.stops)


def seasons(now: datetime) -> list[Season]:
    """From the first request up to this one, the latest first."""
    first = session.scalar(select(func.min(BookingRequest.submitted_at)))
    this = Season.of(local_date(now))
    oldest = Season.of(local_date(first)) if first else this
    years = range(this.starts_on.year, oldest.starts_on.year - 1, -1)
    return [Season.beginning(year) for year in years]


def stops_of(season: Season, now: datetime) -> list[StopNumbers]:
    """In order of time."""
    return numbers_of(now, *_within(Stop.starts_at, season))


def numbers_of(now: datetime, *which: Condition) -> list[StopNumbers]:
    """The confirmed stops that meet conditions on `Stop` and `Venue`, in order of time."""
    those = (
        select(Stop.id)
        .join(Room, Stop.room_id == Room.id)
        .join(Room.venue)
        .where(Stop.state == StopState.CONFIRMED, *which)
    )
    confirmed = (
        select(Stop, BookingRequest.reference, Organisation.name, Venue)
        .join(Stop.booking_request)
        .join(BookingRequest.organisation)
        .join(Room, Stop.room_id == Room.id)
        .join(Room.venue)
        .where(Stop.id.in_(those))
        .order_by(Stop.starts_at, Stop.id)
    )
    rows = session.execute(confirmed).unique().tuples().all()
    encounters, taken, told = _encounters(those), _taken(those), _told(those)
    met = _met(those, now)
    return [
        _numbers(
            stop,
            reference,
            organisation,
            venue,
            encounters=encounters[stop.id],
            taken=taken[stop.id],
            met=met[stop.id],
            told=told.get(stop.id, Told()),
        )
        for stop, reference, organisation, venue in rows
    ]


def districts_in(season: Season, now: datetime) -> list[DistrictNumbers]:
    """Those without a visit first, then those that waited longest."""
    by_district: dict[str, list[StopNumbers]] = defaultdict(list)
    for stop in stops_of(season, now):
        by_district[stop.district.number].append(stop)
    asked = _requests(season)
    found = [
        DistrictNumbers(
            district=district,
            requests=asked.get(number, 0),
            stops=tuple(by_district[number]),
            last_visit_on=last_visit(by_district[number], now),
        )
        for number, district in districts().items()
    ]
    return sorted(found, key=lambda each: (each.last_visit_on or date.min, each.district.number))


def _numbers(
    stop: Stop,
    reference: str,
    organisation: str,
    venue: Venue,
    *,
    encounters: int,
    taken: int,
    met: int,
    told: Told,
) -> StopNumbers:
    return StopNumbers(
        request_id=stop.booking_request_id,
        reference=reference,
        organisation=organisation,
        venue=venue.name,
        district=venue.district,
        starts_at=stop.starts_at,
        is_closed=stop.is_closed,
        encounters=encounters,
        taken=taken,
        met=met,
        told=told,
    )


def _encounters(those: Stops) -> Counter[int]:
    """By stop."""
    counted = (
        select(Encounter.stop_id, func.count())
        .where(Encounter.dropped_at.is_(None), Encounter.stop_id.in_(those))
        .group_by(Encounter.stop_id)
    )
    return Counter(dict(session.execute(counted).tuples().all()))


def _taken(those: Stops) -> Counter[int]:
    """Seats by stop."""
    counted = (
        select(Encounter.stop_id, func.count())
        .join(Seat, Seat.encounter_id == Encounter.id)
        .where(
            Encounter.dropped_at.is_(None),
            Seat.released_at.is_(None),
            Encounter.stop_id.in_(those),
        )
        .group_by(Encounter.stop_id)
    )
    return Counter(dict(session.execute(counted).tuples().all()))


def _told(those: Stops) -> dict[int, Told]:
    """By stop; of each number what was said last counts."""
    answered = (
        select(StopReport)
        .where(StopReport.answered_at.is_not(None), StopReport.stop_id.in_(those))
        .order_by(StopReport.asked_at, StopReport.id)
    )
    found: dict[int, Told] = {}
    for report in session.scalars(answered):
        found[report.stop_id] = found.get(report.stop_id, Told()).followed_by(report)
    return found


def _met(those: Stops, now: datetime) -> Counter[int]:
    """Dates that were held, by stop."""
    counted = (
        select(Stop.id, func.count())
        .join(FollowUp, FollowUp.booking_request_id == Stop.booking_request_id)
        .join(RoomDate, RoomDate.room_booking_id == FollowUp.room_booking_id)
        .where(
            Stop.id.in_(those),
            RoomDate.state == DateState.CONFIRMED,
            RoomDate.ends_at <= now,
        )
        .group_by(Stop.id)
    )
    return Counter(dict(session.execute(counted).tuples().all()))


def _within(moment: InstrumentedAttribute[datetime], season: Season) -> tuple[Condition, ...]:
    return moment >= season.period.start, moment < season.period.end


def _requests(season: Season) -> dict[str, int]:
    counted = (
        select(BookingRequest.district_number, func.count())
        .where(*_within(BookingRequest.submitted_at, season))
        .group_by(BookingRequest.district_number)
    )
    return dict(session.execute(counted).tuples().all())


def _latest(said: int | None, before: int | None) -> int | None:
    return before if said is None else said


def last_visit(stops: Iterable[StopNumbers], now: datetime) -> date | None:
    played = [stop.starts_at for stop in stops if stop.starts_at <= now]
    return local_date(max(played)) if played else None
