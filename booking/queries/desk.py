"""What the planner sees of each request: whether it fits, why (not), and how well."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from booking.models import BookingRequest
from booking.queries.scoring import Measure, current_measure
from booking.queries.tour import load_tour
from booking.rules.asked import Where
from booking.rules.audience import DistrictRecord, Score, audience_findings, weeks_since
from booking.rules.lifting import Lift
from booking.rules.norms import DayPart, Wish
from booking.rules.options import collide
from booking.rules.placement import Chosen, Placement, Wanted, best
from booking.rules.tour import Hold, Place, Tour
from core.clock import local_date, local_days
from core.findings import Finding, blockers, concerns, heaviest_first
from core.period import Period, hull
from venues.facts import Postcode, postcodes

DAYS_AROUND = 21  # how far from the asked moment alternatives are looked for


@dataclass(frozen=True, slots=True)
class Judged:
    """One choice of a request, as the rules see it now."""

    wish: Wish
    placement: Placement | None  # None: no cube tours
    findings: tuple[Finding, ...]

    @property
    def is_possible(self) -> bool:
        return self.placement is not None and not blockers(self.findings)

    @property
    def concerns(self) -> list[Finding]:
        return concerns(self.findings)


@dataclass(frozen=True, slots=True)
class Case:
    """A request with everything the theatre decides by."""

    request: BookingRequest
    choices: tuple[Judged, ...]
    score: Score
    record: DistrictRecord
    weeks_since_visit: int | None
    lifts: tuple[Lift, ...] = ()
    is_late: bool = False  # the promised answer is due
    rivals: int = 0  # others with a choice that wants something of the suggested one

    @property
    def is_ready(self) -> bool:
        """One click confirms it: it fits, its place is known, and nobody else would notice."""
        best = self.suggested
        return bool(
            best
            and best.is_possible
            and not best.concerns
            and self.request.room_id
            and not self.rivals
        )

    @property
    def suggested(self) -> Judged | None:
        """The first choice that can be, else the first."""
        possible = [judged for judged in self.choices if judged.is_possible]
        return next(iter([*possible, *self.choices]), None)


def cases(requests: Iterable[BookingRequest], now: datetime) -> list[Case]:
    """Always the same number of queries, however many requests."""
    every = list(requests)
    if not every:
        return []
    tour = _tour_around(every, now)
    measure = current_measure(now)
    return _with_rivals([_case(request, tour, measure) for request in every])


def judge(request: BookingRequest, wish: Wish, place: Place, tour: Tour) -> Judged:
    wanted = Wanted(place, wish, request.visitors, request.id)
    placement = best(wanted, tour)
    findings = placement.findings if placement else ()
    return Judged(wish, placement, tuple(findings))


def _tour_around(requests: list[BookingRequest], now: datetime) -> Tour:
    windows: list[Period] = [c.wish.window for request in requests for c in request.choices]
    room_ids = [request.room_id for request in requests if request.room_id]
    return load_tour(now, hull(windows), room_ids)


def _case(request: BookingRequest, tour: Tour, measure: Measure) -> Case:
    record = measure.records[request.district_number]
    place = place_for(request, tour)
    return Case(
        request=request,
        choices=tuple(
            _judged(request, choice.wish, place, record, tour) for choice in request.choices
        ),
        score=measure.score(request.audience, request.district_number),
        lifts=measure.lifts(request.audience, request.district_number, request.is_closed),
        record=record,
        weeks_since_visit=weeks_since(record.last_visit_on, local_date(tour.now)),
        is_late=request.is_late(tour.now),
    )


def _with_rivals(found: list[Case]) -> list[Case]:
    """Counted by what each choice would take, so that nobody is confirmed over another unseen."""
    wanted = [
        _taken(case, judged.placement)
        for case in found
        for judged in case.choices
        if judged.placement and judged.is_possible
    ]
    return [replace(case, rivals=_rivals_of(case, wanted)) for case in found]


def _rivals_of(case: Case, wanted: list[Hold]) -> int:
    if case.suggested is None or case.suggested.placement is None:
        return 0
    own = _taken(case, case.suggested.placement)
    return len({other.request_id for other in wanted if collide(own, other)})


def _taken(case: Case, placement: Placement) -> Hold:
    taken = frozenset(placement.resource_ids)
    return Hold(case.request.id, taken, placement.stay, placement.stay.start)


def _judged(
    request: BookingRequest, wish: Wish, place: Place, record: DistrictRecord, tour: Tour
) -> Judged:
    judged = judge(request, wish, place, tour)
    heard = [*judged.findings, *audience_findings(request.audience, record)]
    return Judged(wish, judged.placement, tuple(heaviest_first(heard)))


def place_for(request: BookingRequest, tour: Tour) -> Place:
    """The asked room, or some place in the district when there is none yet."""
    if request.room_id:
        return tour.places[request.room_id]
    return Where(_somewhere_in(request.district_number)).place()


def _somewhere_in(district_number: str) -> Postcode:
    return next(p for p in postcodes().values() if p.district.number == district_number)


def nearest_free(
    request: BookingRequest,
    wish: Wish,
    room_id: int | None,
    now: datetime,
    at_most: int,
    *,
    without_stop: int | None = None,
) -> list[Placement]:
    """Other moments at the same place that can be, those closest to `wish` first."""
    tour = load_tour(now, around(wish), [room_id] if room_id else [], without_stop=without_stop)
    place = tour.places[room_id] if room_id else place_for(request, tour)
    return free_around(request, wish, place, tour)[:at_most]


def around(wish: Wish) -> Period:
    """The days in which alternatives are looked for."""
    days = timedelta(days=DAYS_AROUND)
    return local_days(wish.day - days, wish.day + days)


def free_around(request: BookingRequest, wish: Wish, place: Place, tour: Tour) -> list[Placement]:
    """All that can be within `around(wish)`, the closest first."""
    days = [wish.day + timedelta(days=n) for n in range(-DAYS_AROUND, DAYS_AROUND + 1)]
    wishes = [Wish(day, part, wish.day_parts) for day in days for part in DayPart]
    middle = wish.sessions(tour.norms)[0].start
    free = [
        placement
        for other in wishes
        if other != wish
        and (placement := best(Wanted(place, other, request.visitors, request.id), tour))
        and placement.is_possible
    ]
    return sorted(free, key=lambda p: abs(p.sessions[0].start - middle))


def try_out(
    request: BookingRequest,
    chosen: Chosen,
    now: datetime,
    *,
    without_stop: int | None = None,
    is_for_option: bool = False,
) -> Judged:
    """What the rules say of a moment and place the planner has in mind."""
    tour = load_tour(now, chosen.wish.window, [chosen.room_id], without_stop=without_stop)
    wanted = chosen.wanted(
        tour, visitors=request.visitors, request_id=request.id, is_for_option=is_for_option
    )
    placement = best(wanted, tour)
    return Judged(chosen.wish, placement, placement.findings if placement else ())
