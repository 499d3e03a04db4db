"""Does the cube fit in a room? As pages and letters show it, in the language being spoken."""

from collections.abc import Iterable
from dataclasses import dataclass

from core.findings import Finding, Weight, heaviest_first
from venues import phrases
from venues.models import Room
from venues.rules.fit import CubeNeeds, answer, cube_fit

BADGES = {"fits": "ok", "if": "warn", "unknown": "plain", "no": "bad"}
UNKNOWN = "fit_unknown"


@dataclass(frozen=True, slots=True)
class Fit:
    """`answer` is one of `fits`, `if`, `unknown` and `no`."""

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

    @property
    def is_no(self) -> bool:
        return self.answer == "no"

    @property
    def reasons(self) -> list[str]:
        """Why it does not fit."""
        against = [each for each in self.findings if each.weight is Weight.BLOCKER]
        return [said for each in against if (said := phrases.say(each))]

    @property
    def to_arrange(self) -> list[str]:
        """What has to be settled first, apart from what nobody has said."""
        minding = [each for each in self.findings if each.weight is Weight.CONCERN]
        return [said for each in minding if each.code != UNKNOWN and (said := phrases.say(each))]

    @property
    def questions(self) -> list[str]:
        """What a host has to be asked, as questions."""
        unsaid = [each for each in self.findings if each.code == UNKNOWN]
        return [phrases.fit_question(each.data["what"]) for each in unsaid]


def fit_of(room: Room) -> Fit:
    findings = heaviest_first(cube_fit(room.measures, CubeNeeds()))
    return Fit(answer(findings), findings)


def fits_of(rooms: Iterable[Room]) -> dict[int, Fit]:
    """By room id."""
    return {room.id: fit_of(room) for room in rooms}
