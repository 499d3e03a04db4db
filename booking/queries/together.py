"""All requests for a moment side by side, and what goes together. A fixed number of queries."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from booking.models import BookingRequest, Moment
from booking.queries.desk import Case, cases, place_for
from booking.queries.moments import requests_for, wishes_on
from booking.queries.nearby import offers_nearby
from booking.queries.tour import load_tour
from booking.rules.moments import Choosing
from booking.rules.norms import Wish
from booking.rules.placement import Placement, Wanted, after, best, check
from booking.rules.together import Candidate, Place, Verdict, Why, together
from booking.rules.tour import Cube, Standing, Tour
from booking.rules.touring import cube_findings
from core.clock import local_days


@dataclass(frozen=True)
class Stand(Place):
    """A placement as `together` weighs it."""

    placement: Placement


@dataclass(frozen=True, slots=True)
class Row:
    """One request for the moment with what is proposed for it."""

    case: Case
    within: tuple[Wish, ...]  # what it asks of the moment, in its own order
    possible: tuple[Wish, ...]
    verdict: Verdict
    # Who stands where it would have been, with points.
    instead_of_it: tuple[tuple[str, int], ...] = ()

    @property
    def request(self) -> BookingRequest:
        return self.case.request

    @property
    def has_other_days(self) -> bool:
        return len(self.within) < len(self.request.choices)

    @property
    def choosing(self) -> Choosing:
        request = self.request
        may_wait = self.has_other_days or not request.room_id
        name = request.organisation.name
        return Choosing(request.id, request.version, name, self.possible, self.proposed, may_wait)

    @property
    def rank(self) -> int:
        """Which of its choices is proposed; 0: none."""
        wishes = [choice.wish for choice in self.request.choices]
        return wishes.index(self.proposed) + 1 if self.proposed in wishes else 0

    @property
    def proposed(self) -> Wish | None:
        place = self.verdict.place
        return place.placement.wish if isinstance(place, Stand) else None


def compare(moment: Moment, now: datetime) -> list[Row]:
    """The most points first."""
    found = cases(requests_for(moment), now)
    tour = tour_of(moment, [case.request for case in found], now)
    stands = {case.request.id: _stands(case.request, moment, tour) for case in found}
    candidates = [
        Candidate(
            case.request.id,
            int(case.request.district_number),
            case.score.points,
            stands[case.request.id],
        )
        for case in found
    ]
    verdicts = _playable(together(candidates, lambda a, b: _clash(a, b, tour)), found, tour)
    known = {c.request.id: (c.request.organisation.name, c.score.points) for c in found}
    rows = [_row(case, moment, stands[case.request.id], verdicts, known) for case in found]
    return sorted(rows, key=lambda row: (-row.case.score.points, row.request.id))


def tour_of(moment: Moment, requests: list[BookingRequest], now: datetime) -> Tour:
    """Around the moment, as far as the rest is offered something."""
    around = timedelta(days=moment.nearby_days)
    window = local_days(moment.first_day - around, moment.last_day + around)
    return load_tour(now, window, [request.room_id for request in requests if request.room_id])


def _stands(request: BookingRequest, moment: Moment, tour: Tour) -> list[Stand]:
    """Nothing while no place is known: a stop needs one."""
    if not request.room_id:
        return []
    place = tour.places[request.room_id]
    checked = [
        check(Wanted(place, wish, request.visitors, request.id), cube, tour)
        for wish in wishes_on(request, moment)
        for cube in tour.cubes
    ]
    return [Stand(p.cube.resource_id, p.stay, p) for p in checked if p.is_possible]


def _clash(one: Place, other: Place, tour: Tour) -> bool:
    """One cube that cannot reach both, or one room for two."""
    if not isinstance(one, Stand) or not isinstance(other, Stand):
        return False
    here, there = one.placement, other.placement
    if here.place.resource_id == there.place.resource_id and here.stay.overlaps(there.stay):
        return True
    if one.installation_id != other.installation_id:
        return False
    joined: Cube = here.cube.joined_by(Standing(0, there.stay, there.place.spot))
    return bool(cube_findings(joined, here.stay, here.place.spot, tour.norms))


def _playable(verdicts: list[Verdict], found: list[Case], tour: Tour) -> dict[int, Verdict]:
    """Once more one after the other: performers and rest show only when all stand together."""
    points = {case.request.id: case.score.points for case in found}
    visitors = {case.request.id: case.request.visitors for case in found}
    kept: dict[int, Verdict] = {}
    for verdict in sorted(verdicts, key=lambda v: (-points[v.request_id], v.request_id)):
        kept[verdict.request_id] = verdict
        if not isinstance(verdict.place, Stand):
            continue
        thought = verdict.place.placement
        wanted = Wanted(
            thought.place,
            thought.wish,
            visitors[verdict.request_id],
            verdict.request_id,
            thought.cube.resource_id,
        )
        placement = best(wanted, tour)
        if placement and placement.is_possible:
            tour = after(placement, tour)
        else:
            kept[verdict.request_id] = Verdict(verdict.request_id, Why.CLASHES)
    return kept


def _row(
    case: Case,
    moment: Moment,
    stands: list[Stand],
    verdicts: dict[int, Verdict],
    known: dict[int, tuple[str, int]],
) -> Row:
    verdict = verdicts[case.request.id]
    return Row(
        case,
        wishes_on(case.request, moment),
        tuple(dict.fromkeys(stand.placement.wish for stand in stands)),
        verdict,
        tuple(known[each] for each in verdict.instead_of_it),
    )


@dataclass(frozen=True, slots=True)
class Outlook:
    """What becomes of each request when it is decided so. Nothing is written."""

    playing: list[tuple[Row, Placement]]
    offered: list[tuple[Row, list[Placement]]]  # the moments nearby that would be kept
    waiting: list[Row]

    @property
    def impossible(self) -> list[tuple[Row, Placement]]:
        return [(row, placement) for row, placement in self.playing if not placement.is_possible]


def outlook(
    moment: Moment, rows: list[Row], wishes: dict[int, Wish | None], now: datetime
) -> Outlook:
    """As `plan_together` would do it: first who play, then who are offered something else.

    `wishes`: by request; who is not in it waits.
    """
    tour = tour_of(moment, [row.request for row in rows], now)
    decided = [(row, wishes[row.request.id]) for row in rows if row.request.id in wishes]
    playing, tour = _all_placed([(row, wish) for row, wish in decided if wish], tour)
    rest = [row for row, wish in decided if wish is None]
    kept, _tour = offers_nearby([row.request for row in rest], moment, tour)
    offered = [(row, kept[row.request.id]) for row in rest]
    return Outlook(playing, offered, [row for row in rows if row.request.id not in wishes])


def _all_placed(
    chosen: list[tuple[Row, Wish]], tour: Tour
) -> tuple[list[tuple[Row, Placement]], Tour]:
    """Each as it would stand when those before it stand too, and the tour with all of them."""
    found = []
    for row, wish in chosen:
        request = row.request
        placement = best(Wanted(place_for(request, tour), wish, request.visitors, request.id), tour)
        if placement:
            found.append((row, placement))
            tour = after(placement, tour) if placement.is_possible else tour
    return found, tour
