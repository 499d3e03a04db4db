"""Whatever has time that can be claimed: an installation, a performer, a room."""

from enum import StrEnum

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.orm import Base, ShortEnum, one_of


class ResourceKind(StrEnum):
    INSTALLATION = "installation"
    PERFORMER = "performer"
    ROOM = "room"


class Resource(Base):
    """The identity that claims point at; the thing itself points here, one to one."""

    __tablename__ = "resource"
    __table_args__ = (CheckConstraint(one_of("kind", ResourceKind), name="kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[ResourceKind] = mapped_column(ShortEnum(ResourceKind))
