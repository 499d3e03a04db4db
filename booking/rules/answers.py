"""What somebody has filled in so far: plain JSON by step, read here as values.

A draft holds nothing but what a form has judged; what is not there yet reads as None.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from booking.rules.asked import Asked, Contact, Where
from booking.rules.audience import Audience
from booking.rules.norms import Wish, parse_wish
from venues.facts import find_postcode
from venues.rules.fit import CubeNeeds, Ground, Measures
from venues.rules.own_place import OwnPlace


class Step(StrEnum):
    """The pages that are filled in, in order."""

    WHERE = "where"
    WHEN = "when"
    AUDIENCE = "audience"
    CONTACT = "contact"


class Kind(StrEnum):
    """The three ways to say where."""

    KNOWN = "known"  # a room that is in the list
    OWN = "own"  # a place of the asker's own
    NONE = "none"  # a room nearby, or the theatre looks for a place


class Knows(StrEnum):
    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Openness(StrEnum):
    OPEN = "open"
    CLOSED = "closed"


class Setting(StrEnum):
    INDOORS = "indoors"
    OUTDOORS = "outdoors"


@dataclass(frozen=True, slots=True)
class Answers:
    parts: Mapping[str, Any]

    def part(self, step: Step) -> dict[str, Any]:
        """The answers of one step, as its form takes them."""
        return dict(self.parts.get(step) or {})

    @property
    def where(self) -> Where | None:
        return where_in(self.part(Step.WHERE))

    @property
    def wishes(self) -> tuple[Wish, ...]:
        """In the order of preference."""
        keys = self.part(Step.WHEN).get("wishes", ())
        return tuple(wish for wish in map(parse_wish, keys) if wish)

    @property
    def audience(self) -> Audience | None:
        part = self.part(Step.AUDIENCE)
        return audience_in(part) if part else None

    @property
    def visitors(self) -> int | None:
        return self.audience.total if self.audience else None

    @property
    def missing(self) -> list[Step]:
        """The steps that are not filled in yet, in order."""
        return [step for step in Step if not self._has(step)]

    def asked(self, language: str) -> Asked | None:
        """All of it as one request; None while a step is missing."""
        where, audience = self.where, self.audience
        if self.missing or where is None or audience is None:
            return None
        about, contact = self.part(Step.AUDIENCE), self.part(Step.CONTACT)
        return Asked(
            where=where,
            wishes=self.wishes,
            is_closed=about["openness"] == Openness.CLOSED,
            audience=audience,
            contact=Contact(**contact, language=language),
            hope=about["hope"],
        )

    def _has(self, step: Step) -> bool:
        if step is Step.WHERE:
            return self.where is not None
        return bool(self.wishes if step is Step.WHEN else self.part(step))


def where_in(part: Mapping[str, Any]) -> Where | None:
    match part.get("kind"):
        case Kind.KNOWN:
            found = find_postcode(part["room_pc4"])
            return Where(found, room_id=part["room"]) if found else None
        case Kind.OWN:
            found = find_postcode(part["postcode"])
            return Where(found, own_place=own_place_in(part)) if found else None
        case Kind.NONE:
            found = find_postcode(part["area"])
            return Where(found, room_id=part.get("near_room")) if found else None
    return None


def own_place_in(part: Mapping[str, Any]) -> OwnPlace:
    return OwnPlace(
        name=part["name"],
        street=part["street"],
        house_number=part["house_number"],
        postcode=part["postcode"],
        measures=measures_in(part),
    )


def measures_in(part: Mapping[str, Any], needs: CubeNeeds | None = None) -> Measures:
    """Askers know whether the cube fits, not the centimetres: yes is what it needs, no is less."""
    needs = needs or CubeNeeds()
    floor = _measure(part["floor"], needs.floor_cm)
    is_outdoors = part["setting"] == Setting.OUTDOORS
    return Measures(
        is_outdoors=is_outdoors,
        floor_length_cm=floor,
        floor_width_cm=floor,
        free_height_cm=None if is_outdoors else _measure(part["height"], needs.height_cm),
        is_step_free=_known(part["step_free"]),
        has_power=_known(part["power"]),
        is_sheltered=_known(part["sheltered"]) if is_outdoors else None,
        ground=_ground(part["ground"]) if is_outdoors else None,
    )


def audience_in(part: Mapping[str, Any]) -> Audience:
    """A way of coming that was left empty is nobody."""
    ways = ("live_here", "by_key_figure", "walk_in", "from_city")
    return Audience(**{way: part.get(way) or 0 for way in ways})


def _known(answer: str) -> bool | None:
    return {Knows.YES.value: True, Knows.NO.value: False}.get(answer)


def _measure(answer: str, needed: int) -> int | None:
    return {Knows.YES.value: needed, Knows.NO.value: needed - 1}.get(answer)


def _ground(answer: str) -> Ground | None:
    return None if answer == Knows.UNKNOWN else Ground(answer)
