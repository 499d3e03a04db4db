"""Writing mails into the outbox and taking them back, inside the caller's transaction."""

from datetime import datetime
from hashlib import sha256
from typing import Any, NamedTuple

from sqlalchemy import Select, func, select, update

from core.db import session
from core.mail import CalendarPart, Message, Recipient, header_safe, written
from core.outbox.models import (
    MailState,
    OutboxMail,
    can_be_taken_back,
    in_doubt_now,
    in_thread,
    may_have_left,
)
from core.site import site
from core.upsert import insert_into

REFERENCES_KEPT = 10
NOT_ON_THE_WAY = (MailState.WITHDRAWN, MailState.DRAFT)


class Withdrawal(NamedTuple):
    """What taking back achieved. `left` above zero: too late, somebody has read it or may have."""

    withdrawn: int
    left: int


def post(
    message: Message,
    to: Recipient,
    *,
    key: str,
    thread: str,
    about: tuple[str, int],
    now: datetime,
    not_before: datetime | None = None,
    calendar: CalendarPart | None = None,
    as_draft: bool = False,
) -> OutboxMail:
    """Put a mail in the outbox; the same `key` again gives the mail that is there already.

    A newer invitation of a thread takes the place of one that still waits for the same person. A
    cancellation goes without its calendar part to whom no invitation can have reached. What is
    posted `as_draft` waits for a person to send it (`core.outbox.drafts`).
    """
    known = _by_key(key)
    if known and known.state is not MailState.WITHDRAWN:
        return known
    address = to.address.strip().lower()
    if calendar:
        calendar = _overtake(thread, address, calendar, now)
    row = _row(message, to, calendar, now, not_before) | {
        "dedupe_key": key,
        "message_id": _message_id(key),
        "thread": thread,
        "about_kind": about[0],
        "about_id": about[1],
        "to_address": address,
        "references": _references(thread, address),
        "state": MailState.DRAFT if as_draft else MailState.PENDING,
    }
    return _again(known, row) if known else _first(row)


def withdraw(thread: str, now: datetime, *, held_until: datetime | None = None) -> Withdrawal:
    """Take back what still waits of a thread, all of it or what was held until then."""
    meant = in_thread(thread, held_until=held_until)
    left = session.scalar(
        select(func.count()).select_from(OutboxMail).where(meant, may_have_left())
    )
    return Withdrawal(_take_back(now, meant), left or 0)


def _overtake(
    thread: str, address: str, calendar: CalendarPart, now: datetime
) -> CalendarPart | None:
    earlier = in_thread(thread, address) & OutboxMail.calendar_method.is_not(None)
    _take_back(now, earlier)
    if calendar.method == "CANCEL" and not session.scalar(
        select(OutboxMail.id).where(earlier, may_have_left()).limit(1)
    ):
        return None
    return calendar


def _take_back(now: datetime, meant: Any) -> int:
    taken = session.execute(
        update(OutboxMail)
        .where(meant, can_be_taken_back(now))
        .values(
            state=MailState.WITHDRAWN, in_doubt=in_doubt_now(), lease_owner=None, lease_until=None
        )
        .returning(OutboxMail.id)
    )
    return len(taken.all())


def _row(
    message: Message,
    to: Recipient,
    calendar: CalendarPart | None,
    now: datetime,
    not_before: datetime | None,
) -> dict[str, Any]:
    paper = written(message, to)
    dated_at = max(now, not_before or now)
    return {
        "from_name": site().theatre,
        "from_address": (calendar and calendar.organizer) or site().mail_from,
        "to_name": header_safe(to.name, 100),
        "language": to.language,
        "subject": paper.subject,
        "text": paper.text,
        "html": paper.html,
        "calendar_method": calendar.method if calendar else None,
        "calendar": calendar.ics if calendar else None,
        "created_at": now,
        "dated_at": dated_at,
        "due_at": dated_at,
    }


def _message_id(key: str) -> str:
    """The same key gives the same id, without telling the reader what the key says."""
    return f"<{sha256(key.encode()).hexdigest()[:40]}@{site().domain}>"


def _references(thread: str, address: str) -> str:
    """The first and the latest mails that this one follows on."""
    earlier = session.scalars(
        select(OutboxMail.message_id)
        .where(
            in_thread(thread, address),
            OutboxMail.state.not_in(NOT_ON_THE_WAY),
        )
        .order_by(OutboxMail.dated_at, OutboxMail.id)
    ).all()
    return " ".join([*earlier[:1], *earlier[1:][1 - REFERENCES_KEPT :]])


def _by_key(key: str) -> OutboxMail | None:
    return session.scalar(_keyed(key))


def _keyed(key: str) -> Select[tuple[OutboxMail]]:
    return select(OutboxMail).where(OutboxMail.dedupe_key == key)


def _first(row: dict[str, Any]) -> OutboxMail:
    """Where another process posted the same just now, its mail is the one."""
    added = insert_into(OutboxMail).values(row).on_conflict_do_nothing().returning(OutboxMail)
    return session.scalar(added) or session.scalars(_keyed(row["dedupe_key"])).one()


def _again(mail: OutboxMail, row: dict[str, Any]) -> OutboxMail:
    """A mail that was taken back and is needed after all."""
    for name, value in row.items():
        setattr(mail, name, value)
    mail.attempts, mail.first_tried_at, mail.last_error = 0, None, ""
    session.flush()
    return mail
