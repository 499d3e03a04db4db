"""Which of the requests for a moment go together, and why: no clash, each district first once."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from core.period import Period


class Why(Enum):
    """What the proposal says of one request."""

    FIRST_IN_DISTRICT = "first_in_district"
    ROOM_LEFT = "room_left"
    CLASHES = "clashes"
    NOTHING_FITS = "nothing_fits"


@dataclass(frozen=True)
class Place:
    """One placement that passed the rules: the stay of one cube, in the asker's own order."""

    installation_id: int
    stay: Period


@dataclass(frozen=True)
class Candidate:
    """A request for the moment with its points and the placements that passed the rules."""

    request_id: int
    district: int
    points: int
    places: Sequence[Place]


@dataclass(frozen=True)
class Verdict:
    """What is proposed for one request; `place` is None if it is not among the chosen."""

    request_id: int
    why: Why
    place: Place | None = None
    # Who stands where this request would have been.
    instead_of_it: tuple[int, ...] = ()


Clash = Callable[[Place, Place], bool]


def overlap(one: Place, other: Place) -> bool:
    """Whether one cube would stand in two places; driving time is for the caller's own rule."""
    return one.installation_id == other.installation_id and one.stay.overlaps(other.stay)


def together(candidates: Iterable[Candidate], clash: Clash = overlap) -> list[Verdict]:
    """A verdict for each request, in order of its number; the same whatever the order given.

    Who has most points goes first, and of each district one before any gets a second. A request
    goes where it shuts out the fewest points of others; its own order decides between equals. Taken
    one by one, so that each verdict can be said in words: another choice may reach more in total.
    """
    waiting = sorted(candidates, key=lambda one: (-one.points, one.request_id))
    chosen: dict[int, Verdict] = {}
    served: set[int] = set()
    for why in (Why.FIRST_IN_DISTRICT, Why.ROOM_LEFT):
        for one in waiting:
            is_first = one.district not in served
            if one.request_id in chosen or (why is Why.FIRST_IN_DISTRICT) != is_first:
                continue
            others = [other for other in waiting if other.request_id not in chosen]
            place = _least_in_the_way(one, others, _taken(chosen), clash)
            if place:
                chosen[one.request_id] = Verdict(one.request_id, why, place)
                served.add(one.district)
    verdicts = [chosen.get(one.request_id) or _left_out(one, chosen, clash) for one in waiting]
    return sorted(verdicts, key=lambda verdict: verdict.request_id)


def _taken(chosen: dict[int, Verdict]) -> list[Place]:
    return [verdict.place for verdict in chosen.values() if verdict.place]


def _least_in_the_way(
    one: Candidate, others: Sequence[Candidate], taken: Sequence[Place], clash: Clash
) -> Place | None:
    free = [place for place in one.places if not any(clash(place, held) for held in taken)]
    rest = [other for other in others if other.request_id != one.request_id]

    def cost(place: Place) -> int:
        return sum(
            other.points
            for other in rest
            if other.places and all(clash(place, theirs) for theirs in other.places)
        )

    # `min` keeps the first of equals: the asker's own first choice.
    return min(free, key=cost, default=None)


def _left_out(one: Candidate, chosen: dict[int, Verdict], clash: Clash) -> Verdict:
    if not one.places:
        return Verdict(one.request_id, Why.NOTHING_FITS)
    in_the_way = sorted(
        verdict.request_id
        for verdict in chosen.values()
        if verdict.place and any(clash(place, verdict.place) for place in one.places)
    )
    return Verdict(one.request_id, Why.CLASHES, instead_of_it=tuple(in_the_way))
