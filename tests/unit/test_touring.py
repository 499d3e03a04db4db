"""Getting the cube from place to place: how long it takes, and what does not fit."""

from datetime import timedelta

import pytest

from booking.rules.norms import Norms
from booking.rules.tour import Cube, Spot
from booking.rules.touring import (
    approach,
    cube_findings,
    next_standing,
    stay_around,
    travel_time,
)
from core.findings import Finding
from core.period import Period
from tests.tours import (
    AFTERNOON,
    FRIDAY,
    LUNETTEN,
    MORNING,
    OVERVECHT,
    VLEUTEN,
    at,
    at_km,
    between,
    codes,
    cube,
    standing,
)

NORMS = Norms()
START = at_km(0)
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("goal", "minutes"),
    [
        (at_km(0), 0),
        (at_km(0.01), 20),  # 15 loading and a little driving, in steps of five
        (at_km(5), 35),  # 15 + 5 km x 1.3 at 20 km/h = 34.5
        (at_km(5, is_over_the_canal=True), 40),  # 15 + 5 km x 1.6 at 20 km/h = 39
        (at_km(10), 55),  # 15 + 39 = 54
        (at_km(10, is_over_the_canal=True), 65),  # 15 + 48 = 63
    ],
    ids=["nowhere", "next_door", "near", "near_over_the_canal", "far", "far_over_the_canal"],
)
def test_travel_time(goal: Spot, minutes: int) -> None:
    assert travel_time(START, goal, NORMS) == minutes * MINUTE
    assert travel_time(goal, START, NORMS) == minutes * MINUTE


def test_within_the_west_no_canal_is_crossed() -> None:
    here = at_km(0, "Leidsche Rijn", is_over_the_canal=True)
    there = at_km(5, "Vleuten-De Meern", is_over_the_canal=True)
    assert travel_time(here, there, NORMS) == 35 * MINUTE


def test_a_slower_van_takes_longer() -> None:
    assert travel_time(START, at_km(5), Norms(speed_kmh=10)) == 55 * MINUTE
    assert travel_time(START, at_km(5), Norms(loading_minutes=30)) == 50 * MINUTE


@pytest.mark.parametrize(
    ("origin", "goal", "minutes"),
    [(OVERVECHT, LUNETTEN, 45), (OVERVECHT, VLEUTEN, 45), (LUNETTEN, VLEUTEN, 65)],
    ids=["overvecht_lunetten", "overvecht_vleuten", "lunetten_vleuten"],
)
def test_travel_in_utrecht(origin: Spot, goal: Spot, minutes: int) -> None:
    assert travel_time(origin, goal, NORMS) == minutes * MINUTE


def test_a_stay_holds_get_in_and_get_out() -> None:
    assert stay_around(AFTERNOON.sessions(NORMS), NORMS) == between("11:30", "18:00")


def test_a_stay_of_more_day_parts_is_one_stay() -> None:
    whole_day = (*MORNING.sessions(NORMS), *AFTERNOON.sessions(NORMS))
    assert stay_around(whole_day, NORMS) == between("07:30", "18:00")


AFTERNOON_STAY = between("11:30", "18:00")


def test_from_the_depot_when_there_was_nothing_before() -> None:
    coming = approach(cube(depot=OVERVECHT), AFTERNOON_STAY, LUNETTEN, NORMS)
    assert (coming.origin, coming.previous) == (OVERVECHT, None)
    assert coming.claim_before(AFTERNOON_STAY) == between("10:45", "11:30")


def test_from_the_previous_stop_within_a_day() -> None:
    before = standing(between("07:30", "10:00"), VLEUTEN)
    coming = approach(cube(before), AFTERNOON_STAY, LUNETTEN, NORMS)
    assert (coming.origin, coming.previous) == (VLEUTEN, before)
    assert coming.claim_before(AFTERNOON_STAY) == between("10:25", "11:30")


@pytest.mark.parametrize(
    ("ended", "origin"),
    [("11:30", VLEUTEN), ("11:29", OVERVECHT)],
    ids=["a_day_ago", "more_than_a_day_ago"],
)
def test_between_stops_far_apart_the_cube_goes_home(ended: str, origin: Spot) -> None:
    stay = AFTERNOON_STAY.shifted(timedelta(days=1))
    before = standing(Period(at("07:00"), at(ended)), VLEUTEN)
    assert approach(cube(before, depot=OVERVECHT), stay, LUNETTEN, NORMS).origin == origin


