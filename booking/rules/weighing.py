"""What a decision was made by: the score at that moment, and who else wanted the same period."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from booking.rules.audience import Score
from booking.rules.norms import Norms, Wish
from core.findings import Finding, blocker


@dataclass(frozen=True, slots=True)
class Competitor:
    """Another request for the same period, by reference: for planners only."""

    reference: str
    points: int


@dataclass(frozen=True, slots=True)
class Weighed:
    score: Score
    version: int  # of the weights
    competitors: tuple[Competitor, ...] = ()

    @property
    def higher(self) -> list[Competitor]:
        return [each for each in self.competitors if each.points > self.score.points]

    @property
    def facts(self) -> dict[str, Any]:
        """For the history, as plain values."""
        return {
            "score": {
                "points": self.score.points,
                "of": self.score.of,
                "parts": [[part.code, part.points, part.of] for part in self.score.parts],
                "version": self.version,
            },
            "competing": [[each.reference, each.points] for each in self.competitors],
        }


def compete(wishes: Iterable[Wish], others: Iterable[Wish], norms: Norms) -> bool:
    """They want to play at the same time."""
    wanted = [period for wish in wishes for period in wish.sessions(norms)]
    return any(
        period.overlaps(other)
        for wish in others
        for other in wish.sessions(norms)
        for period in wanted
    )


def why_findings(weighed: Weighed, why: str) -> list[Finding]:
    """Whoever passes over a higher score says why, for colleagues."""
    if why or not weighed.higher:
        return []
    return [blocker("say_why_lower", number=len(weighed.higher))]
