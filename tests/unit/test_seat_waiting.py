"""Whom a free seat is offered to, for how long, and when nobody can wait for it."""

from datetime import timedelta

import pytest

from booking.rules.encounters import Company, Seating
from booking.rules.norms import Norms
from booking.rules.seat_waiting import (
    Waiter,
    is_worth_waiting,
    join_findings,
    number_in_line,
    offered_until,
    seat_offers,
)
from core.period import Period
from tests.builders import NOW

ALONE, TOGETHER = Company.ALONE, Company.TOGETHER
NORMS = Norms(seat_offer_hours=12)
EARLY, LATE = 7, 8


def seating(free: int, hours: float = 100) -> Seating:
    start = NOW + timedelta(hours=hours)
    return Seating(Period(start, start + timedelta(minutes=20)), free)


def offered(waiters: list[Waiter], seatings: dict[int, Seating]) -> list[tuple[int, int]]:
    made = seat_offers(waiters, seatings, NORMS, NOW)
    return [(each.waiting_id, each.encounter_id) for each in made]


@pytest.mark.parametrize(
    ("waiters", "free", "expected"),
    [
        ([Waiter(1, ALONE), Waiter(2, ALONE)], (1, 0), [(1, EARLY)]),
        ([Waiter(1, ALONE), Waiter(2, ALONE)], (2, 0), [(1, EARLY), (2, EARLY)]),
        ([Waiter(1, ALONE), Waiter(2, ALONE)], (1, 1), [(1, EARLY), (2, LATE)]),
        ([Waiter(1, TOGETHER), Waiter(2, ALONE)], (1, 0), [(2, EARLY)]),
        ([Waiter(1, TOGETHER), Waiter(2, ALONE)], (2, 0), [(1, EARLY)]),
        ([Waiter(1, TOGETHER)], (1, 1), []),
        ([Waiter(1, ALONE, LATE), Waiter(2, ALONE)], (1, 0), [(2, EARLY)]),
        ([Waiter(1, ALONE, LATE)], (2, 1), [(1, LATE)]),
        ([], (2, 2), []),
    ],
)
def test_the_first_whom_it_fits_is_offered_it(
    waiters: list[Waiter], free: tuple[int, int], expected: list[tuple[int, int]]
) -> None:
    seatings = {LATE: seating(free[1], 101), EARLY: seating(free[0])}
    assert offered(waiters, seatings) == expected


@pytest.mark.parametrize(
    ("hours", "stands"),
    [(100, 12), (24, 12), (10, 5), (1, 0.5)],
    ids=["far", "just as long", "near", "the last chance"],
)
def test_an_offer_stands_shorter_when_it_is_near(hours: float, stands: float) -> None:
    until = offered_until(seating(1, hours).period, NORMS, NOW)
    assert until == NOW + timedelta(hours=stands)
    assert offered([Waiter(1, ALONE)], {EARLY: seating(1, hours)})


def test_what_is_too_near_is_offered_to_nobody() -> None:
    assert offered([Waiter(1, ALONE)], {EARLY: seating(1, 0.9)}) == []


@pytest.mark.parametrize(
    ("waiter", "seatings", "code"),
    [
        (Waiter(0, ALONE), {EARLY: seating(0)}, None),
        (Waiter(0, TOGETHER), {EARLY: seating(1)}, None),
        (Waiter(0, ALONE, EARLY), {EARLY: seating(0), LATE: seating(2)}, None),
        (Waiter(0, ALONE), {EARLY: seating(0), LATE: seating(1)}, "seat_free_already"),
        (Waiter(0, ALONE, EARLY), {LATE: seating(0)}, "no_seats_here"),
        (Waiter(0, ALONE), {EARLY: seating(0, 0.5)}, "too_near_to_wait"),
    ],
)
def test_who_may_wait(waiter: Waiter, seatings: dict[int, Seating], code: str | None) -> None:
    found = [each.code for each in join_findings(waiter, seatings, NORMS, NOW)]
    assert found == ([code] if code else [])


@pytest.mark.parametrize(
    ("free", "worth"), [([], False), ([2, 1], False), ([2, 0], True), ([1, 1], True)]
)
def test_waiting_is_shown_where_somebody_looks_in_vain(free: list[int], worth: bool) -> None:
    assert is_worth_waiting([seating(each) for each in free]) is worth


def test_only_who_waits_for_the_same_stands_before() -> None:
    earlier = [Waiter(1, ALONE, EARLY), Waiter(2, ALONE, LATE), Waiter(3, TOGETHER)]
    assert number_in_line(Waiter(4, ALONE, EARLY), earlier) == 3
    assert number_in_line(Waiter(4, ALONE), earlier) == 4
    assert number_in_line(Waiter(4, ALONE, 9), earlier[:2]) == 1
