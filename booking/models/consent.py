from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from booking.rules.room_lifecycle import ConsentState
from core.orm import Base, ShortEnum, one_of
from venues.models import Room

if TYPE_CHECKING:
    from booking.models.request import BookingRequest


class HostConsent(Base):
    """Whether a host lets the cube come: the second of the three answers a visit needs."""

    __tablename__ = "host_consent"
    __table_args__ = (
        CheckConstraint(one_of("state", ConsentState), name="state"),
        CheckConstraint("(answered_at IS NULL) = (state NOT IN ('yes', 'no'))", name="answered"),
        Index(
            "uq_host_consent_live",
            "booking_request_id",
            unique=True,
            sqlite_where=text("state IN ('asked', 'yes')"),
            postgresql_where=text("state IN ('asked', 'yes')"),
        ),
        Index(None, "state", "answer_until"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    booking_request_id: Mapped[int] = mapped_column(ForeignKey("booking_request.id"), index=True)
    room_id: Mapped[int] = mapped_column(ForeignKey("room.id"), index=True)
    state: Mapped[ConsentState] = mapped_column(ShortEnum(ConsentState), default=ConsentState.ASKED)
    asked_at: Mapped[datetime]
    answer_until: Mapped[datetime]
    nudged_at: Mapped[datetime | None] = mapped_column(comment="NULL: not reminded")
    answered_at: Mapped[datetime | None] = mapped_column(comment="NULL: no answer")
    person_id: Mapped[int | None] = mapped_column(
        ForeignKey("person.id"), comment="who answered; NULL: nobody, or by a private link"
    )
    words: Mapped[str] = mapped_column(String(1000), default="", comment="why not, or what to mind")
    version: Mapped[int] = mapped_column(default=1)

    booking_request: Mapped["BookingRequest"] = relationship(back_populates="consents")
    room: Mapped[Room] = relationship(lazy="joined", innerjoin=True)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own shape

    @property
    def subject(self) -> tuple[str, int]:
        return ("host_consent", self.id)
