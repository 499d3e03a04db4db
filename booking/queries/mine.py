"""The stops that concern one performer or one host: those to come, and those of today."""

from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from booking.models import Performer, Stop, StopSession
from booking.rules.lifecycle import StopState
from core.clock import local_date, midnight
from core.db import session
from people.models import Person
from venues.models import Room, VenueHost


def performer_of(person: Person) -> Performer | None:
    """Who this person is on the tour; None: no longer."""
    playing = select(Performer).where(
        Performer.person_id == person.id, Performer.retired_at.is_(None)
    )
    return session.scalar(playing)


def stops_of_performer(person: Person, now: datetime) -> list[Stop]:
    mine = (
        select(StopSession.stop_id)
        .join(Performer, StopSession.performer_id == Performer.id)
        .where(Performer.person_id == person.id)
    )
    return list(session.scalars(_coming(now).where(Stop.id.in_(mine))).unique())


def stops_at_venues_of(person: Person, now: datetime) -> list[Stop]:
    mine = (
        select(Room.id)
        .join(VenueHost, VenueHost.venue_id == Room.venue_id)
        .where(VenueHost.person_id == person.id)
    )
    return list(session.scalars(_coming(now).where(Stop.room_id.in_(mine))).unique())


def _coming(now: datetime) -> Select[tuple[Stop]]:
    return (
        select(Stop)
        .options(joinedload(Stop.booking_request))
        .where(Stop.state == StopState.CONFIRMED, Stop.starts_at >= midnight(local_date(now)))
        .order_by(Stop.starts_at, Stop.id)
    )
