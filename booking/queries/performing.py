"""All that a performer has to know on the way: what, where, when, who opens, whom to call."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from booking.models import Performer, Stop, StopReception
from booking.queries.norms import current_norms
from booking.queries.places import LONGEST
from booking.queries.plays import WITH_PLAYS, has_player
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
    performer: Performer
    own: tuple[Period, ...]  # when this performer plays, in order
    call_at: datetime
    encounters: int  # own ones
    welcome: Welcome
    hosts: tuple[Person, ...]

    @property
    def others(self) -> list[str]:
        """Who else plays there."""
        return [each.name for each in self.stop.performers if each is not self.performer]


def turns_of(performer: Performer, now: datetime) -> list[Turn]:
    """Of today and later, in order. The same number of statements for any number."""
    today, norms = midnight(local_date(now)), current_norms()
    stops = _stops(performer, today)
    welcomes = _welcomes(stops)
    hosts = _hosts({stop.room.venue_id for stop in stops})
    turns = []
    for stop in stops:
        stretches = stop.stretches_of(performer)
        own = tuple(each.period for each in stretches)
        turns.append(
            Turn(
                stop=stop,
                performer=performer,
                own=own,
                call_at=called(next((p for p in own if p.end > now), own[-1]), norms).start,
                encounters=sum(len(each.own) for each in stretches),
                welcome=welcomes.get(stop.id, Welcome()).or_as(welcome_of(stop.room.venue)),
                hosts=tuple(hosts[stop.room.venue_id]),
            )
        )
    return sorted(turns, key=lambda turn: turn.call_at)


def _stops(performer: Performer, today: datetime) -> list[Stop]:
    found = (
        select(Stop)
        .options(joinedload(Stop.booking_request, innerjoin=True), WITH_PLAYS)
        .where(
            Stop.state == StopState.CONFIRMED,
            Stop.starts_at > today - LONGEST,
            Stop.ends_at > today,
            has_player(performer.id),
        )
        .order_by(Stop.starts_at, Stop.id)
    )
    return list(session.scalars(found).unique())


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
