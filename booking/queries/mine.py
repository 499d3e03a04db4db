"""What concerns one performer or one host: stops and meetings to come, and those of today."""

from datetime import datetime, timedelta

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, lazyload

from booking.models import Performer, RoomBooking, RoomDate, Stop
from booking.queries.plays import WITH_PLAYS
from booking.rules.lifecycle import StopState
from booking.rules.room_lifecycle import DateState
from core.clock import local_date, midnight
from core.db import session
from people.models import Person
from venues.models import Room, VenueHost

MEETINGS_AHEAD = timedelta(days=14)


def performer_of(person: Person) -> Performer | None:
    """Who this person is on the tour; None: no longer."""
    playing = select(Performer).where(
        Performer.person_id == person.id, Performer.retired_at.is_(None)
    )
    return session.scalar(playing)


def stops_at_venues_of(person: Person, now: datetime) -> list[Stop]:
    mine = _coming(now).where(Stop.room_id.in_(_rooms_of(person)))
    return list(session.scalars(mine).unique())


def meetings_at_venues_of(person: Person, now: datetime) -> list[RoomDate]:
    """That go on, in order, as far ahead as a host has to think."""
    today = local_date(now)
    soon = (
        select(RoomDate)
        .where(
            RoomDate.room_id.in_(_rooms_of(person)),
            RoomDate.state == DateState.CONFIRMED,
            RoomDate.starts_at >= midnight(today),
            RoomDate.starts_at < midnight(today + MEETINGS_AHEAD),
        )
        .order_by(RoomDate.starts_at, RoomDate.id)
        .options(
            joinedload(RoomDate.room_booking).options(
                lazyload(RoomBooking.dates), lazyload(RoomBooking.room)
            ),
            joinedload(RoomDate.room).lazyload(Room.opening_hours),
        )
    )
    return list(session.scalars(soon))


def _rooms_of(person: Person) -> Select[tuple[int]]:
    return (
        select(Room.id)
        .join(VenueHost, VenueHost.venue_id == Room.venue_id)
        .where(VenueHost.person_id == person.id)
    )


def _coming(now: datetime) -> Select[tuple[Stop]]:
    return (
        select(Stop)
        .options(joinedload(Stop.booking_request), WITH_PLAYS)
        .where(Stop.state == StopState.CONFIRMED, Stop.starts_at >= midnight(local_date(now)))
        .order_by(Stop.starts_at, Stop.id)
    )
