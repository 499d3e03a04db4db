"""What can be had instead of a date that is taken."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking.rules.instead import (
    LEFT_OUT,
    Nearby,
    against_all,
    instead_of,
    offered_date,
    on_other_days,
    other_times,
    parse_slot,
    slot_key,
)
from booking.rules.recurrence import Times
from booking.rules.room_asked import AskedDate
from booking.rules.rooms import Meeting, RoomPlace, judged, room_findings
from core.clock import to_local, to_utc
from core.findings import blockers
from core.geography import Point
from core.period import Period
from venues.rules.opening import WeeklyHours
from venues.rules.terms import Terms

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
DAY = date(2027, 2, 4)
EVENING = Times(time(19), time(21))
QUARTER = timedelta(minutes=15)


def at(starts: time, ends: time, day: date = DAY) -> Period:
    period = Times(starts, ends).on(day)
    assert period
    return period


def place(*taken: Period, room_id: int = 1, **more: object) -> RoomPlace:
    open_all_week = tuple(WeeklyHours(day, time(9), time(22)) for day in range(7))
    found = RoomPlace(
        room_id=room_id,
        resource_id=room_id,
        name=f"Zaal {room_id}",
        district_number="3",
        point=Point(52.1, 5.1),
        people=30,
        hours=open_all_week,
        terms=Terms(welcomes_meetings=True, after_minutes=15),
        taken=taken,
    )
    return replace(found, **more)  # type: ignore[arg-type]


def times_of(periods: list[Period]) -> list[str]:
    return [f"{to_local(p.start):%H:%M}-{to_local(p.end):%H:%M}" for p in periods]


@pytest.mark.parametrize(
    ("taken", "expected"),
    [
        pytest.param(at(time(18), time(20, 15)), ["15:45-17:45"], id="later_is_too_late"),
        pytest.param(at(time(16), time(19, 15)), ["19:15-21:15", "13:45-15:45"], id="both_ways"),
        pytest.param(at(time(9), time(19, 20)), ["19:30-21:30"], id="on_a_whole_quarter"),
        pytest.param(at(time(9), time(22)), [], id="nothing_left"),
    ],
)
def test_the_nearest_other_times_that_day(taken: Period, expected: list[str]) -> None:
    meeting = Meeting(at(time(19), time(21)), 12)
    assert times_of(other_times(meeting, place(taken), NOW)) == expected


SPANS = st.tuples(st.integers(0, 80), st.integers(1, 30)).map(
    lambda found: Period(
        to_utc(DAY, time(6)) + found[0] * timedelta(minutes=10),
        to_utc(DAY, time(6)) + (found[0] + found[1]) * timedelta(minutes=10),
    )
)


@given(st.lists(SPANS, max_size=5), st.integers(9 * 4, 20 * 4), st.integers(2, 12))
def test_other_times_are_all_that_is_nearest(
    taken: list[Period], start: int, quarters: int
) -> None:
    """Compared with trying every quarter of the day."""
    begins = to_utc(DAY, time(0)) + start * QUARTER
    meeting = Meeting(Period(begins, begins + quarters * QUARTER), 12)
    found = place(*taken)
    if not blockers(room_findings(meeting, found, NOW)):
        return
    every = [meeting.period.shifted(n * QUARTER) for n in range(-96, 97)]
    free = [
        p
        for p in every
        if to_local(p.start).date() == DAY
        and not blockers(room_findings(Meeting(p, 12), found, NOW))
    ]
    later = min((p for p in free if p.start > begins), default=None)
    earlier = max((p for p in free if p.start < begins), default=None)
    assert set(other_times(meeting, found, NOW)) == {p for p in (later, earlier) if p}


def test_a_free_date_needs_nothing_instead() -> None:
    assert instead_of(judged(DAY, EVENING, 12, place(), NOW), 12, [Nearby(place(), 5)], NOW) == []


def test_rooms_nearby_come_after_the_own_room_and_only_when_free() -> None:
    taken = at(time(18), time(20, 15))
    near = [Nearby(place(taken, room_id=2), 5), Nearby(place(room_id=3), 10)]
    found = instead_of(judged(DAY, EVENING, 12, place(taken), NOW), 12, near, NOW)
    assert [(each.slot.room_id, each.walking) for each in found] == [(1, 0), (3, 10)]
    assert found[1].slot == AskedDate(DAY, 3, EVENING)


def test_a_time_the_clock_skips_has_nothing_instead() -> None:
    skipped = judged(date(2027, 3, 28), Times(time(2, 15), time(3, 30)), 12, place(), NOW)
    assert [f.code for f in skipped.findings] == ["time_not_on_clock"]
    assert instead_of(skipped, 12, [Nearby(place(room_id=2), 5)], NOW) == []


def test_other_days_are_the_nearest_that_are_free_and_never_before_today() -> None:
    next_day = at(time(18), time(20), DAY + timedelta(days=1))
    busy = place(at(time(19), time(21)), next_day)
    found = on_other_days(judged(DAY, EVENING, 12, busy, NOW), EVENING, 12, NOW, DAY)
    assert [each.slot.day.day for each in found] == [6, 7]


@pytest.mark.parametrize(
    ("kept", "expected"),
    [
        ("", None),
        (LEFT_OUT, None),
        ("2027-02-04.1.1545.1745", AskedDate(DAY, 1, Times(time(15, 45), time(17, 45)))),
        ("2027-02-04.1.1000.1200", None),  # free, and yet not what was offered
        ("2027-02-04.99.1900.2100", None),
        ("nonsense", None),
    ],
)
def test_only_what_is_offered_can_be_chosen(kept: str, expected: AskedDate | None) -> None:
    taken = judged(DAY, EVENING, 12, place(at(time(18), time(20, 15))), NOW)
    instead = instead_of(taken, 12, [], NOW)
    assert offered_date(taken, EVENING, instead, {DAY: kept}).chosen == expected


@pytest.mark.parametrize(("kept", "is_taken_up"), [("", True), ("stale", True), (LEFT_OUT, False)])
def test_a_free_date_is_taken_up_unless_left_out(kept: str, is_taken_up: bool) -> None:
    free = judged(DAY, EVENING, 12, place(), NOW)
    assert bool(offered_date(free, EVENING, [], {DAY: kept}).chosen) is is_taken_up


def test_what_is_against_every_date_is_said_once() -> None:
    small = place(people=10)
    found = [judged(DAY + timedelta(weeks=n), EVENING, 12, small, NOW) for n in range(3)]
    assert [f.code for f in against_all(found)] == ["room_too_small"]
    closed = replace(small, people=30, taken=(at(time(19), time(20)),))
    first, second = (judged(DAY + timedelta(weeks=n), EVENING, 12, closed, NOW) for n in (0, 1))
    assert against_all([first, second]) == []


@given(
    st.dates(date(2026, 1, 1), date(2030, 1, 1)),
    st.integers(1, 10**6),
    st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    st.times().map(lambda at: at.replace(second=0, microsecond=0)),
)
def test_a_slot_reads_back_as_it_was_written(
    day: date, room_id: int, starts: time, ends: time
) -> None:
    slot = AskedDate(day, room_id, Times(starts, ends))
    assert parse_slot(slot_key(slot)) == slot


@given(st.text())
def test_what_is_no_slot_reads_as_none(text: str) -> None:
    found = parse_slot(text)
    assert found is None or parse_slot(slot_key(found)) == found
