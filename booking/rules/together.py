"""Which of the requests for a moment go together, and why: no clash, each district first once."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache
from itertools import combinations

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

    As many districts as can be, then as many points as can be, then the asker's own order.
    """
    asked = sorted(candidates, key=lambda one: (one.district, one.request_id))
    placed = [(one, place) for one, place in zip(asked, _best(asked, clash), strict=True) if place]
    chosen: dict[int, Verdict] = {}
    served: set[int] = set()
    for one, place in sorted(placed, key=lambda pair: (-pair[0].points, pair[0].request_id)):
        why = Why.ROOM_LEFT if one.district in served else Why.FIRST_IN_DISTRICT
        chosen[one.request_id] = Verdict(one.request_id, why, place)
        served.add(one.district)
    verdicts = [chosen.get(one.request_id) or _left_out(one, chosen, clash) for one in asked]
    return sorted(verdicts, key=lambda verdict: verdict.request_id)


# Districts reached, points, and (negative) how far down the askers' own order: compared so.
Worth = tuple[int, int, int]


def _best(asked: Sequence[Candidate], clash: Clash) -> list[Place | None]:
    """For each request its place in the best choice of all, or None.

    Requests of a district lie side by side, so all that is to be remembered on the way is which
    places are shut out and whether this district has one: few cases, as a moment has few places.
    """
    places = [(row, place) for row, one in enumerate(asked) for place in one.places]
    shuts = _shut_out(places, clash)
    mine = [[n for n, (row, _) in enumerate(places) if row == here] for here in range(len(asked))]
    # Only places of those still to come make a difference.
    later = [
        sum(1 << n for n, (row, _) in enumerate(places) if row > here)
        for here in range(-1, len(asked))
    ]

    @cache
    def best(here: int, shut: int, served: bool) -> tuple[Worth, tuple[int | None, ...]]:
        if here == len(asked):
            return (0, 0, 0), ()
        served = served and here > 0 and asked[here - 1].district == asked[here].district
        worth, rest = best(here + 1, shut & later[here + 1], served)
        found: tuple[Worth, tuple[int | None, ...]] = worth, (None, *rest)
        for nth, n in enumerate(mine[here]):
            if shut >> n & 1:
                continue
            (districts, points, order), rest = best(
                here + 1, (shut | shuts[n]) & later[here + 1], True
            )
            worth = districts + (not served), points + asked[here].points, order - nth
            if worth > found[0]:
                found = worth, (n, *rest)
        return found

    return [None if n is None else places[n][1] for n in best(0, 0, False)[1]]


def _shut_out(places: Sequence[tuple[int, Place]], clash: Clash) -> list[int]:
    """For each place, as bits, those that cannot go with it."""
    shuts = [0] * len(places)
    for (one, (_, here)), (other, (_, there)) in combinations(enumerate(places), 2):
        if clash(here, there):
            shuts[one] |= 1 << other
            shuts[other] |= 1 << one
    return shuts


def _left_out(one: Candidate, chosen: dict[int, Verdict], clash: Clash) -> Verdict:
    if not one.places:
        return Verdict(one.request_id, Why.NOTHING_FITS)
    in_the_way = sorted(
        verdict.request_id
        for verdict in chosen.values()
        if verdict.place and any(clash(place, verdict.place) for place in one.places)
    )
    return Verdict(one.request_id, Why.CLASHES, instead_of_it=tuple(in_the_way))
