"""Who is hit by a change of a room: what was agreed or asked there and does not fit any more.

Venues do not know what is agreed; whoever does, says it in these values.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from core.findings import Finding, blocker
from core.period import Period


@dataclass(frozen=True, slots=True)
class Hit:
    """Something that no longer fits. `key` is another one when it, or what becomes of it, changes.

    `ends`: it is called off. If not it goes on, and whoever should know is told.
    """

    key: str
    period: Period
    who: str
    what: str
    findings: tuple[Finding, ...]
    ends: bool


@dataclass(frozen=True, slots=True)
class Agreed:
    """What somebody saw on the list before saying yes, and what they want to say to those hit."""

    keys: frozenset[str] = frozenset()
    words: str = ""


NOTHING_SEEN = Agreed()


def hit_findings(hits: Iterable[Hit], agreed: Agreed) -> list[Finding]:
    """Refuses as long as somebody is hit who was not on the list that was seen."""
    found = tuple(hits)
    if all(hit.key in agreed.keys for hit in found):
        return []
    if agreed.keys:
        return [blocker("hits_changed_meanwhile", hits=found)]
    return [blocker("hits_agreed", hits=found)]
