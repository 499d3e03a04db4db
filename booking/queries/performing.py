"""All that a performer has to know on the way: what, where, when, who opens, whom to call."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from booking.models import Encounter, Performer, Stop, StopReception, StopSession
from booking.queries.norms import current_norms
from booking.queries.places import LONGEST
from booking.queries.reception import welcome_of
from booking.rules.lifecycle import StopState
from booking.rules.performers import called
from booking.rules.reception import Welcome
from core.clock import local_date, midnight
from core.db import session
from core.period import Period
from people.models import Person
from venues.models import VenueHost


@dataclass(frozen=True, slots=True)
class Turn:
    """One stop as its performer sees it."""

    stop: Stop
    own: tuple[Period, ...]  # when this performer plays, in order
    call_at: datetime
    encounters: int  # own ones
    welcome: Welcome
    hosts: tuple[Person, ...]

    @property
    def others(self) -> list[str]:
        """Who else plays there."""
        names = [each.performer.name for each in self.stop.sessions if each.period not in self.own]
        return list(dict.fromkeys(names))


def turns_of(performer: Performer, now: datetime) -> list[Turn]:
    """Of today and later, in order. The same number of statements for any number."""
    today, norms = midnight(local_date(now)), current_norms()
    stops = _stops(performer, today)
    counted, welcomes = _encounters(performer, stops), _welcomes(stops)
    hosts = _hosts({stop.room.venue_id for stop in stops})
    turns = []
    for stop in stops:
        own = _own(stop, performer) or (counted[stop.id][1],)
        turns.append(
            Turn(
                stop=stop,
                own=own,
                call_at=called(next((p for p in own if p.end > now), own[-1]), norms).start,
                encounters=counted[stop.id][0] if stop.id in counted else 0,
                welcome=welcomes.get(stop.id, Welcome()).or_as(welcome_of(stop.room.venue)),
                hosts=tuple(hosts[stop.room.venue_id]),
            )
        )
    return sorted(turns, key=lambda turn: turn.call_at)


def _own(stop: Stop, performer: Performer) -> tuple[Period, ...]:
    return tuple(each.period for each in stop.sessions if each.performer_id == performer.id)


def _stops(performer: Performer, today: datetime) -> list[Stop]:
    """Where this performer plays a session, or an encounter of somebody else's session."""
    of_session = select(StopSession.stop_id).where(StopSession.performer_id == performer.id)
    of_encounter = select(Encounter.stop_id).where(
        Encounter.performer_id == performer.id, Encounter.dropped_at.is_(None)
    )
    found = (
        select(Stop)
        .options(joinedload(Stop.booking_request, innerjoin=True))
        .where(
            Stop.state == StopState.CONFIRMED,
            Stop.starts_at > today - LONGEST,
            Stop.ends_at > today,
            or_(Stop.id.in_(of_session), Stop.id.in_(of_encounter)),
        )
        .order_by(Stop.starts_at, Stop.id)
    )
    return list(session.scalars(found).unique())


def _encounters(performer: Performer, stops: Iterable[Stop]) -> dict[int, tuple[int, Period]]:
    """By stop id: how many, from the first to the last."""
    counted = (
        select(
            Encounter.stop_id,
            func.count(),
            func.min(Encounter.starts_at),
            func.max(Encounter.ends_at),
        )
        .where(
            Encounter.stop_id.in_([stop.id for stop in stops]),
            Encounter.performer_id == performer.id,
            Encounter.dropped_at.is_(None),
        )
        .group_by(Encounter.stop_id)
    )
    return {
        stop_id: (number, Period(first, last))
        for stop_id, number, first, last in session.execute(counted).tuples()
    }


def _welcomes(stops: Iterable[Stop]) -> dict[int, Welcome]:
    """What was agreed for one stop alone."""
    agreed = select(StopReception).where(StopReception.stop_id.in_([stop.id for stop in stops]))
    return {each.stop_id: each.agreed.welcome for each in session.scalars(agreed)}


def _hosts(venue_ids: Iterable[int]) -> dict[int, list[Person]]:
    found: dict[int, list[Person]] = defaultdict(list)
    speaking = (
        select(VenueHost.venue_id, Person)
        .join(Person, VenueHost.person_id == Person.id)
        .where(VenueHost.venue_id.in_(sorted(venue_ids)), Person.disabled_at.is_(None))
        .order_by(Person.name, Person.id)
    )
    for venue_id, person in session.execute(speaking).tuples():
        found[venue_id].append(person)
    return found
