"""Does the cube fit? Fits, fits if ..., or unknown: ask the host.

Measures are whole centimetres. What is not known is None and never counts as a no.
"""

from dataclasses import dataclass
from enum import StrEnum

from core.findings import Finding, Weight, blocker, concern


class Ground(StrEnum):
    FIRM = "firm"  # floor, tiles, asphalt
    SOFT = "soft"  # grass, sand


@dataclass(frozen=True, slots=True)
class CubeNeeds:
    """What the cube asks of a place."""

    floor_cm: int = 300  # square, free of furniture
    height_cm: int = 260
    door_cm: int = 85  # the narrowest door on the route


@dataclass(frozen=True, slots=True)
class Measures:
    """What is known of a place; None means nobody has said."""

    is_outdoors: bool
    floor_length_cm: int | None = None
    floor_width_cm: int | None = None
    free_height_cm: int | None = None
    door_width_cm: int | None = None
    is_step_free: bool | None = None
    has_lift: bool | None = None
    has_power: bool | None = None
    is_quiet: bool | None = None
    is_sheltered: bool | None = None  # outdoors: a roof or a room to move to when it rains
    ground: Ground | None = None


def cube_fit(place: Measures, needs: CubeNeeds) -> list[Finding]:
    """Everything there is to say against the cube standing here; empty means: it fits."""
    floor = [place.floor_length_cm, place.floor_width_cm]
    narrowest_floor = min((side for side in floor if side is not None), default=None)
    findings = [_at_least("floor_small", narrowest_floor, needs.floor_cm)]
    if None in floor and findings == [None]:
        findings = [concern("fit_unknown", what="floor")]
    if place.is_outdoors:
        findings += _outdoors(place)
    else:
        findings += [
            _at_least("ceiling_low", place.free_height_cm, needs.height_cm, "height"),
            _at_least("door_narrow", place.door_width_cm, needs.door_cm, "door"),
        ]
    findings += [_step_free(place), _wanted("no_power", place.has_power, "power")]
    findings += [concern("not_quiet")] if place.is_quiet is False else []
    return [finding for finding in findings if finding]


def answer(findings: list[Finding]) -> str:
    """`no`, `if` (something must be settled first), `unknown` (ask somebody) or `fits`."""
    if any(finding.weight is Weight.BLOCKER for finding in findings):
        return "no"
    if any(finding.code == "fit_unknown" for finding in findings):
        return "unknown"
    return "if" if findings else "fits"


def _at_least(code: str, has: int | None, needs: int, what: str = "floor") -> Finding | None:
    if has is None:
        return concern("fit_unknown", what=what)
    return blocker(code, has=has, needs=needs) if has < needs else None


def _wanted(code: str, has: bool | None, what: str) -> Finding | None:
    if has is None:
        return concern("fit_unknown", what=what)
    return None if has else concern(code)


def _step_free(place: Measures) -> Finding | None:
    if place.is_step_free is None:
        return concern("fit_unknown", what="steps")
    return None if place.is_step_free or place.has_lift else concern("steps_on_route")


def _outdoors(place: Measures) -> list[Finding | None]:
    ground = concern("fit_unknown", what="ground") if place.ground is None else None
    return [
        concern("soft_ground") if place.ground is Ground.SOFT else ground,
        _wanted("no_shelter", place.is_sheltered, "shelter"),
    ]
