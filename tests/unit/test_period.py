from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.period import Period, gaps, hull, in_common, merged, subtracted

START = datetime(2027, 2, 4, tzinfo=UTC)
HOURS = 24


def hours(start: int, end: int) -> Period:
    return Period(START + timedelta(hours=start), START + timedelta(hours=end))


FIXED = hours(10, 20)

# Every way in which one period can lie beside another: name, other, overlaps, fixed covers other.
RELATIVE = [
    ("before", hours(2, 5), False, False),
    ("just_before", hours(5, 10), False, False),
    ("over_the_start", hours(5, 12), True, False),
    ("from_before_to_the_end", hours(5, 20), True, False),
    ("around", hours(5, 22), True, False),
    ("from_the_start", hours(10, 12), True, True),
    ("the_same", hours(10, 20), True, True),
    ("from_the_start_beyond", hours(10, 22), True, False),
    ("inside", hours(12, 15), True, True),
    ("to_the_end", hours(12, 20), True, True),
    ("over_the_end", hours(12, 22), True, False),
    ("just_after", hours(20, 22), False, False),
    ("after", hours(21, 22), False, False),
]
BY_NAME = pytest.mark.parametrize(
    ("other", "overlaps", "covers"), [row[1:] for row in RELATIVE], ids=[row[0] for row in RELATIVE]
)


@BY_NAME
def test_overlap_in_every_relative_position(other: Period, overlaps: bool, covers: bool) -> None:
    assert FIXED.overlaps(other) is overlaps
    assert other.overlaps(FIXED) is overlaps


@BY_NAME
def test_cover_in_every_relative_position(other: Period, overlaps: bool, covers: bool) -> None:
    assert FIXED.covers(other) is covers


@BY_NAME
def test_what_is_cut_out_is_gone_and_nothing_else(
    other: Period, overlaps: bool, covers: bool
) -> None:
    assert slots(subtracted([FIXED], [other])) == slots([FIXED]) - slots([other])


@pytest.mark.parametrize(
    ("moment", "is_inside"),
    [(9, False), (10, True), (19, True), (20, False)],
    ids=["before", "the_start", "within", "the_end"],
)
def test_a_period_is_half_open(moment: int, is_inside: bool) -> None:
    assert FIXED.contains(START + timedelta(hours=moment)) is is_inside


@pytest.mark.parametrize("end", [10, 9], ids=["empty", "backwards"])
def test_a_period_ends_after_it_starts(end: int) -> None:
    with pytest.raises(ValueError, match="ends after it starts"):
        hours(10, end)


@pytest.mark.parametrize(
    "zone",
    [None, ZoneInfo("Europe/Amsterdam"), timezone(timedelta(hours=1))],
    ids=["naive", "amsterdam", "offset"],
)
def test_a_period_is_in_utc(zone: ZoneInfo | timezone | None) -> None:
    with pytest.raises(ValueError, match="in UTC"):
        Period(START.replace(tzinfo=zone), START.replace(tzinfo=zone) + timedelta(hours=1))


def test_padding_and_shifting() -> None:
    assert FIXED.padded(timedelta(hours=2), timedelta(hours=1)) == hours(8, 21)
    assert FIXED.shifted(timedelta(hours=3)) == hours(13, 23)
    assert FIXED.length == timedelta(hours=10)


def test_hull_covers_all() -> None:
    assert hull([hours(12, 13), hours(3, 4), hours(8, 20)]) == hours(3, 20)
    with pytest.raises(ValueError, match="empty"):
        hull([])


# What follows holds for all periods. Time is counted in hours, so that sets can say it too.


@st.composite
def some_period(draw: st.DrawFn) -> Period:
    start = draw(st.integers(0, HOURS - 1))
    return hours(start, draw(st.integers(start + 1, HOURS)))


some_periods = st.lists(some_period(), max_size=8)


def slots(periods: Iterable[Period]) -> set[int]:
    """The whole hours these periods hold."""
    return {
        hour
        for period in periods
        for hour in range(HOURS)
        if period.contains(START + timedelta(hours=hour))
    }


@given(some_periods)
def test_merged_is_the_same_time_in_order_and_apart(periods: list[Period]) -> None:
    result = merged(periods)
    assert slots(result) == slots(periods)
    assert result == sorted(result)
    assert all(a.end < b.start for a, b in pairwise(result))


@given(some_periods)
def test_merging_again_changes_nothing(periods: list[Period]) -> None:
    assert merged(merged(periods)) == merged(periods)
    assert merged(reversed(periods)) == merged(periods)


@given(some_periods, some_periods)
def test_subtracted_is_the_difference(periods: list[Period], taken: list[Period]) -> None:
    result = subtracted(periods, taken)
    assert slots(result) == slots(periods) - slots(taken)
    assert not any(left.overlaps(hole) for left in result for hole in taken)


@given(some_periods, some_periods, some_periods)
def test_cutting_twice_is_cutting_once(
    periods: list[Period], first: list[Period], second: list[Period]
) -> None:
    assert subtracted(subtracted(periods, first), second) == subtracted(periods, [*first, *second])


@given(some_periods, some_periods)
def test_in_common_is_the_overlap(periods: list[Period], others: list[Period]) -> None:
    result = in_common(periods, others)
    assert slots(result) == slots(periods) & slots(others)
    assert result == merged(result) == in_common(others, periods)


@given(some_periods)
def test_nothing_is_left_of_a_thing_without_itself(periods: list[Period]) -> None:
    assert subtracted(periods, periods) == []
    assert subtracted(periods, []) == merged(periods)


@given(st.lists(some_period(), min_size=1, max_size=8))
def test_periods_and_their_gaps_fill_the_hull(periods: list[Period]) -> None:
    assert merged([*periods, *gaps(periods)]) == [hull(periods)]
    assert not slots(periods) & slots(gaps(periods))


@given(some_period(), some_period())
def test_overlap_is_having_an_hour_in_common(one: Period, other: Period) -> None:
    assert one.overlaps(other) is bool(slots([one]) & slots([other]))
    assert one.covers(other) is (slots([other]) <= slots([one]))
