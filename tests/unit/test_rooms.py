"""May somebody meet in this room, then? Each code said, and the nearest case in which it is not."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from booking.rules.recurrence import Times
from booking.rules.rooms import (
    Kept,
    Meeting,
    RoomAsker,
    RoomPlace,
    asker_findings,
    judged,
    room_findings,
)
from booking.rules.walking import ring, walking_minutes
from core.findings import Weight
from core.geography import Point
from core.period import Period
from venues.rules.opening import DayHours, WeeklyHours
from venues.rules.terms import BookableBy, Terms

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
THURSDAY = date(2027, 2, 4)
TERMS = Terms(welcomes_meetings=True, before_minutes=10, after_minutes=30, dates_ahead=5)
A_MINUTE = timedelta(minutes=1)


def span(starts: str, ends: str, day: date = THURSDAY) -> Period:
    found = Times(time.fromisoformat(starts), time.fromisoformat(ends)).on(day)
    assert found
    return found


def place(**facts: Any) -> RoomPlace:
    """Open on Thursdays from nine to ten at night, for twenty people."""
    usual = RoomPlace(
        room_id=1,
        resource_id=1,
        name="De Buurtkamer",
        district_number="03",
        point=Point(52.1, 5.1),
        people=20,
        hours=(WeeklyHours(3, time(9), time(22)),),
        terms=TERMS,
    )
    return replace(usual, **facts)


def codes(found: RoomPlace, period: Period, people: int = 12, **more: Any) -> list[str]:
    return [finding.code for finding in room_findings(Meeting(period, people, **more), found, NOW)]


EVENING = span("19:00", "21:00")


def test_a_free_room_says_nothing() -> None:
    assert codes(place(), EVENING) == []


@pytest.mark.parametrize(
    ("facts", "said", "unsaid"),
    [
        ({"is_bookable": False}, ["room_not_bookable"], {}),
        ({"hours": None}, ["room_hours_unknown"], {}),
        ({"hours": (WeeklyHours(3, time(9), time(20, 59)),)}, ["room_closed"],
         {"hours": (WeeklyHours(3, time(9), time(21)),)}),
        ({"closures": (span("20:59", "22:00"),)}, ["room_closed"],
         {"closures": (span("21:00", "22:00"),)}),
        ({"special": (DayHours(THURSDAY, time(9), time(17)),)}, ["room_closed"],
         {"special": (DayHours(THURSDAY + timedelta(7), time(9), time(17)),)}),
        ({"taken": (span("21:29", "22:00"),)}, ["room_taken"],
         {"taken": (span("21:30", "22:00"),)}),
        ({"taken": (span("18:00", "18:51"),)}, ["room_taken"],
         {"taken": (span("18:00", "18:50"),)}),
        ({"outside": (span("20:59", "22:00"),)}, ["room_busy_outside"],
         {"outside": (span("21:00", "22:00"),)}),
        ({"perhaps": (span("20:59", "22:00"),)}, ["room_perhaps_busy"],
         {"perhaps": (span("21:00", "22:00"),)}),
        ({"people": 11}, ["room_too_small"], {"people": 12}),
        ({"terms": replace(TERMS, shortest_minutes=121)}, ["meeting_too_short"],
         {"terms": replace(TERMS, shortest_minutes=120)}),
        ({"terms": replace(TERMS, longest_minutes=119)}, ["meeting_too_long"],
         {"terms": replace(TERMS, longest_minutes=120)}),
        ({"kept": (Kept(EVENING, NOW + A_MINUTE, 7),)}, ["room_kept"],
         {"kept": (Kept(EVENING, NOW, 7),)}),
    ],
    ids=["not bookable", "hours unknown", "open too short", "closed", "special hours",
         "taken after", "taken before", "outside", "perhaps", "people", "short", "long", "kept"],
)  # fmt: skip
def test_what_a_room_says(facts: dict[str, Any], said: list[str], unsaid: dict[str, Any]) -> None:
    assert codes(place(**facts), EVENING) == said
    assert codes(place(**unsaid), EVENING) == []


def test_only_a_perhaps_may_be_accepted() -> None:
    (finding,) = room_findings(Meeting(EVENING, 12), place(perhaps=(EVENING,)), NOW)
    assert finding.weight is Weight.CONCERN


def test_whoever_was_offered_it_is_not_in_its_own_way() -> None:
    offered = place(kept=(Kept(EVENING, NOW + A_MINUTE, 7),))
    assert codes(offered, EVENING, waiting_id=7) == []
    assert codes(offered, EVENING, waiting_id=8) == ["room_kept"]


@pytest.mark.parametrize(
    ("now", "said"),
    [
        (EVENING.start, ["meeting_in_the_past"]),
        (EVENING.start - timedelta(hours=24) + A_MINUTE, ["meeting_too_soon"]),
        (EVENING.start - timedelta(hours=24), []),
        (EVENING.start - timedelta(days=400), []),
        (EVENING.start - timedelta(days=400) - A_MINUTE, ["meeting_too_far"]),
    ],
    ids=["past", "too soon", "in time", "a year ahead", "too far"],
)
def test_how_long_before(now: datetime, said: list[str]) -> None:
    found = room_findings(Meeting(EVENING, 12), place(), now)
    assert [finding.code for finding in found] == said


@pytest.mark.parametrize(
    ("terms", "asker", "wanted", "said"),
    [
        ({"bookable_by": BookableBy.NEIGHBOURS}, RoomAsker("04"), 1, ["only_for_neighbours"]),
        ({"bookable_by": BookableBy.NEIGHBOURS}, RoomAsker(), 1, ["only_for_neighbours"]),
        ({"bookable_by": BookableBy.NEIGHBOURS}, RoomAsker("03"), 1, []),
        ({"bookable_by": BookableBy.KNOWN}, RoomAsker("03"), 1, ["only_for_known"]),
        ({"bookable_by": BookableBy.KNOWN}, RoomAsker(is_known=True), 1, []),
        ({}, RoomAsker(dates_ahead=3), 3, ["too_many_dates_ahead"]),
        ({}, RoomAsker(dates_ahead=3), 2, []),
        ({"dates_ahead": None}, RoomAsker(dates_ahead=99), 53, []),
    ],
)
def test_who_may_book(
    terms: dict[str, Any], asker: RoomAsker, wanted: int, said: list[str]
) -> None:
    found = place(terms=replace(TERMS, **terms))
    assert [finding.code for finding in asker_findings(asker, wanted, found)] == said


def test_a_time_the_clock_skips_is_no_date() -> None:
    found = judged(date(2027, 3, 28), Times(time(2, 30), time(4)), 12, place(), NOW)
    assert not found.is_free
    assert [finding.code for finding in found.findings] == ["time_not_on_clock"]


@pytest.mark.parametrize(
    ("km", "minutes", "in_ring"),
    [(0, 5, 5), (0.28, 5, 5), (0.3, 10, 10), (1.1, 20, 20), (1.2, 25, None)],
)
def test_walking_is_said_in_steps_of_five_minutes(
    km: float, minutes: int, in_ring: int | None
) -> None:
    goal = Point(52.1 + km / 111.195, 5.1)
    assert walking_minutes(Point(52.1, 5.1), goal) == minutes
    assert ring(minutes) == in_ring
