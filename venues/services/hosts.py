"""Planners and hosts say who speaks for a venue."""

from datetime import datetime

from sqlalchemy import select

from core.db import session
from core.findings import Refused, blocker
from core.history import Actor, record
from core.upsert import insert_into
from people.models import Person, Role
from venues.letters import tell_former_host, tell_new_host
from venues.models import Venue, VenueHost
from venues.rules.values import HostDetails
from venues.services.places import to_change


def make_host(venue_id: int, host: HostDetails, *, by: Actor, now: datetime) -> Person:
    """Somebody known keeps their own name. Making somebody host twice changes nothing."""
    venue = to_change(Venue, venue_id, None)
    person = find_or_add_person(host, now)
    if person.disabled_at is not None:
        raise Refused([blocker("host_is_disabled")])
    if session.get(VenueHost, (venue.id, person.id)) is None:
        person.grant(Role.HOST)
        session.add(VenueHost(venue_id=venue.id, person_id=person.id))
        session.flush()
        record("host added", ("venue", venue.id), by=by, at=now, person=person.id)
    return person


def invite_host(venue_id: int, host: HostDetails, *, by: Actor, now: datetime) -> Person:
    """Make somebody host and tell them by mail; who is host already is not told again."""
    before = _hosts(venue_id)
    person = make_host(venue_id, host, by=by, now=now)
    if person.id not in before:
        tell_new_host(session.get_one(Venue, venue_id), person, now)
    return person


def end_host(
    venue_id: int, person_id: int, *, by: Actor, now: datetime, keep_one: bool = False
) -> None:
    """The role goes with the last venue somebody speaks for. Whoever did not do it is told.

    With `keep_one` the last host of a venue stays.
    """
    venue = to_change(Venue, venue_id, None)
    hosting = session.get(VenueHost, (venue_id, person_id), populate_existing=True)
    if hosting is None:
        return
    if keep_one and _hosts(venue_id) == {person_id}:
        raise Refused([blocker("last_host")])
    session.delete(hosting)
    session.flush()
    person = session.get_one(Person, person_id)
    if not _hosts_any(person_id):
        person.granted = [each for each in person.granted if each.role is not Role.HOST]
    record("host ended", ("venue", venue_id), by=by, at=now, person=person_id)
    if by.person_id != person_id and person.disabled_at is None:
        tell_former_host(venue, person, now)


def find_or_add_person(host: HostDetails, now: datetime) -> Person:
    """Also when somebody else adds the same person at the same moment."""
    added = insert_into(Person).values(name=host.name, email=host.email, created_at=now)
    session.execute(added.on_conflict_do_nothing(index_elements=[Person.email]))
    return session.scalars(select(Person).where(Person.email == host.email)).one()


def _hosts(venue_id: int) -> set[int]:
    """The ids of those who speak for it."""
    of_venue = select(VenueHost.person_id).where(VenueHost.venue_id == venue_id)
    return set(session.scalars(of_venue))


def _hosts_any(person_id: int) -> bool:
    any_venue = select(VenueHost.venue_id).where(VenueHost.person_id == person_id).limit(1)
    return session.scalar(any_venue) is not None
