"""What happened to a venue or a room, and who did it."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

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
    facts: dict[str, Any] = field(default_factory=dict)
    whom: str = ""  # whom it was done to, when that was a person


def story_told(subject: tuple[str, int]) -> list[Told]:
    """Newest first."""
    entries = story(subject)
    names = _names(entries)
    return [
        Told(
            each.at,
            each.action,
            names.get(each.person_id, ""),
            each.why,
            each.facts,
            names.get(each.facts.get("person"), ""),
        )
        for each in reversed(entries)
    ]


def _names(entries: list[HistoryEntry]) -> dict[int | None, str]:
    done_to = (entry.facts.get("person") for entry in entries)
    ids = {each for each in (*(entry.person_id for entry in entries), *done_to) if each is not None}
    found = session.execute(select(Person.id, Person.name).where(Person.id.in_(ids)))
    return {row.id: row.name for row in found}
