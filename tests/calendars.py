"""A calendar of a person: it takes invitations in as the standard says, and shows what is in it.

What it holds is expanded by another engine than the one that wrote it.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

import recurring_ical_events
from icalendar import Calendar

FROM, UNTIL = date(2026, 1, 1), date(2030, 1, 1)


@dataclass
class OwnCalendar:
    """Entries by UID: an older one never takes the place of a newer one."""

    entries: dict[str, Any] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    refused: int = 0

    def take(self, ics: bytes) -> None:
        calendar = Calendar.from_ical(ics)
        (event,) = calendar.walk("VEVENT")
        uid = str(event["UID"])
        known = self.entries.get(uid)
        if known and _age(known) >= _age(event):
            self.refused += 1
            return
        self.entries[uid] = event
        self.gone.discard(uid)
        if str(calendar["METHOD"]) == "CANCEL":
            self.gone.add(uid)

    @property
    def shown(self) -> list[tuple[datetime, datetime, str]]:
        """From, until and where, in order."""
        found = [
            (each["DTSTART"].dt.astimezone(UTC), each["DTEND"].dt.astimezone(UTC), _place(each))
            for uid, event in self.entries.items()
            if uid not in self.gone
            for each in _expanded(event)
        ]
        return sorted(found)

    @property
    def starts(self) -> list[datetime]:
        return [start for start, _end, _place in self.shown]

    @property
    def live(self) -> int:
        """How many entries there are, a series being one."""
        return len(self.entries) - len(self.gone)


def _age(event: Any) -> tuple[int, datetime]:
    return int(event["SEQUENCE"]), event["DTSTAMP"].dt


def _place(event: Any) -> str:
    return str(event["LOCATION"])


def _expanded(event: Any) -> list[Any]:
    calendar = Calendar()
    calendar.add("prodid", "-//a//b//")
    calendar.add("version", "2.0")
    calendar.add_component(event)
    return list(recurring_ical_events.of(calendar).between(FROM, UNTIL))
