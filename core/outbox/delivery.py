"""Handing out mails one at a time, and noting what became of each.

Each function is one short transaction of its own. A mail that is handed out stays pending under a
lease: when the worker dies with it, it is handed out again after the lease.
"""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    LargeBinary,
    and_,
    case,
    exists,
    literal,
    null,
    or_,
    select,
    update,
)
from sqlalchemy.orm import aliased

from core.db import session
from core.findings import Refused, blocker
from core.mail import CalendarPart
from core.mime import Parcel
from core.outbox.models import (
    MailState,
    OutboxMail,
    can_be_taken_back,
    in_doubt_now,
    in_thread,
)
from core.transport import Answer, Verdict


@dataclass(frozen=True, slots=True)
class Pace:
    """How patient delivery is."""

    lease: timedelta = timedelta(seconds=120)  # longer than the transport may take
    first_pause: timedelta = timedelta(seconds=30)
    longest_pause: timedelta = timedelta(hours=1)
    give_up_after: timedelta = timedelta(hours=48)


PACE = Pace()
KEEP_CONTENT = timedelta(days=30)
NO_CONTENT: dict[str, Any] = {
    "text": "",
    "html": "",
    # A mail that had a calendar part keeps an empty one: its method says it was there.
    "calendar": case((OutboxMail.calendar.is_(None), null()), else_=literal(b"", LargeBinary)),
}


@dataclass(frozen=True, slots=True)
class Claimed:
    """A mail in somebody's hands."""

    id: int
    owner: str
    parcel: Parcel


def anything_due(now: datetime) -> bool:
    """A look without a lock, so that an idle worker leaves the database alone."""
    return session.scalar(select(OutboxMail.id).where(_is_due(now)).limit(1)) is not None


