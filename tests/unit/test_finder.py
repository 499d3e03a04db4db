"""Finding a room: what is a result, what is nearly one, and what is neither."""

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import pytest

from booking.rules.finder import Candidate, Found, by_district, by_ring, found, judge
from booking.rules.norms import DayPart
from booking.rules.recurrence import Times
from booking.rules.rooms import HORIZON
from booking.rules.sought import DAY_PARTS, Need, Sought, sought_findings
from core.clock import local_date
from core.geography import Point
from tests.unit.test_rooms import NOW, TERMS, THURSDAY, place, span
from venues.facts import find_postcode
from venues.rules.opening import WeeklyHours
from venues.rules.terms import BookableBy, Terms

A_WEEK = tuple(THURSDAY + timedelta(days=n) for n in range(7))
EVENING = Sought((THURSDAY,), Times(time(19), time(21)), people=12)
AN_AFTERNOON = Sought(A_WEEK, DAY_PARTS[DayPart.AFTERNOON], timedelta(hours=2))
OVERVECHT, LUNETTEN = find_postcode("3563"), find_postcode("3524")


Has = dict[Need, bool | None]


def judged(sought: Sought, has: Has | None = None, **facts: Any) -> Found | None:
    return judge(Candidate(place(**facts), has or {}), sought, NOW)


def misses(sought: Sought, has: Has | None = None, **facts: Any) -> list[str]:
    """The codes; nearly enough, or the test fails."""
    near = judged(sought, has, **facts)
    assert near
    return [each.code for each in near.misses]


def terms(**changed: Any) -> Terms:
    return replace(TERMS, **changed)


def test_a_room_that_can_be_had_then_is_a_result() -> None:
    result = judged(EVENING)
    assert result
    assert (result.free, result.misses, result.remarks) == ((span("19:00", "21:00"),), (), ())
    assert result.can_be_booked
    assert (result.walking, result.ring) == (None, None)


@pytest.mark.parametrize(
    ("facts", "said", "free"),
    [
        ({"people": 10}, ["seats_short"], ("19:00", "21:00")),
        ({"taken": (span("17:00", "19:20"),)}, ["free_from"], ("19:30", "21:30")),
        ({"taken": (span("20:45", "22:00"),)}, ["free_until"], ("18:15", "20:15")),
        ({"closures": (span("19:00", "19:15"),)}, ["free_from"], ("19:15", "21:15")),
        ({"outside": (span("20:30", "22:00"),)}, ["free_until"], ("18:30", "20:30")),
        ({"taken": (span("16:00", "18:50"), span("20:50", "22:00"))}, ["free_shorter"],
         ("19:00", "20:20")),
        ({"hours": (WeeklyHours(3, time(9), time(20)),)}, ["free_until"], ("18:00", "20:00")),
        ({"terms": terms(longest_minutes=90)}, ["meeting_too_long"], None),
        ({"terms": terms(shortest_minutes=180)}, ["meeting_too_short"], None),
        ({"people": 10, "taken": (span("20:45", "22:00"),)}, ["free_until", "seats_short"],
         ("18:15", "20:15")),
    ],
    ids=["small", "later", "earlier", "closed at first", "outside", "between two others",
         "closes early", "too long", "too short", "two things"],
)  # fmt: skip
def test_what_is_nearly_good_says_what_is_not(
    facts: dict[str, Any], said: list[str], free: tuple[str, str] | None
) -> None:
    near = judged(EVENING, **facts)
    assert near
    assert [each.code for each in near.misses] == said
    assert near.free == ((span(*free),) if free else ())
    assert near.can_be_booked is (free is not None and "seats_short" not in said)


