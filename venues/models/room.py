from dataclasses import fields
from datetime import date, datetime, time
from enum import StrEnum

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, Time
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.orm import Base, ShortEnum, one_of
from core.resource import Resource
from venues.models.venue import Venue
from venues.rules.fit import Ground, Measures
from venues.rules.opening import DayHours, WeeklyHours
from venues.rules.terms import USUAL, BookableBy, Terms

MEASURES = tuple(field.name for field in fields(Measures))
TERMS = tuple(field.name for field in fields(Terms))


class RoomState(StrEnum):
    DRAFT = "draft"  # a host is still filling it in; nobody else sees it
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
        CheckConstraint(one_of("bookable_by", BookableBy), name="bookable_by"),
        CheckConstraint(
            "notice_hours >= 0 AND before_minutes >= 0 AND after_minutes >= 0"
            " AND cancel_hours >= 0",
            name="terms",
        ),
        CheckConstraint(
            "0 < shortest_minutes AND shortest_minutes <= longest_minutes"
            " AND longest_minutes <= 1440",
            name="meeting_length",
        ),
        CheckConstraint("dates_ahead > 0", name="dates_ahead"),
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
    has_kitchen: Mapped[bool | None] = mapped_column(comment="NULL: nobody has said")
    has_screen: Mapped[bool | None] = mapped_column(comment="NULL: nobody has said")
    has_garden: Mapped[bool | None] = mapped_column(comment="NULL: nobody has said")
    description: Mapped[str] = mapped_column(
        String(1000), default="", comment="what somebody should know before booking"
    )
    welcomes_meetings: Mapped[bool] = mapped_column(
        default=False, comment="the host lends it for meetings"
    )
    bookable_by: Mapped[BookableBy] = mapped_column(
        ShortEnum(BookableBy), default=BookableBy.ANYBODY
    )
    confirms_at_once: Mapped[bool] = mapped_column(
        default=False, comment="false: a host answers each booking"
    )
    notice_hours: Mapped[int] = mapped_column(default=USUAL.notice_hours)
    shortest_minutes: Mapped[int] = mapped_column(default=USUAL.shortest_minutes)
    longest_minutes: Mapped[int] = mapped_column(default=USUAL.longest_minutes)
    before_minutes: Mapped[int] = mapped_column(
        default=USUAL.before_minutes, comment="kept free before each meeting"
    )
    after_minutes: Mapped[int] = mapped_column(
        default=USUAL.after_minutes, comment="kept free after each meeting"
    )
    dates_ahead: Mapped[int | None] = mapped_column(
        default=USUAL.dates_ahead, comment="of one organisation at a time; NULL: no limit"
    )
    cancel_hours: Mapped[int] = mapped_column(
        default=USUAL.cancel_hours, comment="until when an organisation can cancel by itself"
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
    special_hours: Mapped[list["SpecialHours"]] = relationship(
        order_by="SpecialHours.day_on, SpecialHours.opens_at",
        cascade="all, delete-orphan",
        lazy="raise",
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

    @property
    def terms(self) -> Terms:
        return Terms(**{name: getattr(self, name) for name in TERMS})

    @terms.setter
    def terms(self, terms: Terms) -> None:
        for name in TERMS:
            setattr(self, name, getattr(terms, name))


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


class SpecialHours(Base):
    """Hours of one day that take the place of the weekly ones, wall clock in Utrecht."""

    __tablename__ = "special_hours"
    __table_args__ = (
        CheckConstraint("opens_at < closes_at", name="order"),
        Index(None, "room_id", "day_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    room_id: Mapped[int] = mapped_column(ForeignKey("room.id"))
    day_on: Mapped[date] = mapped_column(Date)
    opens_at: Mapped[time] = mapped_column(Time)
    closes_at: Mapped[time] = mapped_column(Time, comment="23:59 means until midnight")

    @property
    def hours(self) -> DayHours:
        return DayHours(self.day_on, self.opens_at, self.closes_at)


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
