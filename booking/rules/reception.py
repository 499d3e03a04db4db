"""How visitors are received at a stop, and the talk afterwards. What a stop leaves open, its place
says."""

from dataclasses import dataclass, replace
from enum import StrEnum

from core.findings import Finding, blocker


class TalkAfter(StrEnum):
    """After which encounters people talk together."""

    NONE = "none"
    EACH = "each"
    DAY_PART = "day_part"  # once for all who came in that part of the day
    LAST = "last"


@dataclass(frozen=True, slots=True)
class Welcome:
    """Who opens, where people wait, coffee, and who stays for the talk. Empty: not said."""

    opened_by: str = ""
    waiting_place: str = ""
    coffee: str = ""
    stays_after: str = ""

    def or_as(self, place: "Welcome") -> "Welcome":
        """With what the place says where this says nothing."""
        return Welcome(
            self.opened_by or place.opened_by,
            self.waiting_place or place.waiting_place,
            self.coffee or place.coffee,
            self.stays_after or place.stays_after,
        )


@dataclass(frozen=True, slots=True)
class Talk:
    """What is agreed of talking afterwards."""

    after: TalkAfter = TalkAfter.NONE
    minutes: int | None = None  # None: no talk
    led_by: str = ""
    questions: str = ""

    @property
    def is_held(self) -> bool:
        return self.after is not TalkAfter.NONE

    @property
    def sound(self) -> "Talk":
        """How long counts only when there is a talk."""
        return replace(self, minutes=self.minutes if self.is_held else None)


def talk_findings(talk: Talk) -> list[Finding]:
    return [blocker("talk_needs_minutes")] if talk.is_held and talk.minutes is None else []


@dataclass(frozen=True, slots=True)
class Reception:
    """Of one stop: how visitors are received, and the talk."""

    welcome: Welcome = Welcome()
    talk: Talk = Talk()

    def at(self, place: Welcome) -> "Reception":
        """As whoever works there reads it."""
        return replace(self, welcome=self.welcome.or_as(place))
