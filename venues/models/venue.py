from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.geography import Point
from core.orm import Base
from people.models import Person
from venues.facts import District, districts, postcodes

if TYPE_CHECKING:
    from venues.models.room import Room


class Venue(Base):
    """A place in Utrecht with one address; what can be booked is a room inside it."""

    __tablename__ = "venue"
    __table_args__ = (
        CheckConstraint("district_number BETWEEN '01' AND '10'", name="district_number"),
        CheckConstraint("length(pc4) = 4", name="pc4"),
        Index(None, "pc4", "house_number"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    street: Mapped[str] = mapped_column(String(120), default="")
    house_number: Mapped[str] = mapped_column(String(12), default="")
    postcode: Mapped[str] = mapped_column(String(7), default="", comment="'3563 CB', or empty")
    pc4: Mapped[str] = mapped_column(String(4))
    district_number: Mapped[str] = mapped_column(String(2))
    phone: Mapped[str] = mapped_column(String(20), default="")
    arrival: Mapped[str] = mapped_column(
        String(1000), default="", comment="how to arrive and where to unload"
    )
    opened_by: Mapped[str] = mapped_column(String(200), default="", comment="reception: who opens")
    waiting_place: Mapped[str] = mapped_column(String(200), default="")
    coffee: Mapped[str] = mapped_column(String(200), default="")
    stays_after: Mapped[str] = mapped_column(
        String(200), default="", comment="who is there for the talk afterwards"
    )
    is_listed: Mapped[bool] = mapped_column(
        default=True, comment="false: an asker's own place, not shown to others"
    )
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    rooms: Mapped[list["Room"]] = relationship(back_populates="venue", order_by="Room.id")
    hosts: Mapped[list[Person]] = relationship(
        secondary="venue_host", order_by=Person.id, lazy="raise"
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own shape

    @property
    def district(self) -> District:
        return districts()[self.district_number]

    @property
    def point(self) -> Point:
        """The centre of the addresses with its postcode: near enough to plan with."""
        return postcodes()[self.pc4].centre

    @property
    def address(self) -> str:
        """One line; as much of it as is known."""
        street = f"{self.street} {self.house_number}".strip()
        town = f"{self.postcode or self.pc4} Utrecht"
        return f"{street}, {town}" if street else town


class VenueHost(Base):
    """A person who speaks for a venue."""

    __tablename__ = "venue_host"

    venue_id: Mapped[int] = mapped_column(ForeignKey("venue.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)
