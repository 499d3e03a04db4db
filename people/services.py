"""What is done about people. Services flush; `core.db.transact` commits."""

from datetime import datetime, timedelta
from enum import Enum
from urllib.parse import urlencode

from sqlalchemy import delete, select, update

from core import outbox
from core.db import session
from core.history import Actor, record
from core.language import speaking
from core.links import LONGEST_TOKEN, new_token, token_hash
from core.mail import Recipient
from core.rate_limit import address_key, allowed
from core.site import site
from core.upsert import insert_into
from people.models import LONGEST_NAME, Organisation, Person, Role, SignInLink, name_key
from people.phrases import planner_letter, sign_in_letter
from people.queries import person_by_email

LINK_WORKS = timedelta(minutes=10)
LINK_KEPT = timedelta(hours=24)
AN_HOUR = timedelta(hours=1)
LINKS_PER_ADDRESS = 5
LINKS_PER_CLIENT = 30
SIGN_IN_PATH = "/inloggen"


class Asked(Enum):
    """What became of asking for a link; whether the address is known stays unsaid."""

    ANSWERED = "answered"
    TOO_OFTEN = "too often"


def ask_for_link(address: str, *, client: str, now: datetime, go_on_to: str = "") -> Asked:
    """Mail a sign-in link when the address is somebody's, at most a few per hour."""
    if not allowed("sign_in_client", client, LINKS_PER_CLIENT, AN_HOUR, now):
        return Asked.TOO_OFTEN
    within_limit = allowed("sign_in_address", address_key(address), LINKS_PER_ADDRESS, AN_HOUR, now)
    person = person_by_email(address)
    if within_limit and person and person.disabled_at is None:
        _mail_link(person, now, go_on_to)
    return Asked.ANSWERED


def make_link(person: Person, now: datetime) -> str:
    """A new sign-in link for the person; gives its token."""
    token = new_token()
    session.add(
        SignInLink(
            token_hash=token_hash(token),
            person=person,
            created_at=now,
            expires_at=now + LINK_WORKS,
        )
    )
    session.flush()
    return token


def use_link(token: str, *, now: datetime) -> Person | None:
    """The person the link lets in, once; None when it does not work (any more).

    The condition stands in the UPDATE itself, so of many uses at the same moment one wins.
    """
    if len(token) > LONGEST_TOKEN:
        return None
    used = (
        update(SignInLink)
        .where(
            SignInLink.token_hash == token_hash(token),
            SignInLink.used_at.is_(None),
            SignInLink.expires_at > now,
        )
        .values(used_at=now)
        .returning(SignInLink.person_id)
    )
    person_id = session.execute(used).scalar()
    person = session.get(Person, person_id) if person_id is not None else None
    return person if person and person.disabled_at is None else None


def sign_out_everywhere(person_id: int) -> None:
    """End all sessions of the person, on every device."""
    session.execute(update(Person).where(Person.id == person_id).values(epoch=Person.epoch + 1))


def invite_planner(address: str, *, name: str = "", by: Actor, now: datetime) -> Person:
    """Let somebody plan, and tell by mail; the address is in lower case."""
    person = person_by_email(address)
    if person is None:
        person = Person(name=name or address.partition("@")[0], email=address, created_at=now)
        session.add(person)
    person.grant(Role.PLANNER)
    session.flush()
    record("planner invited", ("person", person.id), by=by, at=now)
    with speaking(person.language):
        outbox.post(
            planner_letter(site().url(SIGN_IN_PATH)),
            Recipient(person.name, person.email, person.language),
            key=f"person:{person.id}:planner:{now.isoformat()}",
            thread=f"person:{person.id}",
            about=("person", person.id),
            now=now,
        )
    return person


def find_or_add_organisation(name: str, *, now: datetime) -> Organisation:
    """The organisation of this name, also when somebody else adds it at the same moment."""
    added = insert_into(Organisation).values(
        name=name[:LONGEST_NAME], name_key=name_key(name), created_at=now
    )
    session.execute(added.on_conflict_do_nothing(index_elements=[Organisation.name_key]))
    return session.scalars(
        select(Organisation).where(Organisation.name_key == name_key(name))
    ).one()


def forget_old_links(now: datetime) -> None:
    session.execute(delete(SignInLink).where(SignInLink.created_at < now - LINK_KEPT))


def _mail_link(person: Person, now: datetime, go_on_to: str) -> None:
    token = make_link(person, now)
    with speaking(person.language):
        outbox.post(
            sign_in_letter(site().url(_path(token, go_on_to))),
            Recipient(person.name, person.email, person.language),
            key=f"sign-in:{token_hash(token)}",
            thread=f"sign-in:{token_hash(token)[:16]}",
            about=("person", person.id),
            now=now,
        )


def _path(token: str, go_on_to: str) -> str:
    query = f"?{urlencode({'next': go_on_to})}" if go_on_to else ""
    return f"{SIGN_IN_PATH}/{token}{query}"