@pytest.mark.parametrize(
    "facts",
    [
        {"is_bookable": False},
        {"hours": None},
        {"hours": ()},
        {"people": 8},
        {"closures": (span("09:00", "22:00"),)},
        {"taken": (span("16:00", "22:00"),)},
        {"taken": (span("16:00", "18:50"), span("20:29", "22:00"))},
        {"hours": (WeeklyHours(3, time(9), time(18, 59)),)},
    ],
    ids=["not lent", "hours unknown", "no hours", "far too small", "closed", "taken",
         "less than half", "more than two hours earlier"],
)  # fmt: skip
def test_what_is_not_even_nearly_good_is_left_out(facts: dict[str, Any]) -> None:
    assert judged(EVENING, **facts) is None


def test_seats_are_nearly_enough_up_to_a_quarter_or_two() -> None:
    assert judged(EVENING, people=9)
    assert judged(EVENING, people=8) is None
    assert judged(replace(EVENING, people=4), people=2)
    assert judged(replace(EVENING, people=4), people=1) is None


def test_a_need_is_met_or_unsaid_or_rules_the_room_out() -> None:
    sought = replace(EVENING, needs=frozenset({Need.KITCHEN, Need.SCREEN}))
    assert misses(sought, {Need.KITCHEN: True, Need.SCREEN: True}) == []
    assert misses(sought, {Need.KITCHEN: True, Need.SCREEN: None}) == ["need_unknown"]
    assert judged(sought, {Need.KITCHEN: True, Need.SCREEN: False}) is None


def test_a_perhaps_elsewhere_is_a_remark_and_no_miss() -> None:
    perhaps: dict[str, Any] = {"perhaps": (span("14:00", "22:00"),)}
    for sought in (EVENING, AN_AFTERNOON):
        result = judged(sought, **perhaps)
        assert result
        assert not result.misses
        assert [each.code for each in result.remarks] == ["room_perhaps_busy"]
    in_the_morning = replace(AN_AFTERNOON, times=DAY_PARTS[DayPart.MORNING])
    elsewhere = judged(in_the_morning, **perhaps)
    assert elsewhere
    assert not elsewhere.remarks


@pytest.mark.parametrize(
    ("sought", "bookable_by", "missed", "remarked"),
    [
        (replace(EVENING, origin=LUNETTEN), BookableBy.NEIGHBOURS, ["kept_for_district"], []),
        (replace(EVENING, origin=OVERVECHT), BookableBy.NEIGHBOURS, [], []),
        (EVENING, BookableBy.NEIGHBOURS, [], ["kept_for_district"]),
        (Sought(origin=LUNETTEN), BookableBy.NEIGHBOURS, [], ["kept_for_district"]),
        (replace(EVENING, origin=OVERVECHT), BookableBy.KNOWN, ["kept_for_known"], []),
        (EVENING, BookableBy.KNOWN, [], ["kept_for_known"]),
    ],
    ids=["elsewhere", "the same district", "nobody knows from where", "only looking", "known",
         "perhaps known"],
)  # fmt: skip
def test_who_may_book_counts_once_it_is_known_from_where(
    sought: Sought, bookable_by: BookableBy, missed: list[str], remarked: list[str]
) -> None:
    result = judged(sought, terms=terms(bookable_by=bookable_by))
    assert result
    assert [each.code for each in result.misses] == missed
    assert [each.code for each in result.remarks] == remarked


def test_every_free_time_of_the_week_is_found() -> None:
    open_two_days = (WeeklyHours(3, time(9), time(22)), WeeklyHours(5, time(14), time(16)))
    result = judged(AN_AFTERNOON, hours=open_two_days, taken=(span("15:00", "16:00"),))
    assert result
    saturday = THURSDAY + timedelta(days=2)
    assert result.free == (span("12:30", "14:30"), span("14:00", "16:00", saturday))


def test_a_shorter_time_is_nearly_good_from_half_of_what_was_asked() -> None:
    for closes, said in ((time(13, 30), ["free_shorter"]), (time(14, 30), [])):
        assert misses(AN_AFTERNOON, hours=(WeeklyHours(3, time(9), closes),)) == said
    assert judged(AN_AFTERNOON, hours=(WeeklyHours(3, time(9), time(13, 29)),)) is None


