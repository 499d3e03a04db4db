"""Kinds of places where somebody would rather not play, or cannot; and whether a place is one."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from venues.rules.fit import Measures


class PlaceKind(StrEnum):
    """What people say of places, as far as what is known of a place can answer it."""

    OUTDOORS = "outdoors"
    NO_SHELTER = "no_shelter"  # outdoors, with nowhere to go when it rains
    STEPS = "steps"  # doorsteps or stairs, and no lift
    NO_TOILET = "no_toilet"  # no accessible one
    NOISY = "noisy"
    OVER_CANAL = "over_canal"


class Objection(StrEnum):
    RATHER_NOT = "rather_not"
    CANNOT = "cannot"


@dataclass(frozen=True, slots=True, order=True)
class Avoided:
    kind: PlaceKind
    objection: Objection


Kinds = Mapping[PlaceKind, bool | None]  # None: nobody has said


def kinds_of(
    measures: Measures, *, has_accessible_toilet: bool | None, is_over_the_canal: bool
) -> Kinds:
    return {
        PlaceKind.OUTDOORS: measures.is_outdoors,
        PlaceKind.NO_SHELTER: measures.is_outdoors and _not(measures.is_sheltered),
        PlaceKind.STEPS: False if measures.has_lift else _not(measures.is_step_free),
        PlaceKind.NO_TOILET: _not(has_accessible_toilet),
        PlaceKind.NOISY: _not(measures.is_quiet),
        PlaceKind.OVER_CANAL: is_over_the_canal,
    }


def _not(answer: bool | None) -> bool | None:
    return None if answer is None else not answer
