from datetime import date, time

from sqlalchemy import CheckConstraint, Date, ForeignKey, String, Time
from sqlalchemy.orm import Mapped, mapped_column, relationship

from booking.rules.availability import Availability, DaysOff, PlaceKind
from core.orm import Base
from venues.rules.opening import WeeklyHours


class PerformerAvailability(Base):
    """When a performer can play, as he says himself. Without a row: always."""

    __tablename__ = "performer_availability"
    __table_args__ = (CheckConstraint("at_most > 0", name="at_most"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    performer_id: Mapped[int] = mapped_column(ForeignKey("performer.id"), unique=True)
    at_most: Mapped[int | None] = mapped_column(comment="encounters a day; NULL: the norm")
    avoids_outdoors: Mapped[bool] = mapped_column(default=False)
    avoids_steps: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)

    hours: Mapped[list["PerformerHours"]] = relationship(
        order_by="PerformerHours.weekday, PerformerHours.opens_at",
        cascade="all, delete-orphan",
        lazy="selectin",
    )
    days: Mapped[list["PerformerDays"]] = relationship(
        order_by="PerformerDays.first_on, PerformerDays.id",
        cascade="all, delete-orphan",
        lazy="selectin",
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own shape

    @property
    def said(self) -> Availability:
        avoids = {PlaceKind.OUTDOORS: self.avoids_outdoors, PlaceKind.STEPS: self.avoids_steps}
        return Availability(
            week=tuple(WeeklyHours(h.weekday, h.opens_at, h.closes_at) for h in self.hours),
            days=tuple(DaysOff(d.first_on, d.last_on, d.is_extra, d.words) for d in self.days),
            at_most=self.at_most,
            avoids=frozenset(kind for kind, is_avoided in avoids.items() if is_avoided),
        )


class PerformerHours(Base):
    """Can play on this weekday, every week."""

    __tablename__ = "performer_hours"
    __table_args__ = (
        CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday"),
        CheckConstraint("opens_at < closes_at", name="order"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    availability_id: Mapped[int] = mapped_column(
        ForeignKey("performer_availability.id"), index=True
    )
    weekday: Mapped[int] = mapped_column(comment="0 = Monday")
    opens_at: Mapped[time] = mapped_column(Time)
    closes_at: Mapped[time] = mapped_column(Time, comment="23:59 means until midnight")


class PerformerDays(Base):
    """One day or more that are not as other weeks."""

    __tablename__ = "performer_days"
    __table_args__ = (CheckConstraint("first_on <= last_on", name="order"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    availability_id: Mapped[int] = mapped_column(
        ForeignKey("performer_availability.id"), index=True
    )
    first_on: Mapped[date] = mapped_column(Date)
    last_on: Mapped[date] = mapped_column(Date)
    is_extra: Mapped[bool] = mapped_column(comment="false: cannot play")
    words: Mapped[str] = mapped_column(String(80), comment="only the theatre reads it")
