"""A form that is sent twice is done once.

Each form carries a random token. The first time, the outcome is kept beside it; the same form again
leads to the same outcome, and other content under the same token is refused.
"""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import String, delete, func, select
from sqlalchemy.orm import Mapped, mapped_column

from core.db import session
from core.findings import Refused, blocker
from core.orm import Base

KEPT = timedelta(days=7)


class Submission(Base):
    """One form that was sent and done."""

    __tablename__ = "submission"

    token: Mapped[str] = mapped_column(String(64), primary_key=True)
    content_hash: Mapped[str] = mapped_column(String(64))
    outcome: Mapped[str] = mapped_column(String(200), comment="what the first time led to")
    at: Mapped[datetime] = mapped_column(index=True)


def once(token: str, content: Mapping[str, object]) -> str | None:
    """The outcome when this form was done before, else None; other content raises Refused.

    Holds back whoever comes with the same token until this transaction ends.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(_lock_number(token))))
    before = session.get(Submission, token, populate_existing=True)
    if before is None:
        return None
    if before.content_hash != _hashed(content):
        raise Refused([blocker("same_form_other_content")])
    return before.outcome


def remember(token: str, content: Mapping[str, object], outcome: str, now: datetime) -> None:
    """Keep the outcome: a short text by which the caller finds it again, such as an id."""
    session.add(Submission(token=token, content_hash=_hashed(content), outcome=outcome, at=now))
    session.flush()


def forget_old(now: datetime) -> None:
    session.execute(delete(Submission).where(Submission.at < now - KEPT))


def _hashed(content: Mapping[str, object]) -> str:
    plain = json.dumps(content, sort_keys=True, default=str, ensure_ascii=True)
    return sha256(plain.encode("ascii")).hexdigest()


def _lock_number(token: str) -> int:
    return int.from_bytes(sha256(token.encode()).digest()[:8], "big", signed=True)
