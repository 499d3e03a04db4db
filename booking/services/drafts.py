"""The pages of a journey fill a draft; the last one turns it into a request or a booking."""

import secrets
from datetime import datetime
from typing import Any

from booking.models import RequestDraft
from booking.queries.drafts import find_draft, token_hash
from core.db import session


def keep_draft(token: str | None, answers: dict[str, Any], *, now: datetime) -> str:
    """Add answers to the draft, begun here when there is none. Returns its token."""
    draft = find_draft(token) if token else None
    if draft is None or token is None:
        token = secrets.token_urlsafe(32)
        draft = RequestDraft(token_hash=token_hash(token), answers={}, changed_at=now)
        session.add(draft)
    draft.answers = {**draft.answers, **answers}
    draft.changed_at = now
    session.flush()
    return token


def drop_draft(token: str) -> None:
    draft = find_draft(token)
    if draft:
        session.delete(draft)
        session.flush()
