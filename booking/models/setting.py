from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from booking.rules.settings import SettingTopic
from core.orm import Base, ShortEnum, one_of


class Setting(Base):
    """A number of the theatre's own, where it differs from the default in `rules`."""

    __tablename__ = "setting"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[Any] = mapped_column(JSON)


class SettingChange(Base):
    """One time that a planner set something: who, when, from what to what, and why. Kept for good.

    Its number is the version of its topic. Decisions that were made by the settings point at it.
    """

    __tablename__ = "setting_change"
    __table_args__ = (
        UniqueConstraint("topic", "number"),
        CheckConstraint(one_of("topic", SettingTopic), name="topic"),
        CheckConstraint("number > 0", name="number"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    topic: Mapped[SettingTopic] = mapped_column(ShortEnum(SettingTopic))
    number: Mapped[int]
    at: Mapped[datetime]
    person_id: Mapped[int | None] = mapped_column(
        ForeignKey("person.id"), comment="NULL: by a command"
    )
    why: Mapped[str] = mapped_column(String(1000))
    changed: Mapped[dict[str, Any]] = mapped_column(
        JSON, comment="of each setting: from what, to what"
    )
