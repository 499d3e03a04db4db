"""Calendars that somebody keeps elsewhere: what stands in them is busy time here."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from core.orm import Base


class OutsideCalendar(Base):
    """A calendar of a host or a performer: an address that is read again and again, or a file."""

    __tablename__ = "outside_calendar"
    __table_args__ = (
        CheckConstraint("failures >= 0 AND events >= 0 AND skipped >= 0", name="counts"),
        Index(None, "next_read_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    resource_id: Mapped[int] = mapped_column(ForeignKey("resource.id"), index=True)
    name: Mapped[str] = mapped_column(String(80), comment="what its owner calls it")
    sealed_address: Mapped[str | None] = mapped_column(
        Text, comment="encrypted, as whoever knows it can read along; NULL: it is a file"
    )
    shown_host: Mapped[str] = mapped_column(
        String(120), default="", comment="the only part of the address that is shown"
    )
    upload: Mapped[bytes | None] = mapped_column(
        LargeBinary, deferred=True, comment="a file that waits to be read; NULL: none"
    )
    etag: Mapped[str] = mapped_column(String(200), default="")
    modified: Mapped[str] = mapped_column(String(60), default="", comment="Last-Modified")
    tried_at: Mapped[datetime | None] = mapped_column(comment="NULL: not yet")
    read_at: Mapped[datetime | None] = mapped_column(
        comment="when it was last read well; NULL: never"
    )
    next_read_at: Mapped[datetime | None] = mapped_column(comment="NULL: a file, read once")
    failure: Mapped[str] = mapped_column(
        String(40), default="", comment="why the last try went wrong; empty: it did not"
    )
    failures: Mapped[int] = mapped_column(default=0, comment="in a row")
    warned_at: Mapped[datetime | None] = mapped_column(
        comment="when its owner was told that it cannot be read; NULL: not since it could"
    )
    events: Mapped[int] = mapped_column(default=0, comment="how many busy times it gave")
    skipped: Mapped[int] = mapped_column(default=0, comment="how many events could not be read")
    created_at: Mapped[datetime]


class OutsideBusy(Base):
    """A time in which the owner of the calendar is busy. What for is not kept.

    It is no claim: it may overlap itself and whatever else there is. None is longer than a week:
    a longer one is kept in pieces.
    """

    __tablename__ = "outside_busy"
    __table_args__ = (
        CheckConstraint("starts_at < ends_at", name="order"),
        Index(None, "resource_id", "starts_at", "ends_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    outside_calendar_id: Mapped[int] = mapped_column(
        ForeignKey("outside_calendar.id", ondelete="CASCADE"), index=True
    )
    resource_id: Mapped[int] = mapped_column(ForeignKey("resource.id"))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    is_tentative: Mapped[bool] = mapped_column(default=False)