def claim(owner: str, now: datetime, pace: Pace = PACE) -> Claimed | None:
    """Take the mail that is due longest; nobody else gets it as long as the lease runs.

    The try counts from here and the next one is set from here, so that a mail that kills its
    worker slows down and ends like any other.
    """
    mail = session.scalar(
        select(OutboxMail)
        .where(_is_due(now))
        .order_by(OutboxMail.due_at, OutboxMail.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    if mail is None:
        return None
    mail.in_doubt = mail.in_doubt or mail.lease_owner is not None
    mail.due_at = now + _pause(mail.attempts, pace)
    mail.attempts += 1
    mail.first_tried_at = mail.first_tried_at or now
    mail.lease_owner, mail.lease_until = owner, now + pace.lease
    return Claimed(mail.id, owner, _parcel(mail))


def settle(claimed: Claimed, answer: Answer, now: datetime) -> bool:
    """Note what became of a mail. False: the lease had run out and it is in other hands now."""
    changes = {"lease_owner": None, "lease_until": None, **_outcome(answer, now)}
    settled = session.execute(
        update(OutboxMail)
        .where(
            OutboxMail.id == claimed.id,
            OutboxMail.lease_owner == claimed.owner,
            OutboxMail.state == MailState.PENDING,
        )
        .values(changes)
        .returning(OutboxMail.id)
    ).scalar()
    if settled and answer.verdict is Verdict.LATER:
        _let_newer_pass(session.get_one(OutboxMail, settled))
    return settled is not None


def bury(now: datetime, pace: Pace = PACE) -> int:
    """Give up, visibly, on what has been tried for too long."""
    buried = session.execute(
        update(OutboxMail)
        .where(can_be_taken_back(now), OutboxMail.first_tried_at <= now - pace.give_up_after)
        .values(state=MailState.DEAD, in_doubt=in_doubt_now(), lease_owner=None, lease_until=None)
        .returning(OutboxMail.id)
    )
    return len(buried.all())


def retry(mail_id: int, *, now: datetime) -> OutboxMail:
    """Try a mail again that was given up on.

    Raises Refused when it is not given up on, when its content is erased, or when the reader has
    been sent a newer invitation since: calendars would fall back to the old one.
    """
    mail = session.scalar(select(OutboxMail).where(OutboxMail.id == mail_id).with_for_update())
    if mail is None or mail.state is not MailState.DEAD:
        raise Refused([blocker("mail_not_given_up")])
    if mail.is_erased:
        raise Refused([blocker("mail_erased")])
    if mail.calendar_method and _has_newer_invitation(mail):
        raise Refused([blocker("mail_overtaken")])
    mail.state, mail.due_at = MailState.PENDING, now
    mail.attempts, mail.first_tried_at, mail.last_error = 0, None, ""
    session.flush()
    return mail


def forget(now: datetime, keep: timedelta = KEEP_CONTENT) -> int:
    """Erase the content of mails that are done with; what was sent when and to whom stays."""
    erased = session.execute(
        update(OutboxMail)
        .where(
            OutboxMail.state.not_in([MailState.PENDING, MailState.DRAFT]),
            OutboxMail.text != "",
            OutboxMail.due_at <= now - keep,
        )
        .values(NO_CONTENT)
        .returning(OutboxMail.id)
    )
    return len(erased.all())


def forget_people(about: tuple[str, int]) -> None:
    """Erase who was written to and what; that something was sent, and when, stays."""
    kind, about_id = about
    session.execute(
        update(OutboxMail)
        .where(
            OutboxMail.about_kind == kind,
            OutboxMail.about_id == about_id,
            OutboxMail.state != MailState.PENDING,
        )
        .values({"to_name": "", "to_address": "", "subject": "", **NO_CONTENT})
    )


def _is_due(now: datetime) -> ColumnElement[bool]:
    """Its moment has come, and no earlier mail of its thread still waits for the same person."""
    earlier = aliased(OutboxMail)
    waits_for_another = exists().where(
        earlier.thread == OutboxMail.thread,
        earlier.to_address == OutboxMail.to_address,
        earlier.state == MailState.PENDING,
        or_(
            earlier.dated_at < OutboxMail.dated_at,
            and_(earlier.dated_at == OutboxMail.dated_at, earlier.id < OutboxMail.id),
        ),
    )
    return and_(can_be_taken_back(now), OutboxMail.due_at <= now, ~waits_for_another)


def _pause(tried: int, pace: Pace) -> timedelta:
    """Longer after each try, and never quite the same for two mails."""
    longest: timedelta = min(pace.first_pause * 2 ** min(tried, 20), pace.longest_pause)
    return longest * random.uniform(0.5, 1.0)


def _parcel(mail: OutboxMail) -> Parcel:
    calendar = None
    if mail.calendar_method is not None and mail.calendar is not None:
        calendar = CalendarPart(mail.calendar_method, mail.calendar)
    return Parcel(
        message_id=mail.message_id,
        references=tuple(mail.references.split()),
        dated_at=mail.dated_at,
        from_name=mail.from_name,
        from_address=mail.from_address,
        to_name=mail.to_name,
        to_address=mail.to_address,
        language=mail.language,
        subject=mail.subject,
        text=mail.text,
        html=mail.html,
        calendar=calendar,
    )


def _outcome(answer: Answer, now: datetime) -> dict[str, Any]:
    match answer.verdict:
        case Verdict.ACCEPTED:
            return {"state": MailState.SENT, "sent_at": now, "last_error": ""}
        case Verdict.REFUSED:
            return {"state": MailState.DEAD, "last_error": answer.reason}
        case Verdict.LATER:
            doubt = {"in_doubt": True} if answer.in_doubt else {}
            return {"last_error": answer.reason, **doubt}


def _let_newer_pass(mail: OutboxMail) -> None:
    """An invitation that could not be sent yet makes way for one written in the meantime."""
    if mail.calendar_method and _has_newer_invitation(mail):
        mail.state = MailState.WITHDRAWN


def _has_newer_invitation(mail: OutboxMail) -> bool:
    newer = or_(
        OutboxMail.created_at > mail.created_at,
        and_(OutboxMail.created_at == mail.created_at, OutboxMail.id > mail.id),
    )
    found = session.scalar(
        select(OutboxMail.id)
        .where(
            in_thread(mail.thread, mail.to_address),
            OutboxMail.calendar_method.is_not(None),
            OutboxMail.state.in_([MailState.PENDING, MailState.SENT]),
            newer,
        )
        .limit(1)
    )
    return found is not None
