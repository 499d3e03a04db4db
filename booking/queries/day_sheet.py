"""All that whoever works at a stop has to know of it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from booking.models import Claim, ClaimPurpose, Encounter, Performer, SideItem, Stop
from booking.queries.encounters import encounters_of
from booking.queries.follow_up import plan_of
from booking.queries.plays import has_player
from booking.queries.reception import reception_at_stop
from booking.queries.side import agreed_items
from booking.rules.lifecycle import StopState
from booking.rules.reception import Reception
from core.db import session
from core.period import Period
from people.models import Person
from venues.models import Room, Venue, VenueHost


@dataclass(frozen=True, slots=True)
class DaySheet:
    stop: Stop
    encounters: list[Encounter]
    travel: Period | None  # None: the cube is there already
    hosts: list[Person]
    reception: Reception
    side: list[SideItem]  # what is agreed around it
    plan: str  # what continues; empty: nothing yet

    @property
    def counted(self) -> int:
        return sum(each.came or 0 for each in self.encounters)

    @property
    def is_counted(self) -> bool:
        """Somebody has counted at least once."""
        return any(each.came is not None for each in self.encounters)


def day_sheet(stop_id: int) -> DaySheet | None:
    """None when there is no such stop that goes on."""
    found = (
        select(Stop)
        .options(
            joinedload(Stop.booking_request, innerjoin=True),
            joinedload(Stop.room, innerjoin=True).joinedload(Room.venue, innerjoin=True),
            selectinload(Stop.sessions),
        )
        .where(Stop.id == stop_id, Stop.state == StopState.CONFIRMED)
    )
    stop = session.scalars(found).unique().one_or_none()
    if stop is None:
        return None
    return DaySheet(
        stop=stop,
        encounters=encounters_of(stop.id),
        travel=_travel(stop.id),
        hosts=_hosts(stop.room.venue),
        reception=reception_at_stop(stop),
        side=agreed_items(stop.id),
        plan=plan_of(stop.booking_request_id),
    )


def plays_at(person: Person, stop_id: int) -> bool:
    mine = (
        select(Stop.id)
        .join(Performer, has_player(Performer.id))
        .where(Stop.id == stop_id, Performer.person_id == person.id)
    )
    return session.scalar(select(mine.exists())) or False


def receives(person: Person, stop_id: int) -> bool:
    """Whether somebody is a host of the place."""
    mine = (
        select(Stop.id)
        .join(Room, Stop.room_id == Room.id)
        .join(VenueHost, VenueHost.venue_id == Room.venue_id)
        .where(Stop.id == stop_id, VenueHost.person_id == person.id)
    )
    return session.scalar(select(mine.exists())) or False


def _travel(stop_id: int) -> Period | None:
    journey = select(Claim).where(
        Claim.stop_id == stop_id,
        Claim.purpose == ClaimPurpose.TRAVEL,
        Claim.released_at.is_(None),
    )
    found = session.scalars(journey).first()
    return found.period if found else None


def _hosts(venue: Venue) -> list[Person]:
    of_venue = (
        select(Person)
        .join(VenueHost, VenueHost.person_id == Person.id)
        .where(VenueHost.venue_id == venue.id, Person.disabled_at.is_(None))
        .order_by(Person.name, Person.id)
    )
    return list(session.scalars(of_venue))


def encounter_at(stop_id: int, encounter_id: int, now: datetime) -> Encounter | None:
    """One of this stop that has begun: only then can be counted."""
    found = next((each for each in encounters_of(stop_id) if each.id == encounter_id), None)
    return found if found and found.starts_at <= now else None
