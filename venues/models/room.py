from dataclasses import fields
from datetime import datetime, time
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Time
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.orm import Base, ShortEnum, one_of
from core.resource import Resource
from venues.models.venue import Venue
from venues.rules.fit import Ground, Measures
from venues.rules.opening import WeeklyHours

MEASURES = tuple(field.name for field in fields(Measures))


class RoomState(StrEnum):
    PUBLISHED = "published"
    PAUSED = "paused"  # keeps what was booked, takes nothing new
    RETIRED = "retired"  # gone for good; kept because history points at it


class Room(Base):
    """What is bookable inside a venue, indoors or outdoors. Retired, never deleted."""

    __tablename__ = "room"
    __table_args__ = (
        CheckConstraint(one_of("state", RoomState), name="state"),
        CheckConstraint("ground IS NULL OR " + one_of("ground", Ground), name="ground"),
        CheckConstraint("people > 0", name="people"),
        CheckConstraint("floor_length_cm > 0", name="floor_length"),
        CheckConstraint("floor_width_cm > 0", name="floor_width"),
        CheckConstraint("free_height_cm > 0", name="free_height"),
        CheckConstraint("door_width_cm > 0", name="door_width"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    venue_id: Mapped[int] = mapped_column(ForeignKey("venue.id"), index=True)
    resource_id: Mapped[int] = mapped_column(ForeignKey("resource.id"), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    state: Mapped[RoomState] = mapped_column(ShortEnum(RoomState), default=RoomState.PUBLISHED)
    is_outdoors: Mapped[bool] = mapped_column(default=False)
    welcomes_cube: Mapped[bool] = mapped_column(
        default=True, comment="the host lets the cube come here"
    )
    people: Mapped[int | None] = mapped_column(comment="NULL: nobody has said")
    floor_length_cm: Mapped[int | None] = mapped_column(comment="NULL: nobody has said")
    floor_width_cm: Mapped[int | None] = mapped_column(comment="NULL: nobody has said")
    free_height_cm: Mapped[int | None] = mapped_column(comment="NULL: nobody has said")
    door_width_cm: Mapped[int | None] = mapped_column(
        comment="narrowest on the route; NULL: unsaid"
    )
    is_step_free: Mapped[bool | None] = mapped_column(comment="NULL: nobody has said")
    has_lift: Mapped[bool | None] = mapped_column(comment="NULL: nobody has said")
    has_accessible_toilet: Mapped[bool | None] = mapped_column(comment="NULL: nobody has said")
    has_power: Mapped[bool | None] = mapped_column(comment="a 230 V socket; NULL: unsaid")
    is_quiet: Mapped[bool | None] = mapped_column(comment="NULL: nobody has said")
    is_sheltered: Mapped[bool | None] = mapped_column(comment="outdoors; NULL: nobody has said")
    ground: Mapped[Ground | None] = mapped_column(
        ShortEnum(Ground), comment="outdoors; NULL: nobody has said"
    )
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    venue: Mapped[Venue] = relationship(back_populates="rooms", lazy="joined", innerjoin=True)
    resource: Mapped[Resource] = relationship()
    opening_hours: Mapped[list["OpeningHours"]] = relationship(
        order_by="OpeningHours.weekday, OpeningHours.opens_at",
        cascade="all, delete-orphan",
        lazy="selectin",
    )
    closures: Mapped[list["Closure"]] = relationship(
        order_by="Closure.starts_at", cascade="all, delete-orphan", lazy="raise"
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own shape

    @property
    def full_name(self) -> str:
        return f"{self.venue.name}, {self.name}" if self.name else self.venue.name

    @property
    def measures(self) -> Measures:
        return Measures(**{name: getattr(self, name) for name in MEASURES})

    @measures.setter
    def measures(self, measures: Measures) -> None:
        for name in MEASURES:
            setattr(self, name, getattr(measures, name))


class OpeningHours(Base):
    """One weekly period in which a room is open, wall clock in Utrecht."""

    __tablename__ = "opening_hours"
    __table_args__ = (
        CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday"),
        CheckConstraint("opens_at < closes_at", name="order"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    room_id: Mapped[int] = mapped_column(ForeignKey("room.id"), index=True)
    weekday: Mapped[int] = mapped_column(comment="0 = Monday")
    opens_at: Mapped[time] = mapped_column(Time)
    closes_at: Mapped[time] = mapped_column(Time, comment="23:59 means until midnight")

    @property
    def weekly(self) -> WeeklyHours:
        return WeeklyHours(self.weekday, self.opens_at, self.closes_at)


class Closure(Base):
    """A time a room is closed although its weekly hours say open."""

    __tablename__ = "closure"
    __table_args__ = (
        CheckConstraint("starts_at < ends_at", name="order"),
        Index(None, "room_id", "ends_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    room_id: Mapped[int] = mapped_column(ForeignKey("room.id"))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(String(200), default="")