def test_at_the_same_place_nothing_is_driven() -> None:
    before = standing(between("07:30", "10:00"), LUNETTEN)
    coming = approach(cube(before), AFTERNOON_STAY, LUNETTEN, NORMS)
    assert coming.claim_before(AFTERNOON_STAY) is None


def test_at_the_depot_nothing_is_driven() -> None:
    coming = approach(cube(depot=OVERVECHT), AFTERNOON_STAY, OVERVECHT, NORMS)
    assert coming.claim_before(AFTERNOON_STAY) is None


def findings(there: Cube, goal: Spot = LUNETTEN, stay: Period = AFTERNOON_STAY) -> list[Finding]:
    return cube_findings(there, stay, goal, NORMS)


@pytest.mark.parametrize(
    "stay",
    [between("08:00", "11:31"), between("12:00", "13:00"), between("17:59", "23:00")],
    ids=["over_the_start", "inside", "over_the_end"],
)
def test_a_cube_stands_in_one_place(stay: Period) -> None:
    [finding] = findings(cube(standing(stay, VLEUTEN)))
    assert finding.code == "cube_taken"
    assert finding.data["district"] == VLEUTEN.district


def test_arriving_late_says_when_it_can_play() -> None:
    """Away at 10:45, 45 minutes of travel, 90 of get-in: playing from 13:00 is just right."""
    in_time = standing(between("08:00", "10:45"), OVERVECHT)
    assert findings(cube(in_time)) == []
    late = standing(between("08:00", "11:25"), OVERVECHT)
    [finding] = findings(cube(late))
    assert finding.code == "cube_arrives_late"
    assert finding.data["earliest"] == at("13:40")
    assert finding.data["district"] == OVERVECHT.district
    assert finding.data["get_out"] == 60 * MINUTE
    assert finding.data["travel"] == 45 * MINUTE
    assert finding.data["get_in"] == 90 * MINUTE


def test_the_next_stop_is_reached_in_time() -> None:
    in_time = standing(between("18:45", "22:00"), OVERVECHT)
    assert findings(cube(in_time)) == []


def test_leaving_late_says_until_when_it_can_play() -> None:
    """At the next place by 18:30, 45 minutes of travel, 60 of get-out: playing until 16:45."""
    soon = standing(between("18:30", "22:00"), OVERVECHT)
    [finding] = findings(cube(soon))
    assert finding.code == "cube_must_leave"
    assert finding.data["latest"] == at("16:45")
    assert finding.data["district"] == OVERVECHT.district


def test_both_neighbours_can_be_too_near() -> None:
    before = standing(between("08:00", "11:00"), OVERVECHT)
    after = standing(between("18:10", "22:00"), OVERVECHT, stop_id=2)
    assert codes(findings(cube(before, after))) == {"cube_arrives_late", "cube_must_leave"}


def test_back_to_back_at_one_place() -> None:
    before = standing(Period(at("08:00"), AFTERNOON_STAY.start), LUNETTEN)
    after = standing(Period(AFTERNOON_STAY.end, at("22:00")), LUNETTEN, stop_id=2)
    assert findings(cube(before, after)) == []


def test_the_next_stop_after_a_day_is_no_hurry() -> None:
    tomorrow = standing(between("19:00", "22:00", FRIDAY), VLEUTEN)
    assert findings(cube(tomorrow)) == []


def test_the_next_standing_is_the_first_that_follows() -> None:
    before = standing(between("07:00", "08:00"))
    next_one = standing(between("18:00", "20:00"), stop_id=2)
    last = standing(between("18:00", "20:00", FRIDAY), stop_id=3)
    touring = cube(last, before, next_one)
    assert next_standing(touring, AFTERNOON_STAY) == next_one
    assert next_standing(cube(before), AFTERNOON_STAY) is None


def test_a_cube_keeps_its_stops_in_order() -> None:
    early, late = standing(between("07:00", "08:00")), standing(between("20:00", "21:00"))
    middle = standing(AFTERNOON_STAY, stop_id=9)
    assert cube(early, late).joined_by(middle).standings == (early, middle, late)
