"""Does the cube fit? As the pages show it."""

from collections.abc import Iterable
from dataclasses import dataclass

from core.findings import Finding, heaviest_first
from venues import phrases
from venues.models import Room
from venues.rules.fit import CubeNeeds, answer, cube_fit

BADGES = {"fits": "ok", "if": "warn", "unknown": "plain", "no": "bad"}


@dataclass(frozen=True, slots=True)
class Fit:
    answer: str
    findings: list[Finding]

    @property
    def word(self) -> str:
        return phrases.fit_word(self.answer)

    @property
    def badge(self) -> str:
        return BADGES[self.answer]

    @property
    def says(self) -> str:
        return phrases.fit_answer(self.answer)


def fit_of(room: Room) -> Fit:
    findings = heaviest_first(cube_fit(room.measures, CubeNeeds()))
    return Fit(answer(findings), findings)


def fits_of(rooms: Iterable[Room]) -> dict[int, Fit]:
    """By room id."""
    return {room.id: fit_of(room) for room in rooms}
