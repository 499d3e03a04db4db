"""Who plays: planners add a performer, let one stop, and bring one back."""

from datetime import datetime

from sqlalchemy import select

from booking.letters import availability as letters
from booking.models import Performer
from booking.queries.availability import coming_stops
from booking.queries.performers import performer_for_update
from booking.services import claims
from booking.services.company import add_performer
from core import history, submissions
from core.db import session
from core.findings import Refused, blocker
from core.history import Actor
from people.models import Person, Role
from people.queries import person_by_email


def invite_performer(
    name: str, *, email: str, form_token: str, by: Actor, now: datetime
) -> Performer:
    """With an address the performer gets an own page, and a mail that says so."""
    content = {"name": name, "email": email}
    before = submissions.once(form_token, content)
    if before is not None:
        return session.get_one(Performer, int(before))
    _refuse_address(email)
    performer = add_performer(name, email=email, now=now)
    history.record("performer added", performer.subject, by=by, at=now)
    submissions.remember(form_token, content, str(performer.id), now)
    letters.invited(performer, now=now)
    return performer


def retire_performer(performer_id: int, *, why: str, by: Actor, now: datetime) -> Performer:
    """Is cast no more. Refused as long as stops are to come; what was played stays."""
    claims.lock_tour()
    performer = _performer(performer_id)
    if performer.retired_at is not None:
        return performer
    coming = coming_stops(performer_id, now)
    if coming:
        raise Refused([blocker("performer_still_plays", name=performer.name, number=len(coming))])
    performer.retired_at = now
    if performer.person:
        _take_role(performer.person)
    session.flush()
    history.record("performer retired", performer.subject, by=by, at=now, why=why)
    return performer


def bring_performer_back(performer_id: int, *, by: Actor, now: datetime) -> Performer:
    claims.lock_tour()
    performer = _performer(performer_id)
    if performer.retired_at is None:
        return performer
    performer.retired_at = None
    if performer.person:
        performer.person.grant(Role.PERFORMER)
    session.flush()
    history.record("performer back", performer.subject, by=by, at=now)
    return performer


def _performer(performer_id: int) -> Performer:
    performer = performer_for_update(performer_id)
    if performer is None:
        raise Refused([blocker("performer_does_not_play")])
    return performer


def _refuse_address(email: str) -> None:
    """One person is one performer, also one who stopped."""
    person = person_by_email(email) if email else None
    if person is None:
        return
    known = session.scalar(select(Performer).where(Performer.person_id == person.id))
    if known:
        raise Refused([blocker("performer_known", name=known.name)])
    if person.disabled_at is not None:
        raise Refused([blocker("performer_may_not_sign_in")])


def _take_role(person: Person) -> None:
    person.granted = [each for each in person.granted if each.role is not Role.PERFORMER]
