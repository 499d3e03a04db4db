from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.geography import Point
from core.orm import Base
from core.resource import Resource
from people.models import Person
from venues.facts import District, postcodes


class Installation(Base):
    """A touring installation: today the cube."""

    __tablename__ = "installation"
    __table_args__ = (CheckConstraint("length(depot_pc4) = 4", name="depot_pc4"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    resource_id: Mapped[int] = mapped_column(ForeignKey("resource.id"), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    piece: Mapped[str] = mapped_column(String(120), comment="what is played in it")
    depot_pc4: Mapped[str] = mapped_column(String(4))
    retired_at: Mapped[datetime | None] = mapped_column(comment="NULL: it tours")

    resource: Mapped[Resource] = relationship()

    @property
    def depot_point(self) -> Point:
        return postcodes()[self.depot_pc4].centre

    @property
    def depot_district(self) -> District:
        return postcodes()[self.depot_pc4].district


class Performer(Base):
    """A player, who tells his own story."""

    __tablename__ = "performer"

    id: Mapped[int] = mapped_column(primary_key=True)
    resource_id: Mapped[int] = mapped_column(ForeignKey("resource.id"), unique=True)
    person_id: Mapped[int | None] = mapped_column(
        ForeignKey("person.id"), unique=True, comment="NULL: cannot sign in and gets no mail"
    )
    name: Mapped[str] = mapped_column(String(80))
    retired_at: Mapped[datetime | None] = mapped_column(comment="NULL: plays")

    resource: Mapped[Resource] = relationship()
    person: Mapped[Person | None] = relationship()

    @property
    def subject(self) -> tuple[str, int]:
        return ("performer", self.id)
