"""Thousands of events as iCalendar text, fast.

The library takes half a second over a thousand events, and feeds are asked for all day. So the
library writes the head of the calendar and one event at most; the rest is written here, line for
line the same, which a test watches over.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from functools import lru_cache

from booking.invites import LINE_LIMIT, Entry, EntryStatus, agenda, clean, span
from core.plain_text import safe_line

FIRST_EVENT = b"\r\nBEGIN:VEVENT\r\n"
ROOM = 74  # octets in a line; the space that continues it makes 75
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})
_PIECES = re.compile(r"\\.|[^\\]")  # an escaped letter stays in one piece
_SHOWN_AS = {
    EntryStatus.TENTATIVE: ("OPAQUE", "TENTATIVE"),
    EntryStatus.CONFIRMED: ("OPAQUE", "BUSY"),
    EntryStatus.CANCELLED: ("TRANSPARENT", "FREE"),
}


def quick_agenda(
    entries: Iterable[Entry], *, name: str, description: str, uid: str, url: str
) -> bytes:
    """The same calendar as `invites.agenda` gives."""
    ordered = sorted(entries, key=lambda entry: (entry.period, entry.uid))
    latest = sorted(ordered, key=lambda entry: entry.modified_at)[-1:]
    whole = agenda(latest, name=name, description=description, uid=uid, url=url)
    if not ordered:
        return whole
    head, _first, _rest = whole.partition(FIRST_EVENT)
    events = "\r\n".join(line for entry in ordered for line in _event(entry))
    return head + b"\r\n" + events.encode() + b"\r\nEND:VCALENDAR\r\n"


def _event(entry: Entry) -> Iterator[str]:
    start, end = span(entry.period)
    transparency, busy = _SHOWN_AS[EntryStatus(entry.status)]
    yield "BEGIN:VEVENT"
    yield _text("SUMMARY", entry.title)
    yield _moment("DTSTART", start)
    yield _moment("DTEND", end)
    yield _moment("DTSTAMP", entry.modified_at)
    yield _text("UID", entry.uid)
    yield f"SEQUENCE:{entry.sequence}"
    yield _moment("CREATED", entry.created_at)
    yield _text("DESCRIPTION", entry.description)
    yield _moment("LAST-MODIFIED", entry.modified_at)
    yield _text("LOCATION", entry.place)
    yield f"STATUS:{entry.status}"
    yield f"TRANSP:{transparency}"
    yield _folded(f"URL:{entry.url}")
    yield f"X-MICROSOFT-CDO-BUSYSTATUS:{busy}"
    yield "END:VEVENT"


def _moment(name: str, moment: datetime) -> str:
    if moment.tzinfo is UTC:
        return f"{name}:{moment:%Y%m%dT%H%M%S}Z"
    return f"{name};TZID=Europe/Amsterdam:{moment:%Y%m%dT%H%M%S}"


@lru_cache(maxsize=4096)
def _text(name: str, text: str) -> str:
    """Titles, places and times come back again and again."""
    harmless = clean(text) if name == "DESCRIPTION" else safe_line(text, LINE_LIMIT)
    return _folded(f"{name}:{harmless.translate(_ESCAPES)}")


def _folded(line: str) -> str:
    """In lines of at most 75 octets, cut between letters."""
    if len(line) <= ROOM and line.isascii():
        return line
    lines, taken = [""], 0
    for piece in _PIECES.findall(line):
        octets = len(piece.encode())
        if taken + octets > ROOM:
            lines.append("")
            taken = 0
        lines[-1] += piece
        taken += octets
    return "\r\n ".join(lines)
