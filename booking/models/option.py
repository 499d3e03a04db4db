from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from booking.models.installation import Installation, Performer
from booking.models.invitation import Invitation
from booking.models.wish import WishColumns, wish_checks
from core.clock import local_date
from core.orm import Base
from core.period import Period
from venues.models import Room

if TYPE_CHECKING:
    from booking.models.request import BookingRequest


class Option(WishColumns, Base):
    """A period kept for one request until `expires_at`. Not a claim: it can lapse."""

    __tablename__ = "option"
    __table_args__ = (
        CheckConstraint("starts_at < ends_at", name="order"),
        CheckConstraint("stay_starts_at <= starts_at AND ends_at <= stay_ends_at", name="stay"),
        CheckConstraint("rank > 0", name="rank"),
        *wish_checks(),
        Index(
            "uq_option_live",
            "booking_request_id",
            unique=True,
            sqlite_where=text("released_at IS NULL"),
            postgresql_where=text("released_at IS NULL"),
        ),
        Index(None, "released_at", "expires_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    booking_request_id: Mapped[int] = mapped_column(ForeignKey("booking_request.id"), index=True)
    rank: Mapped[int] = mapped_column(default=1)
    starts_at: Mapped[datetime] = mapped_column(comment="the first session")
    ends_at: Mapped[datetime] = mapped_column(comment="the last session")
    stay_starts_at: Mapped[datetime] = mapped_column(comment="get-in included")
    stay_ends_at: Mapped[datetime] = mapped_column(comment="get-out included")
    installation_id: Mapped[int] = mapped_column(ForeignKey("installation.id"))
    room_id: Mapped[int] = mapped_column(ForeignKey("room.id"))
    performer_id: Mapped[int] = mapped_column(
        ForeignKey("performer.id"), comment="of the first session"
    )
    invitation_id: Mapped[int] = mapped_column(ForeignKey("invitation.id"))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    reminded_at: Mapped[datetime | None] = mapped_column(comment="NULL: no reminder sent yet")
    released_at: Mapped[datetime | None] = mapped_column(comment="NULL: the option lives")

    booking_request: Mapped["BookingRequest"] = relationship(back_populates="options")
    installation: Mapped[Installation] = relationship(lazy="joined", innerjoin=True)
    room: Mapped[Room] = relationship(lazy="joined", innerjoin=True)
    performer: Mapped[Performer] = relationship(lazy="joined", innerjoin=True)
    invitation: Mapped[Invitation] = relationship(lazy="joined", innerjoin=True)

    @property
    def period(self) -> Period:
        return Period(self.starts_at, self.ends_at)

    @property
    def stay(self) -> Period:
        return Period(self.stay_starts_at, self.stay_ends_at)

    @property
    def last_day(self) -> date:
        """The last whole day on which it is kept."""
        return local_date(self.expires_at - timedelta(seconds=1))
