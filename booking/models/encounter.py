from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from booking.models.installation import Performer
from booking.rules.encounters import SEATS, Company, Holder, Seating
from core.orm import Base, ShortEnum, one_of
from core.period import Period

if TYPE_CHECKING:
    from booking.models.stop import Stop


class Encounter(Base):
    """One performer plays for two audience members. Kept when it is dropped: seats refer to it."""

    __tablename__ = "encounter"
    __table_args__ = (
        UniqueConstraint("stop_id", "number"),
        CheckConstraint("starts_at < ends_at", name="order"),
        CheckConstraint("number > 0", name="number"),
        CheckConstraint(f"came BETWEEN 0 AND {SEATS}", name="came"),
        Index(None, "starts_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    stop_id: Mapped[int] = mapped_column(ForeignKey("stop.id"))
    number: Mapped[int] = mapped_column(comment="in order of time; stays when the stop moves")
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    performer_id: Mapped[int] = mapped_column(ForeignKey("performer.id"))
    came: Mapped[int | None] = mapped_column(comment="audience members; NULL: not counted")
    dropped_at: Mapped[datetime | None] = mapped_column(comment="NULL: it is played")

    stop: Mapped["Stop"] = relationship(back_populates="encounters")
    performer: Mapped[Performer] = relationship(lazy="joined", innerjoin=True)
    seats: Mapped[list["Seat"]] = relationship(
        back_populates="encounter", order_by="Seat.number", lazy="selectin"
    )

    @property
    def period(self) -> Period:
        return Period(self.starts_at, self.ends_at)

    @property
    def taken(self) -> list["Seat"]:
        return [seat for seat in self.seats if seat.released_at is None]

    @property
    def held(self) -> list["Seat"]:
        """By the organisation."""
        return [seat for seat in self.taken if seat.holder is Holder.ORGANISATION]

    @property
    def free_numbers(self) -> list[int]:
        taken = {seat.number for seat in self.taken}
        return [number for number in range(1, SEATS + 1) if number not in taken]

    @property
    def seating(self) -> Seating:
        """As the rules see it."""
        return Seating(self.period, len(self.free_numbers))


class SeatBooking(Base):
    """Somebody takes one seat or two. No name; an address only to be reminded."""

    __tablename__ = "seat_booking"
    __table_args__ = (
        CheckConstraint(one_of("company", Company), name="company"),
        Index(None, "encounter_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    encounter_id: Mapped[int] = mapped_column(ForeignKey("encounter.id"))
    company: Mapped[Company] = mapped_column(ShortEnum(Company))
    email: Mapped[str] = mapped_column(
        String(254), default="", comment="only for a reminder; empty: none, or erased"
    )
    phone: Mapped[str] = mapped_column(
        String(20), default="", comment="only for a call; empty: none, or erased"
    )
    language: Mapped[str] = mapped_column(String(2), default="nl")
    created_at: Mapped[datetime]
    reminded_at: Mapped[datetime | None] = mapped_column(comment="NULL: not reminded")
    cancelled_at: Mapped[datetime | None] = mapped_column(comment="NULL: it stands")
    version: Mapped[int] = mapped_column(default=1)

    encounter: Mapped[Encounter] = relationship(lazy="joined", innerjoin=True)
    seats: Mapped[list["Seat"]] = relationship(back_populates="seat_booking", lazy="selectin")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own shape

    @property
    def subject(self) -> tuple[str, int]:
        return ("seat_booking", self.id)

    @property
    def live_seats(self) -> list["Seat"]:
        return [seat for seat in self.seats if seat.released_at is None]


class Seat(Base):
    """One of the two seats of an encounter, as long as somebody has it."""

    __tablename__ = "seat"
    __table_args__ = (
        CheckConstraint(f"number BETWEEN 1 AND {SEATS}", name="number"),
        CheckConstraint(one_of("holder", Holder), name="holder"),
        CheckConstraint("(seat_booking_id IS NULL) = (holder <> 'visitor')", name="whose"),
        Index(
            "uq_seat_live",
            "encounter_id",
            "number",
            unique=True,
            sqlite_where=text("released_at IS NULL"),
            postgresql_where=text("released_at IS NULL"),
        ),
        Index(None, "seat_booking_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    encounter_id: Mapped[int] = mapped_column(ForeignKey("encounter.id"))
    number: Mapped[int]
    holder: Mapped[Holder] = mapped_column(ShortEnum(Holder))
    seat_booking_id: Mapped[int | None] = mapped_column(
        ForeignKey("seat_booking.id"), comment="NULL: not of a visitor"
    )
    released_at: Mapped[datetime | None] = mapped_column(comment="NULL: it is taken")

    encounter: Mapped[Encounter] = relationship(back_populates="seats")
    seat_booking: Mapped[SeatBooking | None] = relationship(back_populates="seats")
