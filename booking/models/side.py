from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from booking.models.invitation import Invitation
from booking.models.stop import Stop
from booking.rules.side import ProposedBy, SideMoment, SideOffer, SidePlace, SideState
from core.orm import Base, ShortEnum, one_of
from core.period import Period
from venues.models import Room


class SideItem(Base):
    """Something a partner offers around a stop, with a time and a place of its own."""

    __tablename__ = "side_item"
    __table_args__ = (
        CheckConstraint(one_of("state", SideState), name="state"),
        CheckConstraint(one_of("place", SidePlace), name="place"),
        CheckConstraint(one_of("proposed_by", ProposedBy), name="proposed_by"),
        CheckConstraint("(room_id IS NULL) = (place <> 'room')", name="room"),
        CheckConstraint("(words = '') = (place <> 'outdoors')", name="words"),
        CheckConstraint("starts_at < ends_at", name="order"),
        CheckConstraint("people > 0", name="people"),
        Index(None, "stop_id", "starts_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    stop_id: Mapped[int] = mapped_column(ForeignKey("stop.id"))
    invitation_id: Mapped[int] = mapped_column(ForeignKey("invitation.id"))
    state: Mapped[SideState] = mapped_column(ShortEnum(SideState), default=SideState.PROPOSED)
    proposed_by: Mapped[ProposedBy] = mapped_column(
        ShortEnum(ProposedBy), default=ProposedBy.THEATRE
    )
    title: Mapped[str] = mapped_column(String(120))
    text: Mapped[str] = mapped_column(String(500), comment="everybody reads it")
    partner: Mapped[str] = mapped_column(String(120), comment="who does it; for the theatre only")
    email: Mapped[str] = mapped_column(String(254), comment="empty: erased")
    phone: Mapped[str] = mapped_column(String(20))
    language: Mapped[str] = mapped_column(
        String(2), default="nl", comment="in which the partner is written to"
    )
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    place: Mapped[SidePlace] = mapped_column(ShortEnum(SidePlace))
    room_id: Mapped[int | None] = mapped_column(ForeignKey("room.id"), comment="NULL: no room")
    words: Mapped[str] = mapped_column(String(200), comment="where, outdoors; else empty")
    people: Mapped[int] = mapped_column(comment="how many are expected")
    reply: Mapped[str] = mapped_column(
        String(1000), default="", comment="what the theatre said last: why not, or what else"
    )
    made_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    stop: Mapped[Stop] = relationship(lazy="joined", innerjoin=True)
    room: Mapped[Room | None] = relationship(lazy="joined")
    invitation: Mapped[Invitation] = relationship()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own shape

    @property
    def subject(self) -> tuple[str, int]:
        return ("side_item", self.id)

    @property
    def period(self) -> Period:
        return Period(self.starts_at, self.ends_at)

    @property
    def moment(self) -> SideMoment:
        return SideMoment(self.period, self.place, self.people, self.room_id, self.words)

    @moment.setter
    def moment(self, chosen: SideMoment) -> None:
        self.starts_at, self.ends_at = chosen.period.start, chosen.period.end
        self.place, self.people = chosen.place, chosen.people
        self.room_id, self.words = chosen.room_id, chosen.words

    @property
    def offer(self) -> SideOffer:
        who = (self.partner, self.email, self.phone)
        return SideOffer(self.title, self.text, *who, self.moment, self.language)

    @offer.setter
    def offer(self, given: SideOffer) -> None:
        self.title, self.text, self.moment = given.title, given.text, given.moment
        self.partner, self.email, self.phone = given.partner, given.email, given.phone
        self.language = given.language

    @property
    def is_from_asker(self) -> bool:
        return self.proposed_by is ProposedBy.ASKER

    @property
    def is_agreed(self) -> bool:
        return self.state is SideState.AGREED

    @property
    def where(self) -> str:
        """For a reader who may know the place of the stop."""
        if self.place is SidePlace.OUTDOORS:
            return self.words
        room = self.room or self.stop.room
        return f"{room.full_name}, {room.venue.address}"
