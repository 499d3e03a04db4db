import hashlib

from sqlalchemy import select

from booking.models import RequestDraft
from core.db import session


def find_draft(token: str) -> RequestDraft | None:
    found = select(RequestDraft).where(RequestDraft.token_hash == token_hash(token))
    return session.scalars(found).one_or_none()


def token_hash(token: str) -> str:
    """Only this is kept: who reads the database cannot open anybody's draft."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
