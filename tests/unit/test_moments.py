"""Yearly days, and which requests for a moment go together."""

from datetime import UTC, date, datetime
from itertools import permutations

import pytest

from booking.rules.together import Candidate, Place, Why, together
from booking.rules.yearly import YEARLY_DAYS, proposals
from core.period import Period

NEIGHBOURS_DAY, AUTUMN_WEEK = YEARLY_DAYS


@pytest.mark.parametrize(
    ("year", "day"),
    [(2024, 28), (2025, 27), (2026, 26), (2027, 25), (2028, 23), (2029, 22), (2030, 28)],
)
def test_neighbours_day_is_the_fourth_saturday_of_september(year: int, day: int) -> None:
    assert NEIGHBOURS_DAY.first_day(year) == date(year, 9, day)


@pytest.mark.parametrize(
    ("year", "day"),
    [(2021, 30), (2024, 26), (2025, 25), (2026, 24), (2027, 30), (2028, 28), (2030, 26)],
)
def test_the_autumn_week_begins_on_the_last_thursday_of_september(year: int, day: int) -> None:
    assert AUTUMN_WEEK.first_day(year) == date(year, 9, day)


def test_proposals_lie_ahead_and_are_said_once() -> None:
    found = proposals(date(2026, 2, 1), until=date(2027, 1, 31))
    assert [(one.key, one.first_day, one.last_day) for one in found] == [
        ("autumn_week", date(2026, 9, 24), date(2026, 9, 30)),
        ("neighbours_day", date(2026, 9, 26), date(2026, 9, 26)),
    ]
    left = proposals(date(2026, 2, 1), until=date(2027, 1, 31), answered=[("neighbours_day", 2026)])
    assert [one.key for one in left] == ["autumn_week"]


def test_a_day_that_was_answered_comes_back_next_year() -> None:
    found = proposals(
        date(2026, 9, 26), until=date(2027, 9, 25), answered=[("neighbours_day", 2026)]
    )
    assert [one.identity for one in found] == [("neighbours_day", 2027)]


def place(hour: int, cube: int = 1) -> Place:
    start = datetime(2026, 9, 26, hour, tzinfo=UTC)
    return Place(cube, Period(start, start.replace(hour=hour + 3)))


def whys(*candidates: Candidate) -> dict[int, Why]:
    return {verdict.request_id: verdict.why for verdict in together(candidates)}


def test_each_district_comes_before_a_second_in_one_of_them() -> None:
    assert whys(
        Candidate(1, 3, 90, [place(8)]),
        Candidate(2, 3, 80, [place(12)]),
        Candidate(3, 5, 10, [place(12)]),
        Candidate(4, 3, 20, [place(16)]),
    ) == {
        1: Why.FIRST_IN_DISTRICT,
        2: Why.CLASHES,
        3: Why.FIRST_IN_DISTRICT,
        4: Why.ROOM_LEFT,
    }


def test_who_can_move_makes_way_for_who_cannot() -> None:
    verdicts = together(
        [Candidate(1, 3, 90, [place(8), place(12)]), Candidate(2, 5, 10, [place(8)])]
    )
    assert [verdict.place for verdict in verdicts] == [place(12), place(8)]


def test_who_is_left_out_reads_who_stands_there_or_that_nothing_fits() -> None:
    verdicts = together(
        [Candidate(1, 3, 90, [place(8)]), Candidate(2, 5, 10, [place(9)]), Candidate(3, 6, 99, [])]
    )
    assert [(one.why, one.instead_of_it) for one in verdicts[1:]] == [
        (Why.CLASHES, (1,)),
        (Why.NOTHING_FITS, ()),
    ]
    assert whys(Candidate(1, 3, 90, [place(8)]), Candidate(2, 5, 10, [place(9, cube=2)])) == {
        1: Why.FIRST_IN_DISTRICT,
        2: Why.FIRST_IN_DISTRICT,
    }


def test_the_order_in_which_requests_are_given_changes_nothing() -> None:
    candidates = [Candidate(n, n % 2, 50, [place(8), place(8 + n)]) for n in range(1, 5)]
    answers = {tuple(together(order)) for order in permutations(candidates)}
    assert len(answers) == 1


def test_more_points_go_before_who_asked_first() -> None:
    assert whys(Candidate(1, 3, 10, [place(8)]), Candidate(2, 5, 90, [place(8)])) == {
        1: Why.CLASHES,
        2: Why.FIRST_IN_DISTRICT,
    }


def test_two_districts_come_before_one_with_more_points() -> None:
    assert whys(
        Candidate(1, 3, 90, [place(10)]),
        Candidate(2, 5, 20, [place(8)]),
        Candidate(3, 6, 20, [place(12)]),
    ) == {1: Why.CLASHES, 2: Why.FIRST_IN_DISTRICT, 3: Why.FIRST_IN_DISTRICT}


def test_the_askers_own_order_decides_between_equals() -> None:
    (verdict,) = together([Candidate(1, 3, 50, [place(12), place(8)])])
    assert verdict.place == place(12)
