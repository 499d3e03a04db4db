from datetime import date, datetime, time
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, Time, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship
from sqlalchemy.orm.attributes import flag_modified

from booking.models.invitation import Invitation
from booking.rules.recurrence import Frequency, Times
from booking.rules.room_lifecycle import LIVE, DateState, Side
from core.orm import Base, ShortEnum, one_of
from core.period import Period
from people.models import Organisation
from venues.models import Room

if TYPE_CHECKING:
    from booking.models.claim import Claim


class RoomBooking(Base):
    """An organisation meets in a room, once or in a series. Its state follows from its dates."""

    __tablename__ = "room_booking"
    __table_args__ = (
        CheckConstraint(one_of("frequency", Frequency), name="frequency"),
        CheckConstraint("(until_on IS NULL) = (frequency = 'once')", name="until"),
        CheckConstraint("people > 0", name="people"),
        Index(None, "organisation_id", "room_id"),
        Index(None, "contact_email", "room_id"),
        Index(None, "answer_until"),
        Index(None, "submitted_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(12), unique=True)
    room_id: Mapped[int] = mapped_column(
        ForeignKey("room.id"), index=True, comment="that was asked for; a date may be elsewhere"
    )
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    contact_name: Mapped[str] = mapped_column(String(120))
    contact_email: Mapped[str] = mapped_column(String(254))
    contact_phone: Mapped[str] = mapped_column(String(20), default="")
    language: Mapped[str] = mapped_column(String(2), default="nl")
    pc4: Mapped[str] = mapped_column(
        String(4), default="", comment="of the organisation; empty: not said"
    )
    purpose: Mapped[str] = mapped_column(String(200), comment="what they meet for")
    people: Mapped[int]
    frequency: Mapped[Frequency] = mapped_column(ShortEnum(Frequency), default=Frequency.ONCE)
    first_on: Mapped[date] = mapped_column(Date, comment="of the series as it was asked")
    until_on: Mapped[date | None] = mapped_column(
        Date, comment="the last day of the series as it was asked; NULL: once"
    )
    starts: Mapped[time] = mapped_column(Time, comment="wall clock in Utrecht")
    ends: Mapped[time] = mapped_column(Time, comment="wall clock in Utrecht; 00:00 is midnight")
    invitation_id: Mapped[int] = mapped_column(ForeignKey("invitation.id"))
    submitted_at: Mapped[datetime]
    answer_until: Mapped[datetime | None] = mapped_column(
        comment="until when the host can answer; NULL: nothing waits for the host"
    )
    nudged_at: Mapped[datetime | None] = mapped_column(comment="NULL: the host was not reminded")
    version: Mapped[int] = mapped_column(default=1)

    room: Mapped[Room] = relationship(lazy="joined", innerjoin=True)
    organisation: Mapped[Organisation] = relationship(lazy="joined", innerjoin=True)
    invitation: Mapped[Invitation] = relationship(lazy="joined", innerjoin=True)
    dates: Mapped[list["RoomDate"]] = relationship(
        back_populates="room_booking",
        order_by="RoomDate.starts_at",
        cascade="all, delete-orphan",
        lazy="selectin",
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own shape

    @property
    def subject(self) -> tuple[str, int]:
        """What its history and its letters are about."""
        return ("room_booking", self.id)

    @property
    def times(self) -> Times:
        return Times(self.starts, self.ends)

    @property
    def is_series(self) -> bool:
        return self.frequency is not Frequency.ONCE

    def dates_in(self, *states: DateState) -> list["RoomDate"]:
        return [each for each in self.dates if each.state in states]

    @property
    def live_dates(self) -> list["RoomDate"]:
        return self.dates_in(*LIVE)

    def touch(self) -> None:
        """One of its dates changed: who looked before saw an older version."""
        flag_modified(self, "people")


class RoomDate(Base):
    """One date of a room booking. Kept when it is over or cancelled, so it never comes back."""

    __tablename__ = "room_date"
    __table_args__ = (
        UniqueConstraint("room_booking_id", "day_on"),
        CheckConstraint(one_of("state", DateState), name="state"),
        CheckConstraint("starts_at < ends_at", name="order"),
        CheckConstraint(
            "proposed_by IS NULL OR " + one_of("proposed_by", Side), name="proposed_by"
        ),
        CheckConstraint(
            "(proposed_by IS NULL) = (proposed_starts_at IS NULL)"
            " AND (proposed_by IS NULL) = (proposed_ends_at IS NULL)",
            name="proposal",
        ),
        CheckConstraint("proposed_starts_at < proposed_ends_at", name="proposed_order"),
        Index(None, "room_id", "starts_at"),
        Index(None, "state", "starts_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    room_booking_id: Mapped[int] = mapped_column(ForeignKey("room_booking.id"))
    room_id: Mapped[int] = mapped_column(ForeignKey("room.id"))
    day_on: Mapped[date] = mapped_column(Date, comment="the day by the rule of the series")
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    state: Mapped[DateState] = mapped_column(ShortEnum(DateState), default=DateState.ASKED)
    is_apart: Mapped[bool] = mapped_column(
        default=False,
        comment="other time or room than the series: an entry of its own in calendars",
    )
    invitation_id: Mapped[int | None] = mapped_column(
        ForeignKey("invitation.id"),
        comment="its own entry in calendars; NULL: the one of the series",
    )
    proposed_starts_at: Mapped[datetime | None] = mapped_column(comment="NULL: nothing proposed")
    proposed_ends_at: Mapped[datetime | None] = mapped_column(comment="NULL: nothing proposed")
    proposed_by: Mapped[Side | None] = mapped_column(
        ShortEnum(Side), comment="NULL: nothing proposed"
    )
    words: Mapped[str] = mapped_column(
        String(1000), default="", comment="why it was declined, cancelled or proposed otherwise"
    )
    decided_at: Mapped[datetime | None] = mapped_column(comment="NULL: waits for the host")

    room_booking: Mapped[RoomBooking] = relationship(back_populates="dates")
    room: Mapped[Room] = relationship(lazy="joined", innerjoin=True)
    invitation: Mapped[Invitation | None] = relationship(lazy="joined")
    claims: Mapped[list["Claim"]] = relationship(back_populates="room_date")

    @property
    def period(self) -> Period:
        return Period(self.starts_at, self.ends_at)

    @property
    def proposed(self) -> Period | None:
        if self.proposed_starts_at is None or self.proposed_ends_at is None:
            return None
        return Period(self.proposed_starts_at, self.proposed_ends_at)

    @property
    def is_confirmed(self) -> bool:
        return self.state is DateState.CONFIRMED

    @property
    def is_live(self) -> bool:
        return self.state in LIVE
