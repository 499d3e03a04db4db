from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from booking.rules.consent import OPEN, ConsentState, HostReason, HostSaid
from booking.rules.norms import Wish, parse_wish
from core.orm import Base, ShortEnum, one_of
from venues.models import Room

if TYPE_CHECKING:
    from booking.models.request import BookingRequest


LIVE = "state IN ('asked', 'yes', 'expired')"


class HostConsent(Base):
    """Whether a host lets the cube come: the second of the three answers a visit needs.

    Whoever changes one holds the lock on the row of its request.
    """

    __tablename__ = "host_consent"
    __table_args__ = (
        CheckConstraint(one_of("state", ConsentState), name="state"),
        CheckConstraint("reason IS NULL OR " + one_of("reason", HostReason), name="reason"),
        CheckConstraint("(reason IS NULL) = (state <> 'no')", name="refused_why"),
        CheckConstraint("state NOT IN ('yes', 'no') OR answered_at IS NOT NULL", name="answered"),
        CheckConstraint("(dropped_at IS NULL) = (state <> 'dropped')", name="dropped"),
        Index(
            "uq_host_consent_live",
            "booking_request_id",
            unique=True,
            sqlite_where=text(LIVE),
            postgresql_where=text(LIVE),
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
    reason: Mapped[HostReason | None] = mapped_column(
        ShortEnum(HostReason), comment="NULL: not a no"
    )
    words: Mapped[str] = mapped_column(String(1000), default="", comment="why not, or what to mind")
    moments: Mapped[list[str]] = mapped_column(
        default=list, comment="with a yes, the keys of the choices that suit"
    )
    dropped_at: Mapped[datetime | None] = mapped_column(comment="NULL: it still counts")
    version: Mapped[int] = mapped_column(default=1)

    booking_request: Mapped["BookingRequest"] = relationship(back_populates="consents")
    room: Mapped[Room] = relationship(lazy="joined", innerjoin=True)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own shape

    @property
    def subject(self) -> tuple[str, int]:
        return ("host_consent", self.id)

    @property
    def is_open(self) -> bool:
        """Asked, and not refused or put aside since."""
        return self.state in OPEN

    @property
    def suiting(self) -> list[Wish]:
        """The choices that suit a host who says yes."""
        return [wish for key in self.moments if (wish := parse_wish(key))]

    @property
    def said(self) -> HostSaid:
        return HostSaid(self.state, tuple(self.moments))
