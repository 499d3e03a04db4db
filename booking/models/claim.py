"""Claims: every use of a scarce thing's time.

No two live claims on one resource overlap, and the database itself says so: PostgreSQL by an
exclusion constraint, SQLite by triggers. Both are made by the migration and carry the name
`ex_claim_no_overlap`.
"""

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.orm import Base, ShortEnum, one_of
from core.period import Period

if TYPE_CHECKING:
    from booking.models.room_booking import RoomDate
    from booking.models.stop import Stop

NO_OVERLAP = "ex_claim_no_overlap"


class ClaimPurpose(StrEnum):
    TRAVEL = "travel"  # the cube is on its way
    STAND = "stand"  # the cube stands in the room, get-in and get-out included
    PLAY = "play"  # a performer is called and plays
    MEET = "meet"  # people meet in the room, what is kept free around it included


class Claim(Base):
    """The time `[starts_at, ends_at)` of one resource, for one stop or one date of a booking."""

    __tablename__ = "claim"
    __table_args__ = (
        CheckConstraint("starts_at < ends_at", name="order"),
        CheckConstraint(one_of("purpose", ClaimPurpose), name="purpose"),
        CheckConstraint("(stop_id IS NULL) <> (room_date_id IS NULL)", name="owner"),
        Index(
            "ix_claim_live",
            "resource_id",
            "starts_at",
            "ends_at",
            sqlite_where=text("released_at IS NULL"),
            postgresql_where=text("released_at IS NULL"),
        ),
        Index("ix_claim_stop_id", "stop_id"),
        Index("ix_claim_room_date_id", "room_date_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    resource_id: Mapped[int] = mapped_column(ForeignKey("resource.id"))
    stop_id: Mapped[int | None] = mapped_column(
        ForeignKey("stop.id"), comment="NULL: it is for a date of a room booking"
    )
    room_date_id: Mapped[int | None] = mapped_column(
        ForeignKey("room_date.id"), comment="NULL: it is for a stop"
    )
    purpose: Mapped[ClaimPurpose] = mapped_column(ShortEnum(ClaimPurpose))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    released_at: Mapped[datetime | None] = mapped_column(comment="NULL: the claim is live")

    stop: Mapped["Stop | None"] = relationship(back_populates="claims")
    room_date: Mapped["RoomDate | None"] = relationship(back_populates="claims")

    @property
    def period(self) -> Period:
        return Period(self.starts_at, self.ends_at)
