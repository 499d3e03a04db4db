"""Getting the cube from place to place."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from booking.rules.norms import Norms
from booking.rules.tour import Cube, Spot, Standing
from core.findings import Finding, blocker
from core.geography import great_circle_km
from core.period import Period, hull

STEP_MINUTES = 5  # travel is planned in steps of five minutes, rounded up


def travel_time(origin: Spot, goal: Spot, norms: Norms) -> timedelta:
    """Loading and driving; nothing when the cube stays where it is."""
    if origin == goal:
        return timedelta()
    return _in_steps(norms.loading_minutes + _driving_minutes(origin, goal, norms))


def time_underway(origin: Spot, goal: Spot, norms: Norms) -> timedelta:
    """Of a performer, who has nothing to load."""
    return _in_steps(_driving_minutes(origin, goal, norms))


def _driving_minutes(origin: Spot, goal: Spot, norms: Norms) -> float:
    crosses = origin.is_over_the_canal != goal.is_over_the_canal
    road_km = great_circle_km(origin.point, goal.point) * (
        norms.detour_over_canal if crosses else norms.detour
    )
    return road_km / norms.speed_kmh * 60


def _in_steps(minutes: float) -> timedelta:
    return timedelta(minutes=ceil(minutes / STEP_MINUTES) * STEP_MINUTES)


def stay_around(sessions: tuple[Period, ...], norms: Norms) -> Period:
    """From the start of the get-in to the end of the get-out."""
    return hull(sessions).padded(norms.get_in, norms.get_out)


@dataclass(frozen=True, slots=True)
class Approach:
    """How the cube comes to a stay: from where, and how long it drives."""

    origin: Spot
    travel: timedelta
    previous: Standing | None  # None: it comes from its depot

    def claim_before(self, stay: Period) -> Period | None:
        """The time to claim for it; None when the cube is already there."""
        return Period(stay.start - self.travel, stay.start) if self.travel else None


def approach(cube: Cube, stay: Period, goal: Spot, norms: Norms) -> Approach:
    previous = _previous(cube, stay)
    origin = cube.depot
    if previous and not _goes_home(previous.stay.end, stay.start, norms):
        origin = previous.spot
    else:
        previous = None
    return Approach(origin, travel_time(origin, goal, norms), previous)


def cube_findings(cube: Cube, stay: Period, goal: Spot, norms: Norms) -> list[Finding]:
    """Whether this cube can stand there then, and get there and away in time."""
    for standing in cube.standings:
        if standing.stay.overlaps(stay):
            return [blocker("cube_taken", district=standing.spot.district, stay=standing.stay)]
    return _arrival(cube, stay, goal, norms) + _departure(cube, stay, goal, norms)


def next_standing(cube: Cube, stay: Period) -> Standing | None:
    return next((s for s in cube.standings if s.stay.start >= stay.end), None)


def _previous(cube: Cube, stay: Period) -> Standing | None:
    return next((s for s in reversed(cube.standings) if s.stay.end <= stay.start), None)


def _goes_home(until: datetime, start: datetime, norms: Norms) -> bool:
    return start - until > timedelta(hours=norms.home_after_hours)


def _arrival(cube: Cube, stay: Period, goal: Spot, norms: Norms) -> list[Finding]:
    coming = approach(cube, stay, goal, norms)
    if coming.previous is None:
        return []
    arrives_at = coming.previous.stay.end + coming.travel
    if arrives_at <= stay.start:
        return []
    return [
        blocker(
            "cube_arrives_late",
            earliest=arrives_at + norms.get_in,
            district=coming.origin.district,
            get_out=norms.get_out,
            travel=coming.travel,
            get_in=norms.get_in,
        )
    ]


def _departure(cube: Cube, stay: Period, goal: Spot, norms: Norms) -> list[Finding]:
    following = next_standing(cube, stay)
    if following is None or _goes_home(stay.end, following.stay.start, norms):
        return []
    travel = travel_time(goal, following.spot, norms)
    leaves_at = following.stay.start - travel
    if stay.end <= leaves_at:
        return []
    return [
        blocker(
            "cube_must_leave",
            latest=leaves_at - norms.get_out,
            district=following.spot.district,
            travel=travel,
            get_out=norms.get_out,
        )
    ]
