from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from booking.models.installation import Installation, Performer
from booking.models.invitation import Invitation
from booking.models.wish import WishColumns, wish_checks
from booking.rules.lifecycle import RequestState, StopState
from booking.rules.stretches import Stretch, stretches
from core.orm import Base, ShortEnum, one_of
from core.period import Period
from venues.models import Room

if TYPE_CHECKING:
    from booking.models.claim import Claim
    from booking.models.encounter import Encounter
    from booking.models.request import BookingRequest


class Stop(WishColumns, Base):
    """The cube at one place for one period, with get-in and get-out."""

    __tablename__ = "stop"
    __table_args__ = (
        CheckConstraint(one_of("state", StopState), name="state"),
        *wish_checks(),
        CheckConstraint(one_of("request_state_before", RequestState), name="request_state_before"),
        CheckConstraint("starts_at < ends_at", name="order"),
        CheckConstraint("stay_starts_at <= starts_at AND ends_at <= stay_ends_at", name="stay"),
        CheckConstraint("(cancelled_at IS NULL) = (state <> 'cancelled')", name="cancelled"),
        Index(
            "uq_stop_live",
            "booking_request_id",
            unique=True,
            sqlite_where=text("state = 'confirmed'"),
            postgresql_where=text("state = 'confirmed'"),
        ),
        Index(None, "starts_at", "ends_at"),
        Index(None, "installation_id", "stay_starts_at"),
        Index(None, "room_id", "starts_at"),
        Index(None, "undo_until"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    booking_request_id: Mapped[int] = mapped_column(ForeignKey("booking_request.id"), index=True)
    state: Mapped[StopState] = mapped_column(ShortEnum(StopState), default=StopState.CONFIRMED)
    installation_id: Mapped[int] = mapped_column(ForeignKey("installation.id"))
    room_id: Mapped[int] = mapped_column(ForeignKey("room.id"))
    invitation_id: Mapped[int] = mapped_column(ForeignKey("invitation.id"))
    starts_at: Mapped[datetime] = mapped_column(comment="the first session")
    ends_at: Mapped[datetime] = mapped_column(comment="the last session")
    stay_starts_at: Mapped[datetime] = mapped_column(comment="the get-in")
    stay_ends_at: Mapped[datetime] = mapped_column(comment="the get-out")
    is_closed: Mapped[bool] = mapped_column(comment="public pages show only the district")
    public_title: Mapped[str] = mapped_column(String(120))
    request_state_before: Mapped[RequestState] = mapped_column(
        ShortEnum(RequestState), comment="what undo goes back to"
    )
    confirmed_at: Mapped[datetime]
    undo_until: Mapped[datetime] = mapped_column(comment="mails leave after this")
    changed_at: Mapped[datetime] = mapped_column(comment="last revision, for calendars")
    cancelled_at: Mapped[datetime | None] = mapped_column(comment="NULL: not cancelled")
    cancel_words: Mapped[str] = mapped_column(String(1000), default="")
    version: Mapped[int] = mapped_column(default=1)

    booking_request: Mapped["BookingRequest"] = relationship(back_populates="stops")
    installation: Mapped[Installation] = relationship(lazy="joined", innerjoin=True)
    room: Mapped[Room] = relationship(lazy="joined", innerjoin=True)
    invitation: Mapped[Invitation] = relationship()
    sessions: Mapped[list["StopSession"]] = relationship(
        order_by="StopSession.starts_at", cascade="all, delete-orphan", lazy="selectin"
    )
    claims: Mapped[list["Claim"]] = relationship(back_populates="stop", order_by="Claim.starts_at")
    encounters: Mapped[list["Encounter"]] = relationship(
        back_populates="stop", order_by="Encounter.number"
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own shape

    @property
    def period(self) -> Period:
        return Period(self.starts_at, self.ends_at)

    @property
    def stay(self) -> Period:
        return Period(self.stay_starts_at, self.stay_ends_at)

    @property
    def played(self) -> list["Encounter"]:
        """The encounters that go on, in order."""
        return [each for each in self.encounters if each.dropped_at is None]

    @property
    def plays(self) -> list[tuple[Performer, Stretch]]:
        """Who plays when, in order."""
        return stretches(
            [(each.period, each.performer) for each in self.sessions],
            [(each.period, each.performer) for each in self.played],
        )

    @property
    def performers(self) -> list[Performer]:
        """Each once, in order of playing."""
        return list(dict.fromkeys(performer for performer, _stretch in self.plays))

    def stretches_of(self, performer: Performer) -> tuple[Stretch, ...]:
        return tuple(stretch for who, stretch in self.plays if who is performer)

    @property
    def is_confirmed(self) -> bool:
        return self.state is StopState.CONFIRMED

    @property
    def is_undone(self) -> bool:
        return self.state is StopState.UNDONE


class StopSession(Base):
    """One playing time of a stop.

    Who plays is said by its encounters. `performer` is only for those that are newly made in it.
    """

    __tablename__ = "stop_session"
    __table_args__ = (CheckConstraint("starts_at < ends_at", name="order"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    stop_id: Mapped[int] = mapped_column(ForeignKey("stop.id"), index=True)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    performer_id: Mapped[int] = mapped_column(ForeignKey("performer.id"))

    performer: Mapped[Performer] = relationship(lazy="joined", innerjoin=True)

    @property
    def period(self) -> Period:
        return Period(self.starts_at, self.ends_at)
