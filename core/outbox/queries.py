"""Reading the outbox."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from core.db import session
from core.outbox.models import MailState, OutboxMail

PAGE_LENGTH = 50


@dataclass(frozen=True, slots=True)
class MailPage:
    mails: Sequence[OutboxMail]
    number: int  # from 1
    has_next: bool


def mail_page(state: MailState | None, number: int) -> MailPage:
    """Mails in one state, or in any, newest first."""
    mails = session.scalars(
        select(OutboxMail)
        .where(*([OutboxMail.state == state] if state else []))
        .order_by(OutboxMail.id.desc())
        .offset((number - 1) * PAGE_LENGTH)
        .limit(PAGE_LENGTH + 1)
    ).all()
    return MailPage(mails[:PAGE_LENGTH], number, len(mails) > PAGE_LENGTH)


def mail_counts() -> dict[MailState, int]:
    counted = session.execute(
        select(OutboxMail.state, func.count()).group_by(OutboxMail.state)
    ).tuples()
    return dict.fromkeys(MailState, 0) | dict(counted.all())


def mail_by_id(mail_id: int) -> OutboxMail | None:
    return session.get(OutboxMail, mail_id)


def mails_about(about: tuple[str, int]) -> Sequence[OutboxMail]:
    """Everything written about one subject, oldest first."""
    return session.scalars(
        select(OutboxMail)
        .where(OutboxMail.about_kind == about[0], OutboxMail.about_id == about[1])
        .order_by(OutboxMail.dated_at, OutboxMail.id)
    ).all()


def waiting_since(now: datetime) -> datetime | None:
    """Since when the oldest mail has been waiting that should have left; None: nothing waits."""
    return session.scalar(
        select(func.min(OutboxMail.dated_at)).where(
            OutboxMail.state == MailState.PENDING, OutboxMail.dated_at <= now
        )
    )
