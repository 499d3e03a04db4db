"""Which of the requests for a moment go together, and why: no clash, each district first once."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
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


# Which places are shut out, and whether the district at hand has one already.
State = tuple[int, bool]
# So many ways are followed side by side: a day or three is judged completely, a full week nearly.
WAYS = 4000


def _best(asked: Sequence[Candidate], clash: Clash) -> list[Place | None]:
    """For each request its place in the best choice of all, or None.

    Requests of a district lie side by side, so all that is to be remembered on the way is a
    `State`: few of them, as a moment has few places.
    """
    places = [(row, place) for row, one in enumerate(asked) for place in one.places]
    shuts = _shut_out(places, clash)
    ways: dict[State, tuple[Worth, tuple[Place | None, ...]]] = {(0, False): ((0, 0, 0), ())}
    for here, one in enumerate(asked):
        mine = [n for n, (row, _) in enumerate(places) if row == here]
        # Only places of those still to come make a difference.
        later = sum(1 << n for n, (row, _) in enumerate(places) if row > here)
        same = here > 0 and asked[here - 1].district == one.district
        found: dict[State, tuple[Worth, tuple[Place | None, ...]]] = {}
        for (shut, had), (worth, way) in _most_worth(ways):
            served = had and same
            steps: list[tuple[State, Worth, Place | None]] = [((shut & later, served), worth, None)]
            for nth, n in enumerate(mine):
                if not shut >> n & 1:
                    state = (shut | shuts[n]) & later, True
                    gain = worth[0] + (not served), worth[1] + one.points, worth[2] - nth
                    steps.append((state, gain, places[n][1]))
            for state, gain, place in steps:
                if state not in found or gain > found[state][0]:
                    found[state] = gain, (*way, place)
        ways = found
    return list(max(ways.values(), key=lambda way: way[0])[1])


def _most_worth(
    ways: dict[State, tuple[Worth, tuple[Place | None, ...]]],
) -> list[tuple[State, tuple[Worth, tuple[Place | None, ...]]]]:
    return sorted(ways.items(), key=lambda item: item[1][0], reverse=True)[:WAYS]


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
