from datetime import date

from sqlalchemy import and_, distinct, func, select

from booking.models import BookingRequest, Encounter, Stop
from booking.rules.audience import DistrictRecord
from booking.rules.encounters import SEATS
from booking.rules.lifecycle import RequestState, StopState
from core.clock import local_date, midnight
from core.db import session
from core.orm import UtcDateTime
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
    had = _visits_and_seats(today)
    declined = _declined(today)
    return {
        number: DistrictRecord(
            visits=had.get(number, (0, 0))[0],
            seats=had.get(number, (0, 0))[1],
            declined=declined.get(number, 0),
            last_visit_on=last,
        )
        for number, last in _last_visits(today).items()
    }


def _visits_and_seats(today: date) -> dict[str, tuple[int, int]]:
    """This season, by district: the stops, and the seats at the encounters that are played."""
    this_season = (
        select(Venue.district_number, func.count(distinct(Stop.id)), func.count(Encounter.id))
        .join(Room, Room.venue_id == Venue.id)
        .join(Stop, Stop.room_id == Room.id)
        .outerjoin(Encounter, and_(Encounter.stop_id == Stop.id, Encounter.dropped_at.is_(None)))
        .where(
            Stop.state == StopState.CONFIRMED,
            Stop.starts_at >= midnight(season_start(today)),
        )
        .group_by(Venue.district_number)
    )
    return {
        number: (visits, encounters * SEATS)
        for number, visits, encounters in session.execute(this_season)
    }


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
