"""When a room is free: the same answer as the check of one meeting, turned around."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking.rules.free import earliest_start, first_part, free_times
from booking.rules.room_week import HourState, hour_rows, room_days
from booking.rules.rooms import HORIZON, Kept, Meeting, RoomPlace, room_findings
from core.clock import local_day
from core.findings import blockers
from core.period import Period
from tests.unit.test_rooms import NOW, TERMS, THURSDAY, place, span
from venues.rules.opening import DayHours, WeeklyHours
from venues.rules.terms import Terms

QUARTER = timedelta(minutes=15)
MONDAY = THURSDAY - timedelta(days=3)
LONG = replace(TERMS, before_minutes=0, after_minutes=0, longest_minutes=1440)


def free(found: RoomPlace, now: datetime = NOW) -> list[Period]:
    return free_times(found, THURSDAY, THURSDAY, now)


def test_a_room_is_free_when_it_is_open() -> None:
    assert free(place()) == [span("09:00", "22:00")]
    assert free(place(hours=None)) == []
    assert free(place(is_bookable=False)) == []


def test_what_is_kept_free_reaches_beyond_what_is_taken() -> None:
    """Ten minutes before and thirty after each meeting: the one after it, the other before it."""
    taken = place(taken=(span("12:00", "14:00"),))
    assert free(taken) == [span("09:00", "11:30"), span("14:10", "22:00")]


def test_what_is_outside_reaches_no_further() -> None:
    outside = place(outside=(span("12:00", "14:00"),))
    assert free(outside) == [span("09:00", "12:00"), span("14:00", "22:00")]


def test_an_offer_counts_for_as_long_as_it_stands() -> None:
    kept = Kept(span("12:00", "14:00"), NOW + QUARTER, 7)
    assert free(place(kept=(kept,))) == [span("09:00", "11:30"), span("14:10", "22:00")]
    assert free(place(kept=(replace(kept, until=NOW),))) == [span("09:00", "22:00")]


def test_what_is_left_is_at_least_the_shortest() -> None:
    short = replace(LONG, shortest_minutes=60)
    almost = place(terms=short, taken=(span("09:59", "22:00"),))
    enough = place(terms=short, taken=(span("10:00", "22:00"),))
    assert free(almost) == []
    assert free(enough) == [span("09:00", "10:00")]


def test_it_begins_on_a_quarter_that_is_not_too_soon() -> None:
    now = datetime(2027, 2, 3, 14, 7, tzinfo=UTC)  # 15.07, a day before
    assert earliest_start(place(), now) == span("15:15", "16:00").start
    assert free(place(), now) == [span("15:15", "22:00")]


def test_it_ends_where_nobody_can_plan_yet() -> None:
    now = span("12:00", "13:00").start - HORIZON
    assert free(place(), now) == [span("09:00", "12:00")]


@pytest.mark.parametrize(
    ("terms", "minutes", "part"),
    [
        (Terms(), 120, "11:00"),
        (Terms(longest_minutes=60), 120, "10:00"),
        (Terms(shortest_minutes=180), 120, "12:00"),
        (Terms(longest_minutes=600), 600, "13:00"),
    ],
    ids=["as long as asked", "the longest", "the shortest", "all that is free"],
)
def test_the_first_part_is_as_long_as_it_can_be(terms: Terms, minutes: int, part: str) -> None:
    period = span("09:00", "13:00")
    assert first_part(terms, period, timedelta(minutes=minutes)) == span("09:00", part)


quarters = st.integers(0, 95)


@st.composite
def periods(draw: st.DrawFn, day: date = THURSDAY) -> Period:
    start, length = draw(quarters), draw(st.integers(1, 12))
    begins = local_day(day).start + start * QUARTER
    return Period(begins, begins + length * QUARTER)


some = st.lists(periods(), max_size=3).map(tuple)


@st.composite
def places(draw: st.DrawFn) -> RoomPlace:
    """Any room on one day, in quarters."""
    opens = draw(st.integers(0, 40))
    closes = draw(st.integers(opens + 1, 90))
    hours = WeeklyHours(3, time(opens // 4, opens % 4 * 15), time(closes // 4, closes % 4 * 15))
    special = draw(st.sampled_from([(), (DayHours(THURSDAY, time(10), time(18)),)]))
    return place(
        hours=(hours,),
        special=special,
        closures=draw(some),
        taken=draw(some),
        outside=draw(some),
        kept=tuple(Kept(each, NOW + QUARTER, 7) for each in draw(some)),
        terms=replace(
            TERMS,
            before_minutes=15 * draw(st.integers(0, 3)),
            after_minutes=15 * draw(st.integers(0, 3)),
            shortest_minutes=15 * draw(st.integers(1, 8)),
            longest_minutes=15 * draw(st.integers(8, 16)),
        ),
    )


@given(places(), periods())
def test_free_is_just_where_a_meeting_may_be(found: RoomPlace, wanted: Period) -> None:
    """The finder and the form never say different things about one meeting."""
    is_long_enough = found.terms.shortest <= wanted.length <= found.terms.longest
    is_free = any(each.covers(wanted) for each in free(found))
    against = blockers(room_findings(Meeting(wanted, 1), found, NOW))
    assert (not against) == (is_long_enough and is_free)


def test_a_week_says_of_each_day_what_is_free_and_what_is_taken() -> None:
    found = place(terms=LONG, taken=(span("12:00", "14:00"),))
    days = room_days(found, MONDAY, NOW)
    assert [each.day for each in days] == [MONDAY + timedelta(days=n) for n in range(7)]
    assert [each.is_closed for each in days] == [True] * 3 + [False] + [True] * 3
    assert days[3].free == (span("09:00", "12:00"), span("14:00", "22:00"))
    assert days[3].taken == (span("12:00", "14:00"),)


def test_what_is_over_or_too_soon_is_neither_free_nor_taken() -> None:
    now = span("11:00", "12:00").start - TERMS.notice + timedelta(minutes=5)
    thursday = room_days(place(), MONDAY, now)[3]
    assert (thursday.free, thursday.taken) == ((span("11:15", "22:00"),), ())


def test_each_hour_of_the_week_has_one_word() -> None:
    now = span("10:00", "11:00").start - TERMS.notice
    found = place(terms=LONG, taken=(span("12:00", "13:00"), span("14:30", "15:30")))
    rows = hour_rows(room_days(found, MONDAY, now))
    assert (rows[0].at, rows[-1].at) == (time(9), time(21))
    said = {row.at.hour: row.hours[3].state for row in rows}
    expected = {9: HourState.TOO_LATE, 12: HourState.TAKEN, 14: HourState.PARTLY}
    assert {hour: said[hour] for hour in expected} == expected
    assert {said[hour] for hour in (10, 11, 13, 16, 21)} == {HourState.FREE}
    assert {row.hours[0].state for row in rows} == {HourState.CLOSED}
    assert rows[5].hours[3].free == span("14:00", "14:30")
    assert rows[6].hours[3].free == span("15:30", "16:00")


def test_a_week_that_is_closed_has_no_hours() -> None:
    assert hour_rows(room_days(place(hours=()), MONDAY, NOW)) == []


@pytest.mark.parametrize(
    "sunday", [date(2026, 10, 25), date(2027, 3, 28)], ids=["autumn", "spring"]
)
def test_the_hour_that_the_clock_skips_or_doubles_is_not_offered(sunday: date) -> None:
    night = place(hours=(WeeklyHours(6, time(0), time(6)),), terms=LONG)
    now = datetime(2026, 10, 1, tzinfo=UTC)
    rows = hour_rows(room_days(night, sunday - timedelta(days=6), now))
    said = [row.hours[6].state for row in rows]
    assert said == [HourState.FREE, HourState.FREE, HourState.CLOSED, *[HourState.FREE] * 3]