def test_longer_than_the_terms_allow_is_nearly_good() -> None:
    assert misses(AN_AFTERNOON, terms=terms(longest_minutes=60)) == ["meeting_too_long"]
    assert misses(AN_AFTERNOON, terms=terms(longest_minutes=120)) == []


def test_without_a_moment_every_lent_room_is_a_result() -> None:
    for facts in ({"taken": (span("09:00", "22:00"),)}, {"hours": None}):
        result = judged(Sought(), **facts)
        assert result
        assert (result.free, result.misses, result.can_be_booked) == ((), (), False)


def candidate(number: int, km: float, people: int, district: str = "03", **facts: Any) -> Candidate:
    """So far north of Overvecht."""
    assert OVERVECHT
    goal = Point(OVERVECHT.centre.lat + km / 111.195, OVERVECHT.centre.lon)
    named = {"room_id": number, "name": f"Zaal {number}", "district_number": district}
    return Candidate(place(point=goal, people=people, **named, **facts), {})


def ids(results: list[Found]) -> list[int]:
    return [each.place.room_id for each in results]


def test_the_nearest_comes_first_and_of_those_the_smallest_that_does() -> None:
    near_and_big, near_and_small = candidate(1, 0.1, 80), candidate(2, 0.2, 12)
    far, beyond = candidate(3, 1.0, 12), candidate(4, 3.0, 12)
    sought = replace(EVENING, origin=OVERVECHT)
    results, nearly = found([beyond, far, near_and_big, near_and_small], sought, NOW)
    assert ids(results) == [2, 1, 3, 4]
    assert nearly == []
    rings = [(minutes, ids(here)) for minutes, here in by_ring(results)]
    assert rings == [(5, [2, 1]), (20, [3]), (None, [4])]


def test_of_near_misses_those_that_can_be_booked_come_first() -> None:
    small, later = candidate(1, 0.1, 11), candidate(2, 1.0, 12, taken=(span("17:00", "19:20"),))
    both = candidate(3, 0.1, 11, taken=(span("17:00", "19:20"),))
    results, nearly = found([both, small, later], replace(EVENING, origin=OVERVECHT), NOW)
    assert (results, ids(nearly)) == ([], [2, 1, 3])


def test_results_per_district_are_in_the_order_of_the_districts() -> None:
    results, _nearly = found(
        [candidate(1, 0, 20, "10"), candidate(2, 0, 20, "01"), candidate(3, 0, 30, "01")],
        EVENING,
        NOW,
    )
    assert {number: ids(here) for number, here in by_district(results).items()} == {
        "01": [2, 3],
        "10": [1],
    }


@pytest.mark.parametrize(
    ("day", "times", "said"),
    [
        (THURSDAY, Times(time(19), time(21)), []),
        (THURSDAY, Times(time(19), time()), []),
        (THURSDAY, None, []),
        (THURSDAY, Times(time(19), time(19)), ["meeting_ends_early"]),
        (THURSDAY, Times(time(21), time(19)), ["meeting_ends_early"]),
        (date(2027, 3, 28), Times(time(2, 30), time(4)), ["time_not_on_clock"]),
        (local_date(NOW), Times(time(10), time(12)), ["meeting_in_the_past"]),
        (local_date(NOW), Times(time(10, 1), time(12)), []),
        (local_date(NOW), None, []),
        (local_date(NOW) - timedelta(days=1), None, ["meeting_in_the_past"]),
        (local_date(NOW + HORIZON), None, []),
        (local_date(NOW + HORIZON) + timedelta(days=1), None, ["meeting_too_far"]),
    ],
)
def test_what_no_room_can_do(day: date, times: Times | None, said: list[str]) -> None:
    assert [each.code for each in sought_findings(day, times, NOW)] == said
