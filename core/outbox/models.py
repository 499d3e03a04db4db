from datetime import datetime
from enum import StrEnum

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    Index,
    LargeBinary,
    String,
    Text,
    and_,
    or_,
    text,
    true,
)
from sqlalchemy.orm import Mapped, mapped_column

from core.orm import Base, ShortEnum, one_of


class MailState(StrEnum):
    DRAFT = "draft"  # waits for somebody to send it; nobody else ever does
    PENDING = "pending"
    SENT = "sent"
    WITHDRAWN = "withdrawn"  # taken back, or overtaken by a newer invitation, before it left
    DEAD = "dead"  # given up; a person must look at it


_PENDING = text("state = 'pending'")


class OutboxMail(Base):
    """One mail to one person, and how far it has come."""

    __tablename__ = "outbox_mail"
    __table_args__ = (
        CheckConstraint(one_of("state", MailState), name="state"),
        CheckConstraint("(state = 'sent') = (sent_at IS NOT NULL)", name="sent_at"),
        CheckConstraint("(calendar IS NULL) = (calendar_method IS NULL)", name="calendar"),
        CheckConstraint("(lease_owner IS NULL) = (lease_until IS NULL)", name="lease"),
        Index(
            "ix_outbox_mail_due_at",
            "due_at",
            postgresql_where=_PENDING,
            sqlite_where=_PENDING,
        ),
        Index("ix_outbox_mail_thread_to_address_dated_at", "thread", "to_address", "dated_at"),
        Index("ix_outbox_mail_about_kind_about_id", "about_kind", "about_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    dedupe_key: Mapped[str] = mapped_column(String(200), unique=True)
    message_id: Mapped[str] = mapped_column(
        String(200), unique=True, comment="given at birth; a second try keeps it"
    )
    thread: Mapped[str] = mapped_column(
        String(120), comment="mails of one thread reach one person in order"
    )
    about_kind: Mapped[str] = mapped_column(String(40))
    about_id: Mapped[int]

    from_name: Mapped[str] = mapped_column(String(150))
    from_address: Mapped[str] = mapped_column(String(254))
    to_name: Mapped[str] = mapped_column(String(150))
    to_address: Mapped[str] = mapped_column(String(254))
    language: Mapped[str] = mapped_column(String(8))
    subject: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text, comment="empty: erased because of its age")
    html: Mapped[str] = mapped_column(Text)
    calendar_method: Mapped[str | None] = mapped_column(
        String(10), comment="NULL: a mail without invitation"
    )
    calendar: Mapped[bytes | None] = mapped_column(
        LargeBinary, comment="NULL: a mail without invitation; empty: erased because of its age"
    )
    references: Mapped[str] = mapped_column(
        Text, comment="Message-IDs of earlier mails of the thread, oldest first"
    )

    created_at: Mapped[datetime]
    dated_at: Mapped[datetime] = mapped_column(comment="the Date header; not sent before it")
    due_at: Mapped[datetime] = mapped_column(comment="the next try")
    state: Mapped[MailState] = mapped_column(ShortEnum(MailState), default=MailState.PENDING)
    attempts: Mapped[int] = mapped_column(default=0, comment="counted before the try")
    first_tried_at: Mapped[datetime | None] = mapped_column(comment="NULL: not tried yet")
    in_doubt: Mapped[bool] = mapped_column(
        default=False, comment="a try ended without an answer: it may have arrived"
    )
    lease_until: Mapped[datetime | None] = mapped_column(comment="NULL: in nobody's hands")
    lease_owner: Mapped[str | None] = mapped_column(String(60), comment="NULL: in nobody's hands")
    sent_at: Mapped[datetime | None] = mapped_column(comment="NULL: not sent")
    last_error: Mapped[str] = mapped_column(
        String(200), default="", comment="a sentence without an address; empty: none"
    )

    @property
    def is_erased(self) -> bool:
        return not self.text


def in_thread(
    thread: str, to_address: str | None = None, held_until: datetime | None = None
) -> ColumnElement[bool]:
    """The mails of a thread, to one person or to all, held back until that moment or any."""
    return and_(
        OutboxMail.thread == thread,
        OutboxMail.to_address == to_address if to_address is not None else true(),
        OutboxMail.dated_at == held_until if held_until is not None else true(),
    )


def can_be_taken_back(now: datetime) -> ColumnElement[bool]:
    """Pending, and in nobody's hands."""
    free = or_(OutboxMail.lease_until.is_(None), OutboxMail.lease_until <= now)
    return and_(OutboxMail.state == MailState.PENDING, free)


def may_have_left() -> ColumnElement[bool]:
    """Sent, or in somebody's hands, or tried without an answer."""
    in_hand = and_(OutboxMail.state == MailState.PENDING, OutboxMail.lease_until.is_not(None))
    return or_(OutboxMail.state == MailState.SENT, OutboxMail.in_doubt, in_hand)


def in_doubt_now() -> ColumnElement[bool]:
    """For a mail that leaves somebody's hands without word of what became of it."""
    return or_(OutboxMail.in_doubt, OutboxMail.lease_owner.is_not(None))
