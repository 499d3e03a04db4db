"""What performers say of when and where they can play. Without a row: always, everywhere."""

from datetime import date, time

from sqlalchemy import CheckConstraint, Date, ForeignKey, String, Time
from sqlalchemy.orm import Mapped, mapped_column, relationship
from sqlalchemy.orm.attributes import flag_modified

from booking.rules.availability import Availability, OtherDays, WeeklyPart
from booking.rules.norms import DayPart
from booking.rules.place_kinds import Avoided, Objection, PlaceKind
from core.orm import Base, ShortEnum, one_of
from venues.rules.opening import WeeklyHours


class PerformerAvailability(Base):
    """All that one performer says; its version is that of everything below it."""

    __tablename__ = "performer_availability"
    __table_args__ = (CheckConstraint("at_most > 0", name="at_most"),)

    performer_id: Mapped[int] = mapped_column(ForeignKey("performer.id"), primary_key=True)
    at_most: Mapped[int | None] = mapped_column(comment="encounters a day; NULL: the norm")
    version: Mapped[int] = mapped_column(default=1)

    times: Mapped[list["PerformerTime"]] = relationship(
        order_by="PerformerTime.id", cascade="all, delete-orphan", lazy="selectin"
    )
    days: Mapped[list["PerformerDays"]] = relationship(
        order_by="PerformerDays.first_on, PerformerDays.id",
        cascade="all, delete-orphan",
        lazy="selectin",
    )
    avoided: Mapped[list["AvoidedPlace"]] = relationship(
        order_by="AvoidedPlace.kind", cascade="all, delete-orphan", lazy="selectin"
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own shape

    @property
    def said(self) -> Availability:
        parts, hours = [each.part for each in self.times], [each.hours for each in self.times]
        return Availability(
            parts=tuple(each for each in parts if each),
            hours=tuple(each for each in hours if each),
            days=tuple(each.value for each in self.days),
            avoids=tuple(sorted(Avoided(each.kind, each.objection) for each in self.avoided)),
            at_most=self.at_most,
        )

    def say(self, said: Availability) -> None:
        """All but the other days, which come and go one by one."""
        self.at_most = said.at_most
        self.times = [
            *(PerformerTime(weekday=each.weekday, day_part=each.part) for each in said.parts),
            *(
                PerformerTime(weekday=each.weekday, starts_at=each.opens_at, ends_at=each.closes_at)
                for each in said.hours
            ),
        ]
        before = {each.kind: each for each in self.avoided}
        self.avoided = [
            before.get(each.kind) or AvoidedPlace(kind=each.kind) for each in said.avoids
        ]
        for row, each in zip(self.avoided, said.avoids, strict=True):
            row.objection = each.objection

    def touch(self) -> None:
        """Something below it changed: who looked before saw an older version."""
        flag_modified(self, "at_most")


class PerformerTime(Base):
    """Every week: a part of a weekday, or hours of it by the clock on the wall in Utrecht."""

    __tablename__ = "performer_time"
    __table_args__ = (
        CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday"),
        CheckConstraint("day_part IS NULL OR " + one_of("day_part", DayPart), name="day_part"),
        CheckConstraint(
            "(day_part IS NULL) = (starts_at IS NOT NULL)"
            " AND (starts_at IS NULL) = (ends_at IS NULL)",
            name="part_or_hours",
        ),
        CheckConstraint("starts_at < ends_at", name="order"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    performer_id: Mapped[int] = mapped_column(
        ForeignKey("performer_availability.performer_id"), index=True
    )
    weekday: Mapped[int] = mapped_column(comment="0 = Monday")
    day_part: Mapped[DayPart | None] = mapped_column(ShortEnum(DayPart), comment="NULL: hours")
    starts_at: Mapped[time | None] = mapped_column(Time, comment="NULL: a part of the day")
    ends_at: Mapped[time | None] = mapped_column(Time, comment="23:59 means until midnight")

    @property
    def part(self) -> WeeklyPart | None:
        return WeeklyPart(self.weekday, self.day_part) if self.day_part else None

    @property
    def hours(self) -> WeeklyHours | None:
        if self.starts_at is None or self.ends_at is None:
            return None
        return WeeklyHours(self.weekday, self.starts_at, self.ends_at)


class PerformerDays(Base):
    """One day or more that are not as other weeks."""

    __tablename__ = "performer_days"
    __table_args__ = (CheckConstraint("first_on <= last_on", name="order"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    performer_id: Mapped[int] = mapped_column(
        ForeignKey("performer_availability.performer_id"), index=True
    )
    first_on: Mapped[date] = mapped_column(Date)
    last_on: Mapped[date] = mapped_column(Date, index=True)
    is_extra: Mapped[bool] = mapped_column(comment="false: cannot play")
    words: Mapped[str] = mapped_column(String(80), comment="only the theatre reads it")

    @property
    def value(self) -> OtherDays:
        return OtherDays(self.first_on, self.last_on, self.is_extra, self.words)


class AvoidedPlace(Base):
    """A kind of place where a performer would rather not play, or cannot."""

    __tablename__ = "avoided_place"
    __table_args__ = (
        CheckConstraint(one_of("kind", PlaceKind), name="kind"),
        CheckConstraint(one_of("objection", Objection), name="objection"),
    )

    performer_id: Mapped[int] = mapped_column(
        ForeignKey("performer_availability.performer_id"), primary_key=True
    )
    kind: Mapped[PlaceKind] = mapped_column(ShortEnum(PlaceKind), primary_key=True)
    objection: Mapped[Objection] = mapped_column(ShortEnum(Objection))
