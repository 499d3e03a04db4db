from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from booking.models.installation import Installation, Performer
from booking.models.invitation import Invitation
from booking.models.wish import WishColumns, wish_checks
from booking.rules.tour import Hold
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
        CheckConstraint("(challenged_at IS NULL) = (decide_until IS NULL)", name="challenged"),
        CheckConstraint("decide_until <= expires_at", name="decide_until"),
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
    position: Mapped[int] = mapped_column(
        comment="in line, over all options; by arrival, unless a planner moves it"
    )
    rank: Mapped[int] = mapped_column(
        default=1, comment="among those that collide with it, as its asker was last told"
    )
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
    challenged_at: Mapped[datetime | None] = mapped_column(
        comment="when its asker was asked to decide; NULL: not"
    )
    decide_until: Mapped[datetime | None] = mapped_column(
        comment="it lapses then, unless its asker wants it; NULL: not asked to decide"
    )
    wanted_at: Mapped[datetime | None] = mapped_column(
        comment="when its asker said to want it for certain; NULL: not"
    )
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
        return local_date(self.ends_by - timedelta(seconds=1))

    @property
    def is_to_decide(self) -> bool:
        """Its asker was asked to decide and has not said yes."""
        return self.decide_until is not None and self.wanted_at is None

    @property
    def ends_by(self) -> datetime:
        """When it lapses by the clock."""
        if self.decide_until and self.is_to_decide:
            return self.decide_until
        return self.expires_at

    @property
    def hold(self) -> Hold:
        """As the rules see it."""
        owners = (self.installation, self.performer, self.room)
        return Hold(
            request_id=self.booking_request_id,
            resource_ids=frozenset(owner.resource_id for owner in owners),
            stay=self.stay,
            expires_at=self.ends_by,
            position=self.position,
        )
