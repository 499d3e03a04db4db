from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from booking.rules.promises import Intake
from core.orm import Base, ShortEnum, one_of


class MomentState(StrEnum):
    OPEN = "open"
    CLOSED = "closed"  # decided, or called off


class Moment(Base):
    """Days around which requests are collected, and then planned together."""

    __tablename__ = "moment"
    __table_args__ = (
        CheckConstraint(one_of("state", MomentState), name="state"),
        CheckConstraint("first_day <= last_day", name="days"),
        CheckConstraint("intake_from <= intake_until AND intake_until < first_day", name="intake"),
        CheckConstraint("nearby_days BETWEEN 1 AND 28", name="nearby_days"),
        Index(None, "state", "first_day"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_name: Mapped[str] = mapped_column(String(120))
    internal_subject: Mapped[str] = mapped_column(
        String(120), default="", comment="for the theatre's own eyes"
    )
    public_text: Mapped[str] = mapped_column(String(1000), default="")
    first_day: Mapped[date]
    last_day: Mapped[date]
    intake_from: Mapped[date]
    intake_until: Mapped[date] = mapped_column(comment="the last day on which requests count")
    nearby_days: Mapped[int] = mapped_column(
        default=14, comment="how far before and after the rest is offered something"
    )
    state: Mapped[MomentState] = mapped_column(ShortEnum(MomentState), default=MomentState.OPEN)
    created_at: Mapped[datetime]
    nudged_at: Mapped[datetime | None] = mapped_column(
        comment="when planners were told to choose; NULL: not yet"
    )
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own shape

    @property
    def subject(self) -> tuple[str, int]:
        """What its history is about."""
        return ("moment", self.id)

    @property
    def is_open(self) -> bool:
        return self.state is MomentState.OPEN

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last."""
        return self.first_day, self.last_day

    @property
    def intake(self) -> Intake:
        return Intake(self.public_name, self.first_day, self.last_day, self.intake_until)

    def touches(self, first: date, last: date) -> bool:
        """It shares a day with those from `first` to `last`."""
        return self.intake.touches(first, last)


class YearlyAnswer(Base):
    """What a planner said of a yearly day in one year: it became a moment, or it was dismissed."""

    __tablename__ = "yearly_answer"
    __table_args__ = (UniqueConstraint("yearly_day", "year"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    yearly_day: Mapped[str] = mapped_column(String(40))
    year: Mapped[int]
    moment_id: Mapped[int | None] = mapped_column(
        ForeignKey("moment.id"), index=True, comment="NULL: dismissed"
    )
    at: Mapped[datetime]
