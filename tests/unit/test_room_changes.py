"""What the asker may change of a booking of a room, and what of it needs the host's yes."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

import pytest

from booking.rules.recurrence import Times
from booking.rules.room_changes import (
    Change,
    Scope,
    Stand,
    Stands,
    Way,
    in_scope,
    is_late,
    judge_change,
    people_findings,
    stand_of,
    stands_in_the_way,
)
from booking.rules.room_lifecycle import DateState, Side
from booking.rules.rooms import RoomPlace
from core.findings import blocker, concern
from core.geography import Point
from core.period import Period
from venues.rules.opening import WeeklyHours
from venues.rules.terms import Terms

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
DAY = date(2027, 2, 4)
AT_ONCE = Terms(welcomes_meetings=True, confirms_at_once=True)
BY_HAND = Terms(welcomes_meetings=True)


def on(starts: int, ends: int, day: date = DAY) -> Period:
    period = Times(time(starts), time(ends)).on(day)
    assert period
    return period


def place(terms: Terms, room_id: int = 1, taken: tuple[Period, ...] = ()) -> RoomPlace:
    hours = tuple(WeeklyHours(weekday, time(9), time(22)) for weekday in range(7))
    at = Point(52.1, 5.1)
    return RoomPlace(room_id, room_id, "De Zaal", "03", at, 20, hours, terms, taken=taken)


def judged(
    starts: int,
    ends: int,
    terms: Terms,
    state: DateState = DateState.CONFIRMED,
    room_id: int = 1,
    days_later: int = 0,
    taken: tuple[Period, ...] = (),
) -> tuple[str, list[str]]:
    """A date from 19.00 to 21.00 in room 1: how another time comes about, and what is against."""
    change = Change(Times(time(starts), time(ends)), days_later)
    now_at = Stands(7, on(19, 21), 1, state)
    found = judge_change(now_at, change, place(terms, room_id, taken), 12, NOW)
    return str(found.way), [finding.code for finding in found.findings]


LONGER, LATER, SHORTER = (18, 21), (20, 22), (19, 20)
CASES = {
    "shorter is at once": (judged(*SHORTER, BY_HAND), (Way.AT_ONCE, [])),
    "from later on is shorter": (judged(20, 21, BY_HAND), (Way.AT_ONCE, [])),
    "longer is asked": (judged(*LONGER, BY_HAND), (Way.ASKED, [])),
    "later is asked": (judged(*LATER, BY_HAND), (Way.ASKED, [])),
    "other day is asked": (judged(19, 21, BY_HAND, days_later=1), (Way.ASKED, [])),
    "longer where it is confirmed at once": (judged(*LONGER, AT_ONCE), (Way.AT_ONCE, [])),
    "elsewhere, at once": (judged(19, 21, AT_ONCE, room_id=2), (Way.AT_ONCE, [])),
    "elsewhere, with a host": (
        judged(19, 21, BY_HAND, room_id=2),
        (Way.ASKED, ["other_host_answers"]),
    ),
    "a question may go elsewhere": (
        judged(19, 21, BY_HAND, DateState.ASKED, room_id=2),
        (Way.ASKED, []),
    ),
    "shorter stays a question": (judged(*SHORTER, BY_HAND, DateState.ASKED), (Way.ASKED, [])),
    "the same": (judged(19, 21, BY_HAND), (Way.AT_ONCE, ["date_stays"])),
    "after closing": (judged(21, 23, AT_ONCE), (Way.AT_ONCE, ["room_closed"])),
    "taken": (judged(*LATER, AT_ONCE, taken=(on(21, 22),)), (Way.AT_ONCE, ["room_taken"])),
    "shorter beside what is taken": (
        judged(*SHORTER, BY_HAND, taken=(on(20, 22),)),
        (Way.AT_ONCE, []),
    ),
    "too long": (judged(15, 21, AT_ONCE), (Way.AT_ONCE, ["meeting_too_long"])),
}


@pytest.mark.parametrize("name", CASES)
def test_how_a_change_comes_about(name: str) -> None:
    found, expected = CASES[name]
    assert found == (str(expected[0]), expected[1])


def test_shorter_needs_neither_notice_nor_an_open_door() -> None:
    """Twin: longer needs both."""
    soon = Stands(7, Period(NOW + timedelta(hours=1), NOW + timedelta(hours=3)), 1, "confirmed")  # type: ignore[arg-type]
    closed = RoomPlace(1, 1, "De Zaal", "03", Point(52.1, 5.1), 20, (), BY_HAND, is_bookable=False)
    shorter, longer = Change(Times(time(11), time(12))), Change(Times(time(11), time(14)))
    assert judge_change(soon, shorter, closed, 12, NOW).is_possible
    said = {finding.code for finding in judge_change(soon, longer, closed, 12, NOW).findings}
    assert {"meeting_too_soon", "room_not_bookable", "room_closed"} <= said


def test_shorter_is_still_long_enough() -> None:
    hour = Terms(welcomes_meetings=True, shortest_minutes=90)
    assert judged(*SHORTER, hour)[1] == ["meeting_too_short"]


def test_what_has_begun_does_not_change() -> None:
    begun = Stands(7, Period(NOW, NOW + timedelta(hours=2)), 1, DateState.CONFIRMED)
    found = judge_change(begun, Change(Times(time(10), time(11))), place(BY_HAND), 12, NOW)
    assert [finding.code for finding in found.findings] == ["meeting_has_begun"]


def test_a_time_the_clock_skips_is_said() -> None:
    spring = date(2027, 3, 28)
    now_at = Stands(7, on(19, 21, spring), 1, DateState.CONFIRMED)
    found = judge_change(now_at, Change(Times(time(2, 30), time(4))), place(AT_ONCE), 12, NOW)
    assert [finding.code for finding in found.findings] == ["time_not_on_clock"]


@dataclass(frozen=True)
class Someday:
    period: Period
    state: DateState = DateState.CONFIRMED
    proposed_by: Side | None = None


def week(number: int, state: DateState = DateState.CONFIRMED, by: Side | None = None) -> Someday:
    return Someday(on(19, 21, DAY + timedelta(weeks=number)), state, by)


def test_for_which_dates_a_change_is() -> None:
    dates = [week(n) for n in range(4)]
    gone = week(4, DateState.CANCELLED)
    now = dates[0].period.start  # the first has begun
    every = [*reversed(dates), gone]
    assert in_scope(every, dates[2], Scope.THIS, now) == [dates[2]]
    assert in_scope(every, dates[2], Scope.FOLLOWING, now) == dates[2:]
    assert in_scope(every, dates[2], Scope.ALL, now) == dates[1:]
    assert in_scope(every, dates[0], Scope.THIS, now) == []
    assert in_scope(every, gone, Scope.THIS, now) == []


STANDS = {
    "host proposes": ([week(0), week(1, DateState.ASKED, Side.HOST)], Stand.PROPOSED),
    "own proposal": ([week(0, by=Side.ASKER)], Stand.CONFIRMED),
    "partly asked": ([week(0), week(1, DateState.ASKED)], Stand.ASKED),
    "partly cancelled": ([week(0, DateState.CANCELLED), week(1)], Stand.CONFIRMED),
    "over": ([week(-20), week(1, DateState.CANCELLED)], Stand.OVER),
    "cancelled": ([week(0, DateState.CANCELLED), week(1, DateState.EXPIRED)], Stand.CANCELLED),
    "declined": ([week(0, DateState.DECLINED)], Stand.DECLINED),
    "never answered": ([week(-20, DateState.ASKED)], Stand.EXPIRED),
}


@pytest.mark.parametrize("name", STANDS)
def test_how_a_whole_booking_stands(name: str) -> None:
    dates, expected = STANDS[name]
    assert stand_of(dates, NOW) is expected


def test_from_when_on_it_is_late() -> None:
    terms, meeting = Terms(cancel_hours=24), on(19, 21)
    assert not is_late(meeting, terms, meeting.start - timedelta(hours=24))
    assert is_late(meeting, terms, meeting.start - timedelta(hours=24) + timedelta(seconds=1))
    assert not is_late(meeting, Terms(cancel_hours=0), meeting.start)


def test_each_room_that_is_too_small_is_named_once() -> None:
    found = people_findings(21, [("De Zaal", 20), ("De Zaal", 20), ("De Tuin", None)])
    assert [(each.code, each.data["place"]) for each in found] == [("place_too_small", "De Zaal")]
    assert people_findings(20, [("De Zaal", 20)]) == []


def test_what_a_host_proposes_is_held_only_against_what_came_between() -> None:
    said = [blocker("room_taken"), blocker("meeting_too_soon", hours=1), concern("room_busy")]
    assert [each.code for each in stands_in_the_way(said)] == ["room_taken"]
