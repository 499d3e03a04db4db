"""How often something may be done, counted in the database so that all processes count together.

The key is kept as a keyed hash: the table tells nobody who came by.
"""

import hmac
from datetime import UTC, datetime, timedelta

from sqlalchemy import String, delete
from sqlalchemy.orm import Mapped, mapped_column

from core.db import session
from core.orm import Base
from core.security import secret_key
from core.upsert import insert_into

KEPT = timedelta(hours=48)
A_DAY = timedelta(days=1)


class RateCount(Base):
    """How often one key was seen in one window of time."""

    __tablename__ = "rate_count"

    bucket: Mapped[str] = mapped_column(String(40), primary_key=True)
    key_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    window_starts_at: Mapped[datetime] = mapped_column(primary_key=True)
    count: Mapped[int]


def allowed(bucket: str, key: str, limit: int, per: timedelta, now: datetime) -> bool:
    """Count one more, and tell whether that is still within the limit."""
    counted = (
        insert_into(RateCount)
        .values(
            bucket=bucket,
            key_hash=_hashed(bucket, key),
            window_starts_at=_window(now, per),
            count=1,
        )
        .on_conflict_do_update(
            index_elements=[RateCount.bucket, RateCount.key_hash, RateCount.window_starts_at],
            set_={"count": RateCount.count + 1},
        )
        .returning(RateCount.count)
    )
    times: int = session.execute(counted).scalar_one()
    return times <= limit


def allowed_today(
    what: str, email: str, client: str, *, per_address: int, per_client: int, now: datetime
) -> bool:
    """Count one more form of somebody without an account, by address and by where it comes from.

    `client` empty: it comes from nowhere that can be counted.
    """
    within = allowed(f"{what}_address", address_key(email), per_address, A_DAY, now)
    if client:
        within &= allowed(f"{what}_client", client, per_client, A_DAY, now)
    return within


def address_key(address: str) -> str:
    """One key for all the spellings that end in the same mailbox: case, dots and +tags."""
    mailbox, _, domain = address.casefold().rpartition("@")
    return f"{mailbox.partition('+')[0].replace('.', '')}@{domain}"


def forget_old(now: datetime) -> None:
    session.execute(delete(RateCount).where(RateCount.window_starts_at < now - KEPT))


def _window(now: datetime, per: timedelta) -> datetime:
    seconds = int(per.total_seconds())
    return datetime.fromtimestamp(int(now.timestamp()) // seconds * seconds, UTC)


def _hashed(bucket: str, key: str) -> str:
    return hmac.digest(secret_key(), f"{bucket}\n{key}".encode(), "sha256").hex()
