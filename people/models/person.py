from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.language import DUTCH
from core.orm import Base, ShortEnum, one_of


class Role(StrEnum):
    PLANNER = "planner"
    PERFORMER = "performer"
    HOST = "host"


class Person(Base):
    """Somebody who can sign in: by a mailed link, without a password."""

    __tablename__ = "person"
    __table_args__ = (CheckConstraint("email = lower(email)", name="email_lower"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    email: Mapped[str] = mapped_column(String(254), unique=True)
    phone: Mapped[str] = mapped_column(String(30), default="")
    language: Mapped[str] = mapped_column(String(2), default=DUTCH)
    epoch: Mapped[int] = mapped_column(
        default=0, comment="raised to end all sessions of this person at once"
    )
    disabled_at: Mapped[datetime | None] = mapped_column(comment="NULL: may sign in")
    created_at: Mapped[datetime]

    granted: Mapped[list["PersonRole"]] = relationship(
        lazy="selectin", cascade="all, delete-orphan", order_by="PersonRole.role"
    )

    @property
    def roles(self) -> frozenset[Role]:
        return frozenset(each.role for each in self.granted)

    @property
    def is_planner(self) -> bool:
        return Role.PLANNER in self.roles

    @property
    def is_performer(self) -> bool:
        return Role.PERFORMER in self.roles

    @property
    def is_host(self) -> bool:
        return Role.HOST in self.roles

    def grant(self, role: Role) -> None:
        """Give a role; one that is there already stays."""
        if role not in self.roles:
            self.granted.append(PersonRole(role=role))


class PersonRole(Base):
    """What a person may do."""

    __tablename__ = "person_role"
    __table_args__ = (CheckConstraint(one_of("role", Role), name="role"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    role: Mapped[Role] = mapped_column(ShortEnum(Role), primary_key=True)
