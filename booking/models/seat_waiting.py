from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from booking.models.encounter import Encounter, SeatBooking
from booking.models.stop import Stop
from booking.rules.encounters import Company
from booking.rules.room_lifecycle import WaitingState
from booking.rules.seat_waiting import Waiter
from core.orm import Base, ShortEnum, one_of


class SeatWaiting(Base):
    """Somebody waits for one seat or two at a stop that is full. No name; who came first is first.

    What is offered is kept by seats of the encounter itself, with `line` as their holder.
    """

    __tablename__ = "seat_waiting"
    __table_args__ = (
        CheckConstraint(one_of("company", Company), name="company"),
        CheckConstraint(one_of("state", WaitingState), name="state"),
        CheckConstraint("(offered_until IS NULL) = (state <> 'offered')", name="offered"),
        CheckConstraint("(offered_id IS NULL) = (state <> 'offered')", name="offered_what"),
        CheckConstraint("(seat_booking_id IS NULL) = (state <> 'taken')", name="taken"),
        Index(None, "stop_id", "state"),
        Index(None, "state", "offered_until"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    stop_id: Mapped[int] = mapped_column(ForeignKey("stop.id"))
    encounter_id: Mapped[int | None] = mapped_column(
        ForeignKey("encounter.id"), comment="NULL: any encounter of the stop"
    )
    company: Mapped[Company] = mapped_column(ShortEnum(Company))
    email: Mapped[str] = mapped_column(
        String(254), default="", comment="only to be told; empty: none, or erased"
    )
    phone: Mapped[str] = mapped_column(
        String(20), default="", comment="only to be told; empty: none, or erased"
    )
    language: Mapped[str] = mapped_column(String(2), default="nl")
    state: Mapped[WaitingState] = mapped_column(
        ShortEnum(WaitingState), default=WaitingState.WAITING
    )
    offered_id: Mapped[int | None] = mapped_column(
        ForeignKey("encounter.id"), comment="the encounter offered; NULL: nothing now"
    )
    offered_until: Mapped[datetime | None] = mapped_column(comment="NULL: nothing is offered now")
    seat_booking_id: Mapped[int | None] = mapped_column(
        ForeignKey("seat_booking.id"), comment="what it became; NULL: nothing"
    )
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    stop: Mapped[Stop] = relationship()
    encounter: Mapped[Encounter | None] = relationship(foreign_keys=[encounter_id])
    offered: Mapped[Encounter | None] = relationship(foreign_keys=[offered_id])
    seat_booking: Mapped[SeatBooking | None] = relationship()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own shape

    @property
    def subject(self) -> tuple[str, int]:
        return ("seat_waiting", self.id)

    @property
    def waiter(self) -> Waiter:
        """As the rules see it."""
        return Waiter(self.id, self.company, self.encounter_id)
