from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from core.orm import Base

LONGEST_NAME = 120


def name_key(name: str) -> str:
    """One key for the spellings of a name that people would take for the same."""
    return " ".join(name.casefold().split())[: 2 * LONGEST_NAME]


class Organisation(Base):
    """Whoever asks for the cube: a community centre, a buddy project, neighbours."""

    __tablename__ = "organisation"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(LONGEST_NAME))
    name_key: Mapped[str] = mapped_column(String(2 * LONGEST_NAME), unique=True)
    created_at: Mapped[datetime]
