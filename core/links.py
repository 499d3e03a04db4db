"""Private links: an address that is a key to one thing. Only the hash of the key is kept."""

import secrets
from datetime import datetime
from hashlib import sha256

from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy import Index, Select, String, or_, select, update
from sqlalchemy.orm import Mapped, mapped_column

from core.db import session
from core.orm import Base
from core.security import secret_key

LONGEST_TOKEN = 100


class PrivateLink(Base):
    """One key that was given out."""

    __tablename__ = "private_link"
    __table_args__ = (Index(None, "kind", "subject_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int]
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime | None] = mapped_column(comment="empty: until it is revoked")
    revoked_at: Mapped[datetime | None] = mapped_column(comment="empty: it still works")


def new_token() -> str:
    """256 random bits, fit for an address."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    return sha256(token.encode("utf-8", "replace")).hexdigest()


def issue(kind: str, subject_id: int, *, now: datetime, expires_at: datetime | None = None) -> str:
    """A new key to the thing; the ones given out before keep working."""
    token = new_token()
    session.add(
        PrivateLink(
            kind=kind,
            subject_id=subject_id,
            token_hash=token_hash(token),
            created_at=now,
            expires_at=expires_at,
        )
    )
    session.flush()
    return token


def resolve(kind: str, token: str, now: datetime) -> int | None:
    """The id of the thing this key opens; None for every key that does not work (any more)."""
    if len(token) > LONGEST_TOKEN:
        return None
    return session.scalar(
        select(PrivateLink.subject_id).where(
            PrivateLink.kind == kind,
            PrivateLink.token_hash == token_hash(token),
            PrivateLink.revoked_at.is_(None),
            or_(PrivateLink.expires_at.is_(None), PrivateLink.expires_at > now),
        )
    )


def subjects_with_links(kind: str) -> Select[tuple[int]]:
    """The ids of the things that a key still opens."""
    return select(PrivateLink.subject_id).where(
        PrivateLink.kind == kind, PrivateLink.revoked_at.is_(None)
    )


def revoke(kind: str, subject_id: int, now: datetime) -> None:
    """All keys to the thing stop working at once."""
    session.execute(
        update(PrivateLink)
        .where(
            PrivateLink.kind == kind,
            PrivateLink.subject_id == subject_id,
            PrivateLink.revoked_at.is_(None),
        )
        .values(revoked_at=now)
    )


def seal(kind: str, subject_id: int) -> str:
    """A key that is the same each time it is made: for what is printed. It cannot be revoked; what
    it opens says whether it still stands."""
    return str(_sealer(kind).dumps(subject_id))


def unseal(kind: str, sealed: str) -> int | None:
    """None for what was not sealed here."""
    if len(sealed) > LONGEST_TOKEN:
        return None
    try:
        subject_id = _sealer(kind).loads(sealed)
    except BadSignature:
        return None
    return subject_id if isinstance(subject_id, int) else None


def _sealer(kind: str) -> URLSafeSerializer:
    return URLSafeSerializer(secret_key(), salt=f"speelplek:{kind}")
