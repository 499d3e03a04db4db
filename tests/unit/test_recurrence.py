"""On which days a series falls, and at which moments."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking.rules.recurrence import (
    DATES_AT_MOST,
    LONGEST,
    Frequency,
    Pattern,
    Recurrence,
    Times,
    days,
    pattern,
    recurrence_findings,
    week_of_month,
)

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
SERIES = [Frequency.WEEKLY, Frequency.FORTNIGHTLY, Frequency.MONTHLY]
DAYS = st.dates(date(2026, 1, 1), date(2035, 12, 31))


def test_once_is_one_day() -> None:
    assert days(date(2027, 2, 4), Recurrence()) == [date(2027, 2, 4)]


@pytest.mark.parametrize(
    ("frequency", "expected"),
    [
        (Frequency.WEEKLY, [date(2027, 2, 2), date(2027, 2, 9), date(2027, 2, 16)]),
        (Frequency.FORTNIGHTLY, [date(2027, 2, 2), date(2027, 2, 16), date(2027, 3, 2)]),
        (Frequency.MONTHLY, [date(2027, 2, 2), date(2027, 3, 2), date(2027, 4, 6)]),
    ],
    ids=SERIES,
)
def test_a_series_comes_back(frequency: Frequency, expected: list[date]) -> None:
    assert days(date(2027, 2, 2), Recurrence(frequency, count=3)) == expected


def test_a_fifth_weekday_means_the_last_one() -> None:
    fifth_friday = date(2027, 1, 29)
    found = days(fifth_friday, Recurrence(Frequency.MONTHLY, count=4))
    assert found == [fifth_friday, date(2027, 2, 26), date(2027, 3, 26), date(2027, 4, 30)]


def test_until_is_the_last_day_that_counts() -> None:
    until = Recurrence(Frequency.WEEKLY, until=date(2027, 2, 18))
    assert days(date(2027, 2, 4), until)[-1] == date(2027, 2, 18)
    a_day_less = Recurrence(Frequency.WEEKLY, until=date(2027, 2, 17))
    assert days(date(2027, 2, 4), a_day_less)[-1] == date(2027, 2, 11)


@given(first=DAYS, frequency=st.sampled_from(SERIES), count=st.integers(2, DATES_AT_MOST))
def test_every_day_of_a_series_is_the_same_weekday(
    first: date, frequency: Frequency, count: int
) -> None:
    found = days(first, Recurrence(frequency, count=count))
    assert found[0] == first
    assert found == sorted(set(found))
    assert {day.weekday() for day in found} == {first.weekday()}
    assert all(day - first <= LONGEST for day in found)
    if frequency is Frequency.MONTHLY:
        assert {week_of_month(day) for day in found} <= {week_of_month(first), 4, -1}


@given(first=DAYS, frequency=st.sampled_from(SERIES), weeks=st.integers(1, 52))
def test_until_and_count_say_the_same(first: date, frequency: Frequency, weeks: int) -> None:
    found = days(first, Recurrence(frequency, until=first + timedelta(weeks=weeks)))
    if len(found) > 1:
        assert days(first, Recurrence(frequency, count=len(found))) == found
        assert days(first, Recurrence(frequency, until=found[-1])) == found


@given(first=DAYS, frequency=st.sampled_from(SERIES), drops=st.sets(st.integers(0, 11)))
def test_a_pattern_says_exactly_what_holds(
    first: date, frequency: Frequency, drops: set[int]
) -> None:
    every = days(first, Recurrence(frequency, count=12))
    held = [day for n, day in enumerate(every) if n not in drops]
    found = pattern(frequency, first, held)
    if not held:
        assert found is None
        return
    assert found is not None
    by_rule = [day for day in every if found.first <= day <= found.last]
    assert [day for day in by_rule if day not in found.without] == held


def test_a_single_day_that_holds_needs_no_rule() -> None:
    held = date(2027, 2, 11)
    found = pattern(Frequency.WEEKLY, date(2027, 2, 4), [held])
    assert found == Pattern(Frequency.WEEKLY, held, held, ())


@pytest.mark.parametrize("day", [date(2026, 10, 22), date(2026, 10, 29), date(2027, 4, 1)], ids=str)
def test_seven_in_the_evening_stays_seven_when_the_clock_changes(day: date) -> None:
    found = Times(time(19), time(21)).on(day)
    assert found
    assert found.start.astimezone(AMSTERDAM).time() == time(19)
    assert found.length == timedelta(hours=2)


def test_until_midnight_is_the_start_of_the_next_day() -> None:
    found = Times(time(20), time()).on(date(2027, 2, 4))
    assert found
    assert found.end == datetime(2027, 2, 4, 23, tzinfo=UTC)


@pytest.mark.parametrize(
    "day", [date(2027, 3, 28), date(2026, 10, 25)], ids=["is skipped", "comes twice"]
)
def test_a_time_the_clock_does_not_show_is_no_time(day: date) -> None:
    assert Times(time(2, 30), time(4)).on(day) is None
    assert Times(time(4), time(5)).on(day) is not None


FIRST = date(2027, 2, 4)


@pytest.mark.parametrize(
    ("recurrence", "code"),
    [
        (Recurrence(Frequency.WEEKLY), "series_needs_one_end"),
        (Recurrence(Frequency.WEEKLY, FIRST + timedelta(9), 3), "series_needs_one_end"),
        (Recurrence(Frequency.WEEKLY, count=1), "series_count"),
        (Recurrence(Frequency.WEEKLY, count=54), "series_count"),
        (Recurrence(Frequency.WEEKLY, until=FIRST), "series_ends_early"),
        (Recurrence(Frequency.WEEKLY, until=FIRST + timedelta(367)), "series_too_long"),
        (Recurrence(Frequency.MONTHLY, count=14), "series_too_long"),
    ],
)
def test_a_series_that_is_not_sound(recurrence: Recurrence, code: str) -> None:
    assert [finding.code for finding in recurrence_findings(FIRST, recurrence)] == [code]


@pytest.mark.parametrize(
    "recurrence",
    [
        Recurrence(),
        Recurrence(Frequency.WEEKLY, count=53),
        Recurrence(Frequency.WEEKLY, until=FIRST + timedelta(366)),
        Recurrence(Frequency.MONTHLY, count=12),
    ],
)
def test_a_sound_series(recurrence: Recurrence) -> None:
    assert recurrence_findings(FIRST, recurrence) == []
