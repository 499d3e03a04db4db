"""Mails that a person still has to send: rewritten, sent or dropped, and until then left alone."""

from datetime import datetime

from sqlalchemy import select

from core.db import session
from core.findings import Refused, blocker
from core.mail import Message, Recipient, written
from core.outbox.models import MailState, OutboxMail


def draft_about(about: tuple[str, int]) -> OutboxMail:
    """Locked. Raises Refused when what was written about it is a draft no more."""
    kind, about_id = about
    found = session.scalar(
        select(OutboxMail)
        .where(
            OutboxMail.about_kind == kind,
            OutboxMail.about_id == about_id,
            OutboxMail.state == MailState.DRAFT,
        )
        .with_for_update()
    )
    if found is None:
        raise Refused([blocker("mail_no_draft")])
    return found


def rewrite(draft: OutboxMail, message: Message, to: Recipient) -> None:
    paper = written(message, to)
    draft.subject, draft.text, draft.html = paper.subject, paper.text, paper.html


def send(draft: OutboxMail, now: datetime) -> None:
    """From here on the worker takes it like any other mail."""
    draft.state, draft.dated_at, draft.due_at = MailState.PENDING, now, now


def drop(draft: OutboxMail) -> None:
    draft.state = MailState.WITHDRAWN
