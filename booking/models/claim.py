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
    from booking.models.stop import Stop

NO_OVERLAP = "ex_claim_no_overlap"


class ClaimPurpose(StrEnum):
    TRAVEL = "travel"  # the cube is on its way
    STAND = "stand"  # the cube stands in the room, get-in and get-out included
    PLAY = "play"  # a performer is called and plays


class Claim(Base):
    """The time `[starts_at, ends_at)` of one resource, for one stop."""

    __tablename__ = "claim"
    __table_args__ = (
        CheckConstraint("starts_at < ends_at", name="order"),
        CheckConstraint(one_of("purpose", ClaimPurpose), name="purpose"),
        Index(
            "ix_claim_live",
            "resource_id",
            "starts_at",
            "ends_at",
            sqlite_where=text("released_at IS NULL"),
            postgresql_where=text("released_at IS NULL"),
        ),
        Index("ix_claim_stop_id", "stop_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    resource_id: Mapped[int] = mapped_column(ForeignKey("resource.id"))
    stop_id: Mapped[int] = mapped_column(ForeignKey("stop.id"))
    purpose: Mapped[ClaimPurpose] = mapped_column(ShortEnum(ClaimPurpose))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    released_at: Mapped[datetime | None] = mapped_column(comment="NULL: the claim is live")

    stop: Mapped["Stop"] = relationship(back_populates="claims")

    @property
    def period(self) -> Period:
        return Period(self.starts_at, self.ends_at)
