"""A calendar taken apart by its lines, so that a broken event costs that event only."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_LINE_END = re.compile(r"\r\n|\n|\r")
_LEVEL = re.compile(r"(BEGIN|END):\s*([A-Z0-9-]+)\s*$", re.IGNORECASE)
_ZONE = re.compile(r"X-WR-TIMEZONE(?:;[^:]*)?:(.+)", re.IGNORECASE)
WITHIN = {"VEVENT": "", "VTIMEZONE": "STANDARD DAYLIGHT"}  # which parts of it are kept


@dataclass(slots=True)
class Pieces:
    zone: str = ""  # X-WR-TIMEZONE; empty: not said
    timezones: list[str] = field(default_factory=list)
    events: list[str] = field(default_factory=list)
    unfinished: int = 0  # events that begin and never end


@dataclass(slots=True)
class _Open:
    """A part that has begun."""

    name: str
    lines: list[str] = field(default_factory=list)
    inside: list[str] = field(default_factory=list)  # names of parts within it

    def is_kept(self) -> bool:
        return all(name in WITHIN[self.name].split() for name in self.inside)


def pieces(text: str) -> Pieces:
    found, current = Pieces(), None
    for line in _lines(text):
        level = _LEVEL.match(line)
        edge, name = (level.group(1).upper(), level.group(2).upper()) if level else ("", "")
        if edge == "BEGIN" and name in WITHIN:
            found.unfinished += current is not None and current.name == "VEVENT"
            current = _Open(name)
        elif current is None:
            found.zone = found.zone or _zone(line)
            continue
        elif edge == "BEGIN":
            current.inside.append(name)
        if current.is_kept():
            current.lines.append(line)
        if edge == "END" and current.inside:
            current.inside.pop()
        elif edge == "END":
            _keep(current, found)
            current = None
    found.unfinished += current is not None and current.name == "VEVENT"
    return found


def _lines(text: str) -> Iterator[str]:
    """Each with the lines that continue it."""
    whole = ""
    for line in _LINE_END.split(text):
        if line[:1] in (" ", "\t"):
            whole += line[1:]
        else:
            if whole:
                yield whole
            whole = line
    if whole:
        yield whole


def _keep(part: _Open, found: Pieces) -> None:
    kept = found.events if part.name == "VEVENT" else found.timezones
    kept.append("\r\n".join([*part.lines, ""]))


def _zone(line: str) -> str:
    said = _ZONE.match(line)
    return said.group(1).strip() if said else ""
