"""When somebody can wait, who is next, and how long an offer stands."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from booking.rules.norms import Norms
from booking.rules.room_lifecycle import WaitingState
from booking.rules.rooms import Kept, Meeting, RoomPlace
from booking.rules.waiting import (
    SHORTEST_OFFER,
    Waiter,
    WaitingAction,
    has_hope,
    join_findings,
    may_wait,
    offered_until,
    offers,
    place_in_line,
)
from core.period import Period
from tests.unit.test_rooms import EVENING, NOW, TERMS, place, span

NORMS = Norms()
A_DAY, A_MINUTE = timedelta(days=1), timedelta(minutes=1)
TAKEN = {"taken": (EVENING,)}
LAST = EVENING.start - TERMS.notice  # the last moment at which it can be booked


def said(found: RoomPlace, people: int = 12, now: Any = NOW) -> list[str]:
    return [finding.code for finding in join_findings(Meeting(EVENING, people), found, now)]


@pytest.mark.parametrize(
    ("facts", "codes"),
    [
        (TAKEN, []),
        ({"outside": (EVENING,)}, []),
        ({"kept": (Kept(EVENING, NOW + A_DAY, 7),)}, []),
        ({}, ["free_already"]),
        ({**TAKEN, "closures": (EVENING,)}, ["room_closed"]),
        ({**TAKEN, "people": 11}, ["room_too_small"]),
        ({**TAKEN, "is_bookable": False}, ["room_not_bookable"]),
    ],
)
def test_only_what_is_taken_can_be_waited_for(facts: dict[str, Any], codes: list[str]) -> None:
    assert said(place(**facts)) == codes


def test_nobody_waits_for_what_cannot_be_booked_in_time() -> None:
    assert said(place(**TAKEN), now=LAST - SHORTEST_OFFER) == []
    assert said(place(**TAKEN), now=LAST - SHORTEST_OFFER + A_MINUTE) == ["too_near_to_wait"]
    assert said(place(**TAKEN), now=LAST + A_MINUTE) == ["meeting_too_soon"]


def waiter(number: int, period: Period = EVENING, room_id: int = 1, people: int = 10) -> Waiter:
    return Waiter(number, room_id, period, people)


def offered(*waiters: Waiter, now: Any = NOW, **facts: Any) -> list[int]:
    places = {1: place(**facts), 2: place(room_id=2)}
    return [offer.waiting_id for offer in offers(waiters, places, NORMS, now)]


def test_who_came_first_is_offered_it_and_nobody_else() -> None:
    assert offered(waiter(4), waiter(5), waiter(6)) == [4]
    assert offered(waiter(4), waiter(5), **TAKEN) == []


def test_whoever_does_not_fit_is_passed_over() -> None:
    assert offered(waiter(4, people=21), waiter(5)) == [5]


def test_two_offers_in_one_room_never_stand_in_each_others_way() -> None:
    """Ten minutes before and thirty after are kept free: forty between two meetings."""
    too_close = waiter(5, span("17:00", "18:21"))
    far_enough = waiter(6, span("17:00", "18:20"))
    assert offered(waiter(4), too_close) == [4]
    assert offered(waiter(4), far_enough) == [4, 6]
    assert offered(waiter(4), waiter(5, room_id=2)) == [4, 5]


def test_an_offer_that_stands_keeps_it_from_the_others() -> None:
    kept = Kept(EVENING, NOW + A_DAY, 3)
    assert offered(waiter(4), kept=(kept,)) == []
    assert offered(waiter(4), kept=(replace(kept, until=NOW),)) == [4]


def test_nothing_is_offered_when_there_is_no_time_to_answer() -> None:
    assert offered(waiter(4), now=LAST - SHORTEST_OFFER) == [4]
    assert offered(waiter(4), now=LAST - SHORTEST_OFFER + A_MINUTE) == []


def test_an_offer_stands_for_a_day_or_until_it_would_be_too_late() -> None:
    assert offered_until(EVENING, TERMS, NORMS, NOW) == NOW + A_DAY
    near = LAST - timedelta(hours=3)
    assert offered_until(EVENING, TERMS, NORMS, near) == LAST
    assert has_hope(EVENING, TERMS, near)


def test_the_number_in_line_counts_only_who_wants_the_same_time() -> None:
    earlier = [EVENING, span("14:00", "15:00"), span("20:00", "22:00")]
    assert place_in_line(EVENING, earlier, TERMS) == 3
    assert place_in_line(EVENING, [], TERMS) == 1


@pytest.mark.parametrize("action", list(WaitingAction))
def test_what_is_done_with_stays_done(action: WaitingAction) -> None:
    for state in (WaitingState.TAKEN, WaitingState.LAPSED, WaitingState.LEFT):
        assert [finding.code for finding in may_wait(action, state)] == [
            "waiting_not_in_this_state"
        ]
    assert not may_wait(WaitingAction.TAKE, WaitingState.OFFERED)
    assert may_wait(WaitingAction.TAKE, WaitingState.WAITING)
