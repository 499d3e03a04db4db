from collections import defaultdict
from datetime import date

from sqlalchemy import func, select

from booking.models import BookingRequest, Stop, StopSession
from booking.queries.norms import current_norms
from booking.rules.audience import DistrictRecord
from booking.rules.capacity import visitors_that_fit
from booking.rules.lifecycle import RequestState, StopState
from core.clock import local_date, midnight
from core.db import session
from core.orm import UtcDateTime
from core.period import Period
from venues.facts import districts
from venues.models import Room, Venue

SEASON_STARTS = (9, 1)  # month and day: theatres count from September


def season_start(day: date) -> date:
    """The first day of the season that `day` is in."""
    month, first = SEASON_STARTS
    starts = date(day.year, month, first)
    return starts if day >= starts else starts.replace(year=day.year - 1)


def district_records(today: date) -> dict[str, DistrictRecord]:
    """What each district has had up to now and has planned this season, by number."""
    norms = current_norms()
    stops = _sessions_by_stop(today)
    declined = _declined(today)
    return {
        number: DistrictRecord(
            visits=len(stops[number]),
            seats=sum(visitors_that_fit(sessions, norms) for sessions in stops[number].values()),
            declined=declined.get(number, 0),
            last_visit_on=last,
        )
        for number, last in _last_visits(today).items()
    }


def _sessions_by_stop(today: date) -> dict[str, dict[int, list[Period]]]:
    """The playing times of each stop this season, by district."""
    this_season = (
        select(Venue.district_number, Stop.id, StopSession.starts_at, StopSession.ends_at)
        .join(Stop, StopSession.stop_id == Stop.id)
        .join(Room, Stop.room_id == Room.id)
        .join(Venue, Room.venue_id == Venue.id)
        .where(
            Stop.state == StopState.CONFIRMED,
            Stop.starts_at >= midnight(season_start(today)),
        )
    )
    found: dict[str, dict[int, list[Period]]] = defaultdict(lambda: defaultdict(list))
    for number, stop_id, starts_at, ends_at in session.execute(this_season):
        found[number][stop_id].append(Period(starts_at, ends_at))
    return found


def _last_visits(today: date) -> dict[str, date | None]:
    """Every district, with the day of its latest stop up to today: one look into each room."""
    in_room = (
        select(Stop.starts_at)
        .where(
            Stop.room_id == Room.id,
            Stop.state == StopState.CONFIRMED,
            Stop.starts_at < midnight(today),
        )
        .order_by(Stop.starts_at.desc())
        .limit(1)
        .correlate(Room)
        .scalar_subquery()
    )
    latest = (
        select(Venue.district_number, func.max(in_room, type_=UtcDateTime()))
        .join(Room, Room.venue_id == Venue.id)
        .group_by(Venue.district_number)
    )
    found = {number: starts_at for number, starts_at in session.execute(latest) if starts_at}
    return {
        number: local_date(found[number]) if number in found else None for number in districts()
    }


def _declined(today: date) -> dict[str, int]:
    declined = (
        select(BookingRequest.district_number, func.count())
        .where(
            BookingRequest.state == RequestState.DECLINED,
            BookingRequest.decided_at >= midnight(season_start(today)),
        )
        .group_by(BookingRequest.district_number)
    )
    return {number: count for number, count in session.execute(declined)}  # noqa: C416 - rows
