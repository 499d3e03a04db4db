"""What and who tours: the installations and the performers."""

from datetime import datetime

from booking.models import Installation, Performer
from core.db import session
from core.resource import Resource, ResourceKind
from people.models import Person, Role
from people.queries import person_by_email


def add_installation(name: str, *, piece: str, depot_pc4: str) -> Installation:
    resource = Resource(kind=ResourceKind.INSTALLATION)
    added = Installation(name=name, piece=piece, depot_pc4=depot_pc4, resource=resource)
    session.add(added)
    session.flush()
    return added


def add_performer(name: str, *, email: str = "", now: datetime) -> Performer:
    """With an address the performer gets mail and can sign in."""
    person = _person(name, email, now) if email else None
    added = Performer(name=name, person=person, resource=Resource(kind=ResourceKind.PERFORMER))
    session.add(added)
    session.flush()
    return added


def _person(name: str, email: str, now: datetime) -> Person:
    person = person_by_email(email) or Person(name=name, email=email, created_at=now)
    person.grant(Role.PERFORMER)
    session.add(person)
    return person
