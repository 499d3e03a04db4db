from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from booking.rules.room_lifecycle import WaitingState
from core.orm import Base, ShortEnum, one_of
from core.period import Period
from people.models import Organisation
from venues.models import Room


class WaitingPlace(Base):
    """An organisation waits for a time in a room that is taken now. Who came first is first."""

    __tablename__ = "waiting_place"
    __table_args__ = (
        CheckConstraint(one_of("state", WaitingState), name="state"),
        CheckConstraint("starts_at < ends_at", name="order"),
        CheckConstraint("people > 0", name="people"),
        CheckConstraint("(offered_until IS NULL) = (state <> 'offered')", name="offered"),
        Index(None, "room_id", "state", "starts_at"),
        Index(None, "state", "offered_until"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(12), unique=True)
    room_id: Mapped[int] = mapped_column(ForeignKey("room.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    contact_name: Mapped[str] = mapped_column(String(120))
    contact_email: Mapped[str] = mapped_column(String(254))
    contact_phone: Mapped[str] = mapped_column(String(20), default="")
    language: Mapped[str] = mapped_column(String(2), default="nl")
    pc4: Mapped[str] = mapped_column(
        String(4), default="", comment="of the organisation; empty: not said"
    )
    purpose: Mapped[str] = mapped_column(String(200), comment="what they meet for")
    people: Mapped[int]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    state: Mapped[WaitingState] = mapped_column(
        ShortEnum(WaitingState), default=WaitingState.WAITING
    )
    offered_until: Mapped[datetime | None] = mapped_column(comment="NULL: nothing is offered now")
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    room: Mapped[Room] = relationship(lazy="joined", innerjoin=True)
    organisation: Mapped[Organisation] = relationship(lazy="joined", innerjoin=True)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own shape

    @property
    def subject(self) -> tuple[str, int]:
        return ("waiting_place", self.id)

    @property
    def period(self) -> Period:
        return Period(self.starts_at, self.ends_at)
