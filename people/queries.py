"""Named questions about people."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Select, select

from core.db import session
from core.links import LONGEST_TOKEN, token_hash
from people.models import Organisation, Person, PersonRole, Role, SignInLink, name_key


def person_by_email(address: str) -> Person | None:
    return session.scalar(select(Person).where(Person.email == address.lower()))


def first_person_with(role: Role) -> Person | None:
    """The person who was there first with this role, for stepping in during a demonstration."""
    return session.scalar(_enabled_with(role).limit(1))


def persons_with(role: Role) -> list[Person]:
    return list(session.scalars(_enabled_with(role)))


def names_of(person_ids: Iterable[int | None]) -> dict[int, str]:
    """By id; None among the ids is nobody."""
    ids = {person_id for person_id in person_ids if person_id is not None}
    found = select(Person.id, Person.name).where(Person.id.in_(ids))
    return {person_id: name for person_id, name in session.execute(found)}  # noqa: C416 - rows


def live_link(token: str, now: datetime) -> SignInLink | None:
    """The sign-in link as long as it works."""
    if len(token) > LONGEST_TOKEN:
        return None
    return session.scalar(
        select(SignInLink)
        .join(SignInLink.person)
        .where(
            SignInLink.token_hash == token_hash(token),
            SignInLink.used_at.is_(None),
            SignInLink.expires_at > now,
            Person.disabled_at.is_(None),
        )
    )


def organisation_named(name: str) -> Organisation | None:
    return session.scalar(select(Organisation).where(Organisation.name_key == name_key(name)))


def _enabled_with(role: Role) -> Select[tuple[Person]]:
    return (
        select(Person)
        .join(PersonRole)
        .where(PersonRole.role == role, Person.disabled_at.is_(None))
        .order_by(Person.id)
    )
