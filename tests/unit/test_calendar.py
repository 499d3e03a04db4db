"""Months and weeks to turn the pages of, and the slots of a roster."""

from datetime import UTC, date, datetime, timedelta

import pytest

from booking.rules.calendar import Month, OutOfBounds, Week
from booking.rules.roster import Line, Use, Work, playing, roster_row, standing
from core.period import Period

MONDAY = date(2027, 2, 1)


def at(hour: float, until: float, day: int = 1) -> Period:
    midnight = datetime(2027, 2, day, tzinfo=UTC)
    return Period(midnight + timedelta(hours=hour), midnight + timedelta(hours=until))


def use(*periods: Period, is_option: bool = False, who: str = "A") -> Use:
    lines = tuple(Line(Work.PLAY, period) for period in periods)
    return Use(1, 1, "De Huiskamer", who, is_option, is_closed=False, lines=lines)


@pytest.mark.parametrize(
    ("month", "hours"),
    [
        (Month(2027, 2), 28 * 24),
        (Month(2028, 2), 29 * 24),
        (Month(2027, 3), 31 * 24 - 1),
        (Month(2027, 10), 31 * 24 + 1),
        (Month(2026, 12), 31 * 24),
        (Month(2100, 12), 31 * 24),
    ],
    ids=str,
)
def test_month_is_as_long_as_it_is_in_utrecht(month: Month, hours: int) -> None:
    assert month.period.length == timedelta(hours=hours)


def test_months_follow_each_other_from_end_to_end() -> None:
    month, count = Month(2020, 1), 1
    assert month.previous is None
    while following := month.next:
        assert following.previous == month
        assert following.period.start == month.period.end
        month, count = following, count + 1
    assert (month, count) == (Month(2100, 12), 81 * 12)


@pytest.mark.parametrize(("year", "number"), [(2019, 12), (2101, 1), (2027, 0), (2027, 13)])
def test_month_out_of_bounds_is_none(year: int, number: int) -> None:
    with pytest.raises(OutOfBounds):
        Month(year, number)


def test_weeks_follow_each_other_from_end_to_end() -> None:
    week = Week.named("2020-W01")
    assert week.previous is None
    while following := week.next:
        assert following.previous == week
        assert following.period.start == week.period.end
        assert Week.named(following.name) == following
        week = following
    assert week.name == "2100-W52"


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 12, 28), "2026-W53"),
        (date(2027, 1, 3), "2026-W53"),
        (date(2027, 1, 4), "2027-W01"),
    ],
    ids=str,
)
def test_week_has_the_name_dutch_calendars_give_it(day: date, name: str) -> None:
    assert Week.of(day).name == name
    assert day in Week.named(name).days


def test_stay_is_cut_at_its_sessions() -> None:
    stay = at(10, 24)
    lines = standing(stay, [at(19, 22), at(12, 16)])
    assert [(line.work, line.times) for line in lines] == [
        (Work.GET_IN, at(10, 12)),
        (Work.PLAY, at(12, 16)),
        (Work.STAND, at(16, 19)),
        (Work.PLAY, at(19, 22)),
        (Work.GET_OUT, at(22, 24)),
    ]


def test_stay_without_sessions_in_it_just_stands() -> None:
    assert standing(at(10, 12), [at(13, 14)]) == (Line(Work.STAND, at(10, 12)),)


def test_performer_gets_only_their_own_session() -> None:
    lines = playing(at(11.5, 16), [at(12, 16), at(19, 22)])
    assert lines == (Line(Work.CALLED, at(11.5, 12)), Line(Work.PLAY, at(12, 16)))


@pytest.mark.parametrize(
    ("one", "other", "is_double"),
    [
        (at(12, 14), at(13, 15), True),
        (at(12, 14), at(12, 14), True),
        (at(12, 14), at(14, 16), False),
        (at(12, 14), at(12, 14, day=2), False),
    ],
    ids=["over each other", "the same", "after each other", "another day"],
)
def test_options_that_want_the_same_time_are_double(
    one: Period, other: Period, is_double: bool
) -> None:
    uses = [use(one, is_option=True), use(other, is_option=True, who="B")]
    row = roster_row("Kubus", uses, Week.of(MONDAY).days)
    found = [slot.clashes_with for cell in row.cells for slot in cell]
    assert found == ([(uses[1],), (uses[0],)] if is_double else [(), ()])


def test_time_over_midnight_is_cut_at_midnight_in_utrecht() -> None:
    row = roster_row("Kubus", [use(at(22, 26))], Week.of(MONDAY).days)
    monday, tuesday = row.cells[0][0], row.cells[1][0]
    assert monday.lines[0].times == at(22, 23)  # midnight in Utrecht is 23.00 UTC
    assert tuesday.lines[0].times == at(23, 26)
