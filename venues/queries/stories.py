"""What happened to a venue or a room, and who did it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from core.db import session
from core.history import HistoryEntry, story
from people.models import Person


@dataclass(frozen=True, slots=True)
class Told:
    at: datetime
    action: str
    who: str  # empty: not a person with an account
    why: str


def story_told(subject: tuple[str, int]) -> list[Told]:
    """Newest first."""
    entries = story(subject)
    names = _names(entries)
    return [
        Told(each.at, each.action, names.get(each.person_id, ""), each.why)
        for each in reversed(entries)
    ]


def _names(entries: list[HistoryEntry]) -> dict[int | None, str]:
    ids = {entry.person_id for entry in entries if entry.person_id is not None}
    found = session.execute(select(Person.id, Person.name).where(Person.id.in_(ids)))
    return {row.id: row.name for row in found}
