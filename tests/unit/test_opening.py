"""Weekly opening hours as periods, also on the days the clock changes."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.clock import local_day, local_days, to_utc
from core.period import Period, merged
from venues.rules.opening import END_OF_DAY, DayHours, WeeklyHours, open_periods
from venues.rules.values import hours_findings

MONDAY = date(2027, 2, 1)
SPRING, AUTUMN = date(2027, 3, 28), date(2027, 10, 31)  # Sundays on which the clock changes
SUNDAY = 6


def at(day: date, start: str, end: str) -> Period:
    return Period(to_utc(day, time.fromisoformat(start)), to_utc(day, time.fromisoformat(end)))


def open_from(start: str, end: str, weekday: int = 0) -> WeeklyHours:
    return WeeklyHours(weekday, time.fromisoformat(start), time.fromisoformat(end))


def utc(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("hours", "closures", "expected"),
    [
        pytest.param([], [], [], id="nothing said"),
        pytest.param([open_from("09:00", "17:00")], [], [("09:00", "17:00")], id="one period"),
        pytest.param([open_from("09:00", "17:00", 1)], [], [], id="another weekday"),
        pytest.param(
            [open_from("13:00", "17:00"), open_from("09:00", "12:00")],
            [],
            [("09:00", "12:00"), ("13:00", "17:00")],
            id="two periods, in order",
        ),
        pytest.param(
            [open_from("09:00", "12:00"), open_from("12:00", "17:00")],
            [],
            [("09:00", "17:00")],
            id="touching periods are one",
        ),
        pytest.param(
            [open_from("09:00", "17:00")],
            [("11:00", "13:00")],
            [("09:00", "11:00"), ("13:00", "17:00")],
            id="closed in the middle",
        ),
        pytest.param(
            [open_from("09:00", "17:00")], [("00:00", "23:00")], [], id="closed all the time"
        ),
        pytest.param(
            [open_from("09:00", "17:00")],
            [("17:00", "18:00")],
            [("09:00", "17:00")],
            id="closed from the moment it closes",
        ),
    ],
)
def test_open_is_weekly_hours_without_closures(
    hours: list[WeeklyHours], closures: list[tuple[str, str]], expected: list[tuple[str, str]]
) -> None:
    closed = [at(MONDAY, *closure) for closure in closures]
    assert open_periods(hours, closed, MONDAY, MONDAY) == [at(MONDAY, *each) for each in expected]


def test_the_last_day_counts() -> None:
    every_day = [open_from("09:00", "17:00", weekday) for weekday in range(7)]
    found = open_periods(every_day, [], MONDAY, MONDAY + timedelta(days=13))
    assert len(found) == 14


@pytest.mark.parametrize(
    ("day", "hours", "length"),
    [
        pytest.param(SPRING, ("00:00", "23:59"), 23, id="spring has 23 hours"),
        pytest.param(AUTUMN, ("00:00", "23:59"), 25, id="autumn has 25 hours"),
        pytest.param(SPRING, ("01:00", "04:00"), 2, id="spring night"),
        pytest.param(AUTUMN, ("01:00", "04:00"), 4, id="autumn night"),
        pytest.param(SPRING, ("09:00", "17:00"), 8, id="a spring day"),
        pytest.param(AUTUMN, ("09:00", "17:00"), 8, id="an autumn day"),
    ],
)
def test_hours_on_days_the_clock_changes(day: date, hours: tuple[str, str], length: int) -> None:
    [found] = open_periods([open_from(*hours, SUNDAY)], [], day, day)
    assert found.length == timedelta(hours=length)


@pytest.mark.parametrize(
    ("day", "hours", "expected"),
    [
        pytest.param(SPRING, ("02:30", "09:00"), (1, 7), id="opens at a time that is skipped"),
        pytest.param(SPRING, ("01:00", "02:30"), (0, 1), id="closes at a time that is skipped"),
        pytest.param(AUTUMN, ("02:30", "09:00"), (2, 8), id="opens at a time that comes twice"),
    ],
)
def test_a_skipped_or_doubled_time_becomes_the_hour_after(
    day: date, hours: tuple[str, str], expected: tuple[int, int]
) -> None:
    found = open_periods([open_from(*hours, SUNDAY)], [], day, day)
    assert found == [Period(utc(day, expected[0]), utc(day, expected[1]))]


def test_until_the_end_of_the_day_joins_the_next_day() -> None:
    nights = [open_from("20:00", "23:59", 0), open_from("00:00", "02:00", 1)]
    [night] = open_periods(nights, [], MONDAY, MONDAY + timedelta(days=1))
    assert night.length == timedelta(hours=6)


CLOCK_TIMES = st.times().map(lambda each: each.replace(second=0, microsecond=0))


def in_order(weekday: int, one: time, other: time) -> WeeklyHours:
    """Never wholly in the hour that the clock skips or repeats."""
    opens, closes = sorted((one, other))
    is_apart = opens != closes and not (opens.hour == 2 and closes <= time(3))
    return (
        WeeklyHours(weekday, opens, closes) if is_apart else WeeklyHours(weekday, opens, END_OF_DAY)
    )


ANY_HOURS = st.builds(
    in_order, st.integers(0, 6), CLOCK_TIMES.filter(lambda each: each < END_OF_DAY), CLOCK_TIMES
)
DAYS = st.dates(date(2026, 1, 1), date(2030, 12, 31))


@given(st.lists(ANY_HOURS, max_size=6), DAYS, st.integers(0, 20))
def test_periods_stay_apart_in_order_and_inside_the_days_asked(
    hours: list[WeeklyHours], first: date, more: int
) -> None:
    last = first + timedelta(days=more)
    found = open_periods(hours, [], first, last)
    asked = local_days(first, last)
    assert all(asked.covers(each) for each in found)
    assert all(a.end < b.start for a, b in pairwise(found))


@given(st.lists(ANY_HOURS, max_size=6), DAYS, st.integers(0, 23), st.integers(1, 30))
def test_never_open_during_a_closure(
    hours: list[WeeklyHours], day: date, start: int, length: int
) -> None:
    begin = local_day(day).start + timedelta(hours=start)
    closure = Period(begin, begin + timedelta(hours=length))
    found = open_periods(hours, [closure], day, day + timedelta(days=2))
    assert not any(each.overlaps(closure) for each in found)


@pytest.mark.parametrize(
    ("hours", "expected"),
    [
        pytest.param([], [], id="nothing said"),
        pytest.param([("09:00", "12:00", 0), ("12:00", "17:00", 0)], [], id="touching"),
        pytest.param([("09:00", "12:00", 0), ("11:00", "17:00", 1)], [], id="other days"),
        pytest.param([("17:00", "09:00", 2)], ["closes_before_opening"], id="backwards"),
        pytest.param([("09:00", "09:00", 2)], ["closes_before_opening"], id="no length"),
        pytest.param(
            [("09:00", "12:00", 0), ("11:00", "17:00", 0)], ["opening_hours_overlap"], id="overlap"
        ),
        pytest.param(
            [("09:00", "12:00", 0), ("09:00", "12:00", 0)], ["opening_hours_overlap"], id="twice"
        ),
        pytest.param(
            [(f"{hour:02}:00", f"{hour:02}:30", 0) for hour in range(9, 13)],
            ["too_many_opening_hours"],
            id="four periods on one day",
        ),
    ],
)
def test_what_is_wrong_with_weekly_hours(
    hours: list[tuple[str, str, int]], expected: list[str]
) -> None:
    found = hours_findings(open_from(*each) for each in hours)
    assert [finding.code for finding in found] == expected


@given(st.lists(ANY_HOURS, max_size=6))
def test_what_is_said_of_hours_does_not_depend_on_their_order(hours: list[WeeklyHours]) -> None:
    assert hours_findings(hours) == hours_findings(reversed(hours))


@pytest.mark.parametrize("day", [SPRING, AUTUMN], ids=["spring", "autumn"])
def test_hours_inside_the_changing_hour_make_no_period(day: date) -> None:
    assert open_periods([open_from("02:15", "02:45", SUNDAY)], [], day, day) == []


def special(day: date, start: str, end: str) -> DayHours:
    return DayHours(day, time.fromisoformat(start), time.fromisoformat(end))


def on_the_day(hours: WeeklyHours, day: date) -> DayHours:
    return DayHours(day, hours.opens_at, hours.closes_at)


def open_time(periods: list[Period]) -> timedelta:
    return sum((each.length for each in periods), timedelta())


def test_special_hours_take_the_place_of_the_weekly_ones_on_their_day_alone() -> None:
    weekly = [open_from("09:00", "17:00", weekday) for weekday in range(7)]
    tuesday, last = MONDAY + timedelta(days=1), MONDAY + timedelta(days=2)
    other = [special(tuesday, "19:00", "21:00"), special(tuesday, "10:00", "11:00")]
    assert open_periods(weekly, [], MONDAY, last, other) == [
        at(MONDAY, "09:00", "17:00"),
        at(tuesday, "10:00", "11:00"),
        at(tuesday, "19:00", "21:00"),
        at(last, "09:00", "17:00"),
    ]


def test_a_closure_closes_special_hours_too() -> None:
    other = [special(MONDAY, "10:00", "14:00")]
    found = open_periods([], [at(MONDAY, "12:00", "20:00")], MONDAY, MONDAY, other)
    assert found == [at(MONDAY, "10:00", "12:00")]


HOURS = st.lists(ANY_HOURS, max_size=6)


@given(HOURS, HOURS, DAYS)
def test_special_hours_of_a_day_are_as_weekly_hours_of_that_weekday(
    hours: list[WeeklyHours], others: list[WeeklyHours], day: date
) -> None:
    instead = [WeeklyHours(day.weekday(), each.opens_at, each.closes_at) for each in others]
    special = [on_the_day(each, day) for each in others]
    expected = open_periods(instead or hours, [], day, day)
    assert open_periods(hours, [], day, day, special) == expected


@given(HOURS, HOURS, DAYS, st.integers(1, 30))
def test_special_hours_of_another_day_change_nothing(
    hours: list[WeeklyHours], others: list[WeeklyHours], day: date, later: int
) -> None:
    special = [on_the_day(each, day + timedelta(days=later)) for each in others]
    assert open_periods(hours, [], day, day, special) == open_periods(hours, [], day, day)


@given(HOURS, DAYS, st.integers(1, 14), st.data())
def test_a_range_is_open_as_its_parts_are(
    hours: list[WeeklyHours], first: date, more: int, data: st.DataObject
) -> None:
    last = first + timedelta(days=more)
    until = first + timedelta(days=data.draw(st.integers(0, more - 1)))
    parts = [
        *open_periods(hours, [], first, until),
        *open_periods(hours, [], until + timedelta(days=1), last),
    ]
    assert merged(parts) == open_periods(hours, [], first, last)


@given(HOURS, DAYS, st.lists(st.tuples(st.integers(0, 48), st.integers(1, 30)), max_size=4))
def test_a_closure_takes_away_just_what_was_open_then(
    hours: list[WeeklyHours], day: date, spans: list[tuple[int, int]]
) -> None:
    begin = local_day(day).start
    closed = merged(
        Period(begin + timedelta(hours=start), begin + timedelta(hours=start + length))
        for start, length in spans
    )
    last = day + timedelta(days=2)
    whole, left = open_periods(hours, [], day, last), open_periods(hours, closed, day, last)
    taken = [overlap for each in whole for gap in closed if (overlap := each.common(gap))]
    assert open_time(left) + open_time(taken) == open_time(whole)
    assert merged([*left, *taken]) == whole
