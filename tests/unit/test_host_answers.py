"""What stands against a yes, and until when an answer is due."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from booking.rules.host_answers import (
    NoReason,
    OtherTime,
    Question,
    RoomAnswer,
    answer_findings,
    answer_term,
    compete,
    ended,
    offer_findings,
    shape_findings,
    unaccepted,
)
from booking.rules.rooms import Kept, Meeting, RoomPlace
from core.findings import Finding
from core.geography import Point
from core.period import Period
from venues.rules.opening import WeeklyHours
from venues.rules.terms import Terms

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
EVENING = Period(datetime(2027, 2, 4, 18, tzinfo=UTC), datetime(2027, 2, 4, 20, tzinfo=UTC))
TERMS = Terms(welcomes_meetings=True, before_minutes=10, after_minutes=30)
ROOM = RoomPlace(
    room_id=1,
    resource_id=1,
    name="Zaal",
    district_number="03",
    point=Point(52.1, 5.1),
    people=20,
    hours=tuple(
        WeeklyHours(d, datetime(2027, 1, 1, 8).time(), datetime(2027, 1, 1, 22).time())
        for d in range(7)
    ),
    terms=TERMS,
)


def said(room: RoomPlace = ROOM, period: Period = EVENING, people: int = 12) -> dict[str, str]:
    return names(answer_findings(Meeting(period, people), room, NOW))


def names(findings: list[Finding]) -> dict[str, str]:
    return {finding.code: finding.weight.name for finding in findings}


def test_nothing_is_said_of_a_room_that_is_free() -> None:
    assert said() == {}


SOON = Period(NOW + HOUR, NOW + 2 * HOUR)
AGAINST = {
    "past": ((ROOM, SOON.shifted(-2 * HOUR)), {"meeting_in_the_past": "BLOCKER"}),
    "taken": ((replace(ROOM, taken=(EVENING,)), EVENING), {"room_taken": "BLOCKER"}),
    "taken within the buffers": (
        (replace(ROOM, taken=(Period(EVENING.end, EVENING.end + HOUR),)), EVENING),
        {"room_taken": "BLOCKER"},
    ),
    "closed": ((ROOM, EVENING.shifted(3 * HOUR)), {"room_closed": "BLOCKER"}),
    "closed for once": (
        (replace(ROOM, closures=(EVENING,)), EVENING),
        {"room_closed": "BLOCKER"},
    ),
    "kept for who waited": (
        (replace(ROOM, kept=(Kept(EVENING, NOW + DAY, 7),), outside=(EVENING,)), EVENING),
        {"room_kept": "BLOCKER", "room_busy_outside": "CONCERN"},
    ),
    "busy elsewhere": (
        (replace(ROOM, outside=(EVENING,)), EVENING),
        {"room_busy_outside": "CONCERN"},
    ),
    "perhaps busy elsewhere": (
        (replace(ROOM, perhaps=(EVENING,)), EVENING),
        {"room_perhaps_busy": "CONCERN"},
    ),
    "small": ((replace(ROOM, people=8), EVENING), {"room_too_small": "CONCERN"}),
    "paused": ((replace(ROOM, is_bookable=False), EVENING), {"room_not_bookable": "CONCERN"}),
}


@pytest.mark.parametrize(("at", "expected"), AGAINST.values(), ids=AGAINST)
def test_what_counts_against_a_yes(at: tuple[RoomPlace, Period], expected: dict[str, str]) -> None:
    room, period = at
    assert said(room, period) == expected


BINDS = {
    "notice": (replace(ROOM, terms=replace(TERMS, notice_hours=48)), SOON),
    "horizon": (ROOM, EVENING.shifted(timedelta(days=420))),
    "too long": (replace(ROOM, terms=replace(TERMS, longest_minutes=60)), EVENING),
    "too short": (
        replace(ROOM, terms=replace(TERMS, shortest_minutes=180, longest_minutes=240)),
        EVENING,
    ),
}


@pytest.mark.parametrize(("room", "period"), BINDS.values(), ids=BINDS)
def test_what_binds_who_asks_does_not_bind_the_host(room: RoomPlace, period: Period) -> None:
    assert said(room, period) == {}


def test_a_concern_refuses_until_it_is_accepted() -> None:
    busy = answer_findings(Meeting(EVENING, 12), replace(ROOM, outside=(EVENING,)), NOW)
    assert unaccepted(busy, ()) == busy
    assert unaccepted(busy, ["room_busy_outside"]) == []
    taken = answer_findings(Meeting(EVENING, 12), replace(ROOM, taken=(EVENING,)), NOW)
    assert unaccepted(taken, ["room_taken"]) == taken


def test_the_time_that_is_asked_is_no_other_time() -> None:
    question = Question(1, 1, EVENING)
    later = EVENING.shifted(HOUR)
    same = offer_findings(EVENING, question, 12, ROOM, NOW)
    assert names(same) == {"same_time_offered": "BLOCKER"}
    assert offer_findings(later, question, 12, ROOM, NOW) == []
    taken = replace(ROOM, taken=(later,))
    assert names(offer_findings(later, question, 12, taken, NOW)) == {"room_taken": "BLOCKER"}


@pytest.mark.parametrize(("minutes", "expected"), [(-1, True), (39, True), (40, False)], ids=str)
def test_two_compete_when_the_room_cannot_keep_free_what_it_must(
    minutes: int, expected: bool
) -> None:
    """Thirty minutes after the first and ten before the second."""
    after = Period(EVENING.end, EVENING.end + HOUR).shifted(timedelta(minutes=minutes))
    assert compete(EVENING, after, TERMS) is expected
    assert compete(after, EVENING, TERMS) is expected


SHAPES = {
    "nothing": (RoomAnswer(), "nothing_answered"),
    "twice": (RoomAnswer(yes=(1,), no=(1,), reason=NoReason.IN_USE), "date_answered_twice"),
    "gone": (RoomAnswer(yes=(1, 9)), "date_answered_already"),
    "no reason": (RoomAnswer(no=(1,)), "no_without_reason"),
    "not to choose": (RoomAnswer(no=(1,), reason=NoReason.GIVEN_AWAY), "no_without_reason"),
    "no words": (RoomAnswer(no=(1,), reason=NoReason.OTHER), "other_reason_without_words"),
}


@pytest.mark.parametrize(("answer", "code"), SHAPES.values(), ids=SHAPES)
def test_an_answer_that_says_nothing_or_too_much(answer: RoomAnswer, code: str) -> None:
    assert list(names(shape_findings(answer, [1, 2, 3]))) == [code]


def test_an_answer_of_all_kinds_is_sound() -> None:
    other = OtherTime(3, EVENING)
    answer = RoomAnswer(yes=(1,), no=(2,), other=(other,), reason=NoReason.OTHER, words="Feest")
    assert shape_findings(answer, [1, 2, 3]) == []


# ---- Until when ----

WEEK = NOW + timedelta(days=7)


def at(days: int, **more: Period) -> Question:
    start = NOW + timedelta(days=days)
    return Question(days, 1, Period(start, start + HOUR), **more)


def test_the_first_date_cuts_the_term_short_for_as_long_as_it_waits() -> None:
    assert answer_term([at(20)], None, WEEK) == WEEK
    assert answer_term([at(3), at(10)], None, WEEK) == NOW + timedelta(days=3)
    assert answer_term([at(10)], NOW + timedelta(days=3), WEEK) == WEEK


def test_a_longer_term_that_was_promised_stays() -> None:
    assert answer_term([at(20)], WEEK + DAY, WEEK) == WEEK + DAY


def test_what_was_offered_does_not_wait_for_the_host() -> None:
    assert answer_term([at(10, offered=EVENING)], WEEK, WEEK) is None
    assert answer_term([], WEEK, WEEK) is None


def test_only_the_date_that_cut_the_term_short_ends() -> None:
    cut = NOW + timedelta(days=3)
    questions = [at(3), at(10), at(17)]
    assert [q.date_id for q in ended(questions, cut, WEEK, cut)] == [3]
    assert ended(questions, cut, WEEK, cut - HOUR) == []


def test_when_the_term_is_over_all_that_waits_ends() -> None:
    offered = at(17, offered=Period(NOW + timedelta(days=17), NOW + timedelta(days=18)))
    questions = [at(10), at(20), offered]
    assert [q.date_id for q in ended(questions, WEEK, WEEK, WEEK)] == [10, 20]


def test_an_offer_nobody_took_ends_when_it_begins() -> None:
    offered = at(2, offered=Period(NOW + 3 * DAY, NOW + 3 * DAY + HOUR))
    assert ended([offered], None, WEEK, NOW + 2 * DAY) == []
    assert ended([offered], None, WEEK, NOW + 3 * DAY) == [offered]


def test_another_time_for_a_certain_date_ends_with_the_earliest_of_both() -> None:
    certain = Period(NOW + 5 * DAY, NOW + 5 * DAY + HOUR)
    assert at(6, stands=certain).ends_at_last == certain.start
    assert at(4, stands=certain).ends_at_last == NOW + 4 * DAY
    assert not Question(1, 1, certain, stands=certain).is_answerable
