"""The preference for a neighbourhood audience: points with their reasons, never a refusal."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking.rules.audience import (
    Audience,
    DistrictRecord,
    Score,
    Weights,
    audience_findings,
    score,
    weeks_since,
)
from core.findings import Weight
from tests.tours import codes

TODAY = date(2026, 11, 24)
NEW, WEIGHTS = DistrictRecord(), Weights()
NEIGHBOURS, CITY = Audience(live_here=12), Audience(from_city=12)


def points(scored: Score) -> dict[str, int]:
    return {part.code: part.points for part in scored.parts}


def visited(weeks: int, visits: int = 1, declined: int = 0) -> DistrictRecord:
    last = TODAY - timedelta(weeks=weeks)
    return DistrictRecord(visits=visits, declined=declined, last_visit_on=last)


def test_a_hundred_points_can_be_had() -> None:
    best = score(Audience(by_key_figure=12), DistrictRecord(declined=2), 3, TODAY, WEIGHTS)
    assert (best.points, best.of) == (100, 100)


def test_people_from_the_whole_city_to_a_district_just_visited() -> None:
    seated = DistrictRecord(visits=3, seats=16, last_visit_on=TODAY)
    assert score(CITY, seated, 3, TODAY, WEIGHTS, 16).points == 0


@pytest.mark.parametrize(
    ("audience", "neighbours", "key_figure"),
    [
        (NEIGHBOURS, 45, 0),
        (Audience(by_key_figure=12), 45, 15),
        (Audience(walk_in=12), 45, 0),
        (CITY, 0, 0),
        (Audience(live_here=4, by_key_figure=2, from_city=6), 22, 2),
        (Audience(), 45, 15),
    ],
    ids=["live_here", "key_figure", "walk_in", "from_city", "half_and_half", "nobody"],
)
def test_how_people_come(audience: Audience, neighbours: int, key_figure: int) -> None:
    found = points(score(audience, NEW, 1, TODAY, WEIGHTS))
    assert (found["neighbours"], found["key_figure"]) == (neighbours, key_figure)


@pytest.mark.parametrize(
    ("record", "waiting"),
    [(NEW, 20), (visited(26), 20), (visited(52), 20), (visited(13), 10), (visited(0), 0)],
    ids=["never", "half_a_year", "a_year", "a_quarter", "this_week"],
)
def test_how_long_a_district_waited(record: DistrictRecord, waiting: int) -> None:
    assert points(score(NEIGHBOURS, record, 1, TODAY, WEIGHTS))["waiting"] == waiting


@pytest.mark.parametrize(
    ("visits", "most", "fewer"),
    [(0, 4, 6), (2, 4, 3), (4, 4, 0), (0, 0, 6)],
    ids=["none", "half", "the_most", "nobody_had_any"],
)
def test_how_often_others_were_visited(visits: int, most: int, fewer: int) -> None:
    record = visited(1, visits)
    assert points(score(NEIGHBOURS, record, most, TODAY, WEIGHTS))["fewer_visits"] == fewer


@pytest.mark.parametrize(("declined", "worth"), [(0, 0), (1, 4), (2, 8), (9, 8)])
def test_what_a_district_did_not_get(declined: int, worth: int) -> None:
    record = visited(1, declined=declined)
    assert points(score(NEIGHBOURS, record, 1, TODAY, WEIGHTS))["declined"] == worth


def test_each_part_says_what_it_was_computed_from() -> None:
    audience = Audience(live_here=5, by_key_figure=3, from_city=2)
    parts = score(audience, visited(3, visits=2, declined=1), 4, TODAY, WEIGHTS).parts
    assert {part.code: part.amount for part in parts} == {
        "neighbours": 8,
        "key_figure": 3,
        "waiting": 3,
        "fewer_visits": 2,
        "fewer_seats": 0,
        "declined": 1,
    }
    assert score(audience, NEW, 4, TODAY, WEIGHTS).parts[2].amount == -1


def test_the_theatre_weighs() -> None:
    flat = Weights(
        neighbours=10, key_figure=0, waiting=0, fewer_visits=0, fewer_seats=0, declined=0
    )
    assert score(NEIGHBOURS, NEW, 1, TODAY, flat).points == 10


counts = st.integers(0, 500)


@given(
    st.builds(Audience, counts, counts, counts, counts),
    st.builds(
        DistrictRecord,
        visits=st.integers(0, 50),
        declined=counts,
        last_visit_on=st.none() | st.dates(date(2020, 1, 1), TODAY),
    ),
)
def test_no_part_gives_more_than_it_is_worth(audience: Audience, record: DistrictRecord) -> None:
    scored = score(audience, record, 50, TODAY, WEIGHTS)
    assert all(0 <= part.points <= part.of for part in scored.parts)


@given(counts, st.integers(1, 500))
def test_one_more_neighbour_never_costs_points(live_here: int, from_city: int) -> None:
    fewer = score(Audience(live_here=live_here, from_city=from_city), NEW, 1, TODAY, WEIGHTS)
    more = score(Audience(live_here=live_here + 1, from_city=from_city), NEW, 1, TODAY, WEIGHTS)
    assert more.points >= fewer.points


@pytest.mark.parametrize(
    ("last", "weeks"),
    [(None, None), (TODAY, 0), (date(2026, 11, 18), 0), (date(2026, 11, 17), 1)],
    ids=["never", "today", "six_days", "seven_days"],
)
def test_weeks_since_a_visit(last: date | None, weeks: int | None) -> None:
    assert weeks_since(last, TODAY) == weeks


def test_a_visit_that_is_still_to_come_is_no_weeks_ago() -> None:
    assert weeks_since(TODAY + timedelta(days=20), TODAY) == 0


@pytest.mark.parametrize(
    ("audience", "is_said"),
    [
        (Audience(live_here=5, from_city=6), True),
        (Audience(live_here=6, from_city=6), False),
        (Audience(), False),
    ],
    ids=["mostly_from_the_city", "as_many_from_nearby", "nobody"],
)
def test_an_audience_from_the_whole_city_is_said(audience: Audience, is_said: bool) -> None:
    found = audience_findings(audience, visited(1))
    assert codes(found) == ({"mostly_from_city"} if is_said else set())


def test_a_first_visit_is_said() -> None:
    assert codes(audience_findings(NEIGHBOURS, NEW)) == {"first_visit_to_district"}
    assert codes(audience_findings(NEIGHBOURS, visited(1))) == set()


def test_the_preference_never_refuses() -> None:
    said = audience_findings(CITY, NEW)
    assert len(said) == 2
    assert all(finding.weight < Weight.BLOCKER for finding in said)
