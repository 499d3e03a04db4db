from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship
from sqlalchemy.orm.attributes import flag_modified

from booking.models.wish import WishColumns, wish_checks
from booking.rules.audience import Audience
from booking.rules.lifecycle import DeclineReason, RequestState
from core.orm import Base, ShortEnum, one_of
from people.models import Organisation
from venues.facts import District, districts
from venues.models import Room

if TYPE_CHECKING:
    from booking.models.consent import HostConsent
    from booking.models.option import Option
    from booking.models.stop import Stop


class BookingRequest(Base):
    """An organisation asks for the cube."""

    __tablename__ = "booking_request"
    __table_args__ = (
        CheckConstraint(one_of("state", RequestState), name="state"),
        CheckConstraint(
            "decline_reason IS NULL OR " + one_of("decline_reason", DeclineReason),
            name="decline_reason",
        ),
        CheckConstraint("(decline_reason IS NULL) = (state <> 'declined')", name="declined_why"),
        CheckConstraint(
            "visitors_live_here >= 0 AND visitors_by_key_figure >= 0"
            " AND visitors_walk_in >= 0 AND visitors_from_city >= 0"
            " AND visitors_live_here + visitors_by_key_figure"
            " + visitors_walk_in + visitors_from_city > 0",
            name="visitors",
        ),
        CheckConstraint("district_number BETWEEN '01' AND '10'", name="district_number"),
        Index(None, "state", "submitted_at"),
        Index(None, "decided_at"),
        Index(None, "state", "answer_until"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(12), unique=True)
    state: Mapped[RequestState] = mapped_column(
        ShortEnum(RequestState), default=RequestState.SUBMITTED
    )
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    contact_name: Mapped[str] = mapped_column(String(120))
    contact_email: Mapped[str] = mapped_column(String(254))
    contact_phone: Mapped[str] = mapped_column(String(20), default="")
    language: Mapped[str] = mapped_column(String(2), default="nl")
    room_id: Mapped[int | None] = mapped_column(
        ForeignKey("room.id"), index=True, comment="NULL: the theatre looks for a place"
    )
    district_number: Mapped[str] = mapped_column(String(2), comment="where the audience lives")
    is_closed: Mapped[bool] = mapped_column(comment="only for the organisation's own people")
    visitors_live_here: Mapped[int] = mapped_column(default=0)
    visitors_by_key_figure: Mapped[int] = mapped_column(default=0)
    visitors_walk_in: Mapped[int] = mapped_column(default=0)
    visitors_from_city: Mapped[int] = mapped_column(default=0)
    hope: Mapped[str] = mapped_column(
        String(2000), default="", comment="what the meeting may bring"
    )
    public_title: Mapped[str] = mapped_column(
        String(120), default="", comment="for the agenda; empty: the name of the piece"
    )
    internal_subject: Mapped[str] = mapped_column(
        String(120), default="", comment="for the theatre's own eyes"
    )
    decline_reason: Mapped[DeclineReason | None] = mapped_column(
        ShortEnum(DeclineReason), comment="NULL: not declined"
    )
    decline_words: Mapped[str] = mapped_column(String(1000), default="")
    submitted_at: Mapped[datetime]
    decided_at: Mapped[datetime | None] = mapped_column(comment="NULL: nobody has decided yet")
    answer_until: Mapped[datetime | None] = mapped_column(
        comment="when the theatre has promised an answer; NULL: asked before this was kept"
    )
    nudged_at: Mapped[datetime | None] = mapped_column(
        comment="NULL: the planners were not reminded"
    )
    version: Mapped[int] = mapped_column(default=1)

    organisation: Mapped[Organisation] = relationship(lazy="joined", innerjoin=True)
    room: Mapped[Room | None] = relationship(lazy="joined")
    choices: Mapped[list["RequestChoice"]] = relationship(
        order_by="RequestChoice.position", cascade="all, delete-orphan", lazy="selectin"
    )
    alternatives: Mapped[list["Alternative"]] = relationship(
        order_by="Alternative.position", cascade="all, delete-orphan", lazy="selectin"
    )
    options: Mapped[list["Option"]] = relationship(
        back_populates="booking_request", order_by="Option.id", lazy="selectin"
    )
    stops: Mapped[list["Stop"]] = relationship(
        back_populates="booking_request", order_by="Stop.id", lazy="selectin"
    )
    consents: Mapped[list["HostConsent"]] = relationship(
        back_populates="booking_request", order_by="HostConsent.id", lazy="selectin"
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own shape

    @property
    def subject(self) -> tuple[str, int]:
        """What its history and its letters are about."""
        return ("booking_request", self.id)

    def touch(self) -> None:
        """Something of it changed outside its columns: who looked before saw an older version."""
        flag_modified(self, "state")

    def is_late(self, now: datetime) -> bool:
        """The theatre has not answered by when it promised."""
        until = self.answer_until
        return self.state is RequestState.SUBMITTED and until is not None and until <= now

    @property
    def district(self) -> District:
        return districts()[self.district_number]

    @property
    def audience(self) -> Audience:
        return Audience(
            live_here=self.visitors_live_here,
            by_key_figure=self.visitors_by_key_figure,
            walk_in=self.visitors_walk_in,
            from_city=self.visitors_from_city,
        )

    @property
    def visitors(self) -> int:
        return self.audience.total

    @property
    def option(self) -> "Option | None":
        """The living option."""
        return next((o for o in self.options if o.released_at is None), None)

    @property
    def consent(self) -> "HostConsent | None":
        """The answer that counts: the one that is open, else the latest refusal."""
        latest = next(reversed(self.consents), None)
        refused = latest if latest and latest.dropped_at is None else None
        return next((each for each in self.consents if each.is_open), refused)

    @property
    def stop(self) -> "Stop | None":
        """The latest stop that was not taken back."""
        return next((s for s in reversed(self.stops) if not s.is_undone), None)


class RequestChoice(WishColumns, Base):
    """A moment the asker would like; position 1 is the first choice."""

    __tablename__ = "request_choice"
    __table_args__ = (
        CheckConstraint("position > 0", name="position"),
        *wish_checks(),
        Index(None, "booking_request_id", "position", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    booking_request_id: Mapped[int] = mapped_column(ForeignKey("booking_request.id"))
    position: Mapped[int]


class Alternative(WishColumns, Base):
    """Another moment, offered with a decline."""

    __tablename__ = "alternative"
    __table_args__ = (
        CheckConstraint("position BETWEEN 1 AND 3", name="position"),
        CheckConstraint("stay_starts_at < stay_ends_at", name="stay"),
        CheckConstraint(
            "(kept_until IS NULL) = (stay_starts_at IS NULL)"
            " AND (kept_until IS NULL) = (stay_ends_at IS NULL)"
            " AND (kept_until IS NULL) = (installation_id IS NULL)"
            " AND (kept_until IS NULL) = (performer_id IS NULL)",
            name="kept",
        ),
        *wish_checks(),
        Index(None, "booking_request_id", "position", unique=True),
        Index(None, "kept_until"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    booking_request_id: Mapped[int] = mapped_column(ForeignKey("booking_request.id"))
    position: Mapped[int]
    stay_starts_at: Mapped[datetime | None] = mapped_column(comment="NULL: not kept")
    stay_ends_at: Mapped[datetime | None] = mapped_column(comment="NULL: not kept")
    installation_id: Mapped[int | None] = mapped_column(
        ForeignKey("installation.id"), comment="NULL: not kept"
    )
    performer_id: Mapped[int | None] = mapped_column(
        ForeignKey("performer.id"), comment="of the first session; NULL: not kept"
    )
    kept_until: Mapped[datetime | None] = mapped_column(
        comment="for who it was offered to; NULL: not kept"
    )
