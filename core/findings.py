"""What a rule has to say.

A rule returns *everything there is to say* as a list of findings. `booking.phrases` and
`venues.phrases` hold the sentence for each code.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import IntEnum
from types import MappingProxyType
from typing import Any


class Weight(IntEnum):
    """How heavy a finding is; the heaviest comes first in a list."""

    NOTE = 1  # good to know
    CONCERN = 2  # shown; may be accepted knowingly, and who accepted it is recorded
    BLOCKER = 3  # refuses


@dataclass(frozen=True, slots=True)
class Finding:
    """One short fact; `data` fills the places in its sentence."""

    code: str
    weight: Weight
    data: MappingProxyType[str, Any] = field(
        default_factory=lambda: MappingProxyType({}), compare=True, hash=False
    )


def blocker(code: str, **data: Any) -> Finding:
    return Finding(code, Weight.BLOCKER, MappingProxyType(data))


def concern(code: str, **data: Any) -> Finding:
    return Finding(code, Weight.CONCERN, MappingProxyType(data))


def note(code: str, **data: Any) -> Finding:
    return Finding(code, Weight.NOTE, MappingProxyType(data))


def heaviest_first(findings: Iterable[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda finding: -finding.weight)


def blockers(findings: Iterable[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.weight is Weight.BLOCKER]


def concerns(findings: Iterable[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.weight is Weight.CONCERN]


class Refused(Exception):
    """A service will not do it; `findings` say why. Whoever called it tells the user in words."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = heaviest_first(findings)
        super().__init__(", ".join(finding.code for finding in self.findings))


def refuse_if(findings: Iterable[Finding]) -> None:
    """Raises Refused when anything among them refuses."""
    said = list(findings)
    if blockers(said):
        raise Refused(said)
