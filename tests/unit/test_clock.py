"""Wall-clock time in Utrecht around the two nights on which the clock changes."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from core.clock import (
    AmbiguousLocalTime,
    NoSuchLocalTime,
    add_working_days,
    local_date,
    local_day,
    local_days,
    midnight,
    monday_of,
    to_local,
    to_utc,
    utcnow,
)

SPRING = date(2027, 3, 28)  # 02:00 becomes 03:00
AUTUMN = date(2026, 10, 25)  # 03:00 becomes 02:00


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "at", "moment"),
    [
        (date(2027, 2, 4), time(14), "2027-02-04T13:00"),
        (date(2027, 7, 1), time(14), "2027-07-01T12:00"),
        (SPRING, time(1, 59), "2027-03-28T00:59"),
        (SPRING, time(3), "2027-03-28T01:00"),
        (AUTUMN, time(1, 59), "2026-10-24T23:59"),
        (AUTUMN, time(3), "2026-10-25T02:00"),
        (SPRING, time(0), "2027-03-27T23:00"),
        (AUTUMN, time(23, 59), "2026-10-25T22:59"),
    ],
    ids=[
        "winter",
        "summer",
        "before_the_skipped_hour",
        "after_the_skipped_hour",
        "before_the_double_hour",
        "after_the_double_hour",
        "midnight_before_spring",
        "end_of_the_long_day",
    ],
)
def test_wall_clock_to_moment_and_back(day: date, at: time, moment: str) -> None:
    assert to_utc(day, at) == utc(moment)
    assert to_local(utc(moment)).replace(tzinfo=None) == datetime.combine(day, at)
    assert to_utc(day, at).tzinfo is UTC


@pytest.mark.parametrize("at", [time(2), time(2, 30), time(2, 59, 59)], ids=str)
def test_a_skipped_time_is_refused(at: time) -> None:
    with pytest.raises(NoSuchLocalTime):
        to_utc(SPRING, at)


@pytest.mark.parametrize("at", [time(2), time(2, 30), time(2, 59, 59)], ids=str)
def test_a_time_that_comes_twice_is_refused(at: time) -> None:
    with pytest.raises(AmbiguousLocalTime):
        to_utc(AUTUMN, at)


@pytest.mark.parametrize(
    ("day", "hours"),
    [(SPRING, 23), (AUTUMN, 25), (date(2027, 2, 4), 24)],
    ids=["spring", "autumn", "any_day"],
)
def test_a_day_is_as_long_as_the_clock_makes_it(day: date, hours: int) -> None:
    assert local_day(day).length == timedelta(hours=hours)
    assert local_day(day).start == midnight(day)
    assert local_day(day).end == midnight(day + timedelta(days=1))


def test_days_are_up_to_and_including_the_last() -> None:
    assert local_days(date(2027, 3, 27), SPRING).length == timedelta(hours=24 + 23)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2027-02-03T23:00", date(2027, 2, 4)),
        ("2027-02-03T22:59", date(2027, 2, 3)),
        ("2027-06-30T22:00", date(2027, 7, 1)),
    ],
)
def test_the_date_is_that_of_the_clock_in_utrecht(moment: str, day: date) -> None:
    assert local_date(utc(moment)) == day


def test_working_days_skip_the_weekend_and_keep_the_wall_clock() -> None:
    friday = to_utc(date(2027, 3, 26), time(15))
    assert to_local(add_working_days(friday, 2)).isoformat() == "2027-03-30T15:00:00+02:00"
    assert add_working_days(friday, 0) == friday


def test_a_week_starts_on_monday() -> None:
    assert monday_of(SPRING) == date(2027, 3, 22)
    assert monday_of(date(2027, 3, 22)) == date(2027, 3, 22)


def test_now_is_in_utc_and_whole_seconds() -> None:
    assert utcnow().tzinfo is UTC
    assert utcnow().microsecond == 0
