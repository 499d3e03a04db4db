from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from booking.models.encounter import Encounter
from booking.models.installation import Performer
from booking.models.stop import Stop
from booking.rules.swapping import Offered, SwapAnswer, SwapState, swap_state
from core.orm import Base, ShortEnum, one_of


class SwapRequest(Base):
    """One performer asks another to play some encounters of a stop; a yes changes who plays."""

    __tablename__ = "swap_request"
    __table_args__ = (
        CheckConstraint(one_of("answer", SwapAnswer), name="answer"),
        CheckConstraint("(answered_at IS NULL) = (answer IS NULL)", name="answered"),
        CheckConstraint("asker_id <> colleague_id", name="two"),
        Index(None, "stop_id"),
        Index(None, "asker_id", "answered_at"),
        Index(None, "colleague_id", "answered_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    stop_id: Mapped[int] = mapped_column(ForeignKey("stop.id"))
    asker_id: Mapped[int] = mapped_column(ForeignKey("performer.id"))
    colleague_id: Mapped[int] = mapped_column(ForeignKey("performer.id"))
    words: Mapped[str] = mapped_column(
        String(500), default="", comment="only for the colleague; erased with the answer"
    )
    made_at: Mapped[datetime]
    answered_at: Mapped[datetime | None] = mapped_column(comment="NULL: open, or lapsed")
    answer: Mapped[SwapAnswer | None] = mapped_column(
        ShortEnum(SwapAnswer), comment="NULL: open, or lapsed"
    )

    stop: Mapped[Stop] = relationship(lazy="joined", innerjoin=True)
    asker: Mapped[Performer] = relationship(foreign_keys=[asker_id], lazy="joined", innerjoin=True)
    colleague: Mapped[Performer] = relationship(
        foreign_keys=[colleague_id], lazy="joined", innerjoin=True
    )
    offered: Mapped[list["SwapEncounter"]] = relationship(
        order_by="SwapEncounter.starts_at", cascade="all, delete-orphan", lazy="selectin"
    )

    @property
    def subject(self) -> tuple[str, int]:
        return ("swap_request", self.id)

    @property
    def numbers(self) -> list[int]:
        return [each.encounter.number for each in self.offered]

    def state_at(self, now: datetime) -> SwapState:
        offered = [each.value(self.asker_id) for each in self.offered]
        return swap_state(self.answer, offered, self.stop.starts_at, now)


class SwapEncounter(Base):
    """One encounter that is offered, at the time it had then."""

    __tablename__ = "swap_encounter"

    swap_request_id: Mapped[int] = mapped_column(ForeignKey("swap_request.id"), primary_key=True)
    encounter_id: Mapped[int] = mapped_column(ForeignKey("encounter.id"), primary_key=True)
    starts_at: Mapped[datetime] = mapped_column(comment="as it was offered")

    encounter: Mapped[Encounter] = relationship(lazy="joined", innerjoin=True)

    def value(self, asker_id: int) -> Offered:
        """As the rules see it."""
        encounter = self.encounter
        is_played = encounter.dropped_at is None and encounter.stop.is_confirmed
        return Offered(
            self.starts_at,
            encounter.starts_at if is_played else None,
            encounter.performer_id == asker_id,
        )
