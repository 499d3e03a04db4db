"""Who changed what, when and why. Entries are only ever added."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal, Self, get_args

from sqlalchemy import CheckConstraint, Index, String, Text, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from core.db import session
from core.orm import Base

ActorKind = Literal["person", "asker", "host", "partner", "invited", "clock", "command"]
_KINDS = ", ".join(f"'{kind}'" for kind in get_args(ActorKind))


@dataclass(frozen=True, slots=True)
class Actor:
    """Who did it: a person signed in, whoever holds a private link of some kind, or nobody at all
    (the clock, a command)."""

    kind: ActorKind
    person_id: int | None = None

    @classmethod
    def person(cls, person_id: int) -> Self:
        return cls("person", person_id)


KEPT = timedelta(days=730)

ASKER = Actor("asker")
HOST = Actor("host")
PARTNER = Actor("partner")
INVITED = Actor("invited")
CLOCK = Actor("clock")
COMMAND = Actor("command")


class HistoryEntry(Base):
    """One thing that was done to one subject."""

    __tablename__ = "history_entry"
    __table_args__ = (
        CheckConstraint(f"actor_kind IN ({_KINDS})", name="actor_kind"),
        Index(None, "subject_kind", "subject_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    action: Mapped[str] = mapped_column(String(60))
    subject_kind: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int]
    at: Mapped[datetime]
    actor_kind: Mapped[ActorKind] = mapped_column(String(12))
    person_id: Mapped[int | None] = mapped_column(comment="empty: not a person with an account")
    why: Mapped[str] = mapped_column(Text, default="")
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)

    @property
    def actor(self) -> Actor:
        return Actor(self.actor_kind, self.person_id)


def record(
    action: str,
    subject: tuple[str, int],
    *,
    by: Actor,
    at: datetime,
    why: str = "",
    **facts: Any,
) -> None:
    """Add an entry to the running transaction. `facts` are plain values: text, numbers, lists."""
    kind, subject_id = subject
    session.add(
        HistoryEntry(
            action=action,
            subject_kind=kind,
            subject_id=subject_id,
            at=at,
            actor_kind=by.kind,
            person_id=by.person_id,
            why=why,
            facts=facts,
        )
    )
    session.flush()


def forget_old(now: datetime) -> None:
    session.execute(delete(HistoryEntry).where(HistoryEntry.at < now - KEPT))


def story(subject: tuple[str, int]) -> list[HistoryEntry]:
    """All that happened to it, oldest first."""
    kind, subject_id = subject
    entries = (
        select(HistoryEntry)
        .where(HistoryEntry.subject_kind == kind, HistoryEntry.subject_id == subject_id)
        .order_by(HistoryEntry.id)
    )
    return list(session.scalars(entries))
