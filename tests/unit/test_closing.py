"""Does what was agreed still fit? Each code said, and the nearest case in which it is not."""

from dataclasses import replace
from datetime import time, timedelta
from typing import Any

import pytest

from booking.rules.closing import (
    Changed,
    Standing,
    crowded,
    date_findings,
    outside_findings,
    stop_findings,
)
from core.findings import Weight, blocker
from core.period import Period
from tests.unit.test_rooms import EVENING, TERMS, THURSDAY, place, span
from venues.rules.hits import Agreed, Hit, hit_findings
from venues.rules.opening import DayHours, WeeklyHours

LONG_NOTICE = replace(TERMS, notice_hours=9000, longest_minutes=30)


@pytest.mark.parametrize(
    ("facts", "said", "unsaid"),
    [
        ({"has_stopped": True}, "room_stopped", {}),
        ({"is_asked": True, "is_bookable": False}, "room_not_bookable", {"is_bookable": False}),
        ({"closures": (span("20:59", "22:00"),)}, "room_closed",
         {"closures": (span("21:00", "22:00"),)}),
        ({"hours": (WeeklyHours(3, time(9), time(20, 59)),)}, "room_closed",
         {"hours": (WeeklyHours(3, time(9), time(21)),)}),
        ({"special": (DayHours(THURSDAY, time(9), time(17)),)}, "room_closed",
         {"special": (DayHours(THURSDAY, time(9), time(21)),)}),
        ({"hours": None, "closures": (EVENING,)}, "room_closed", {"hours": None}),
        ({"people": 11}, "room_small_now", {"people": 12}),
        ({"has_stopped": True, "is_asked": True}, "room_stopped", {"terms": LONG_NOTICE}),
    ],
)  # fmt: skip
def test_a_date_is_judged(facts: dict[str, Any], said: str, unsaid: dict[str, Any]) -> None:
    assert [finding.code for finding in judged(**facts)] == [said]
    assert judged(**unsaid) == []


def judged(*, has_stopped: bool = False, is_asked: bool = False, **facts: Any) -> list[Any]:
    room = Changed(place(**facts), has_stopped)
    return date_findings(Standing(EVENING, 12, is_asked), room)


def test_a_room_too_small_ends_nothing() -> None:
    assert [finding.weight for finding in judged(people=11)] == [Weight.CONCERN]
    assert [finding.weight for finding in judged(closures=(EVENING,))] == [Weight.BLOCKER]


def test_the_cube_is_never_ended() -> None:
    closed = Changed(place(closures=(EVENING,)))
    stopped = Changed(place(), has_stopped=True)
    said = [*stop_findings([EVENING], closed), *stop_findings([EVENING], stopped)]
    assert [(each.code, each.weight) for each in said] == [
        ("room_closed", Weight.CONCERN),
        ("room_stopped", Weight.CONCERN),
    ]
    assert stop_findings([EVENING], Changed(place())) == []


def test_a_calendar_elsewhere_clashes_unless_it_holds_the_booking_itself() -> None:
    overlapping = place(outside=(span("20:59", "22:00"),))
    (found,) = outside_findings(EVENING, overlapping)
    assert found.code == "busy_elsewhere"
    assert outside_findings(EVENING, place(outside=(EVENING, span("21:00", "22:00")))) == []


def test_meetings_with_less_between_than_is_wanted_now_are_crowded() -> None:
    later = span("21:39", "22:00")  # ten minutes before and thirty after are kept free
    assert crowded([later, EVENING], TERMS) == {later}
    assert crowded([later.shifted(timedelta(minutes=1)), EVENING], TERMS) == set()


def hit(key: str) -> Hit:
    moment = Period(EVENING.start, EVENING.end)
    return Hit(key, moment, "Taalcafé", "Praten", (blocker("room_stopped", place=""),), ends=True)


@pytest.mark.parametrize(
    ("hits", "seen", "said"),
    [
        ([], [], []),
        (["a"], [], ["hits_agreed"]),
        (["a"], ["a"], []),
        (["a"], ["a", "gone meanwhile"], []),
        (["a", "b"], ["a"], ["hits_changed_meanwhile"]),
    ],
)
def test_who_is_hit_has_to_be_seen_first(hits: list[str], seen: list[str], said: list[str]) -> None:
    found = hit_findings([hit(key) for key in hits], Agreed(frozenset(seen)))
    assert [finding.code for finding in found] == said
