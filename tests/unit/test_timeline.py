"""The season week by week: every week is there, with what lies in it and who could be in it."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from booking.queries.season import Season
from booking.rules.calendar import Week
from booking.rules.norms import DayPart, Wish
from booking.rules.timeline import Entry, Mark, TimelineWeek, What, timeline, weeks_of

SEASON = Season.beginning(2026).period
CUBE, OTHER = 1, 2
THURSDAY = date(2027, 2, 4)


def entry(
    what: What = What.STOP, day: date = THURSDAY, *, request_id: int = 1, **facts: object
) -> Entry:
    given = {
        "organisation": "Buurtkring",
        "place": "De Huiskamer",
        "district_number": "03",
        "cube_id": None if what is What.WISH else CUBE,
        **facts,
    }
    wish = given.pop("wish", Wish(day, DayPart.AFTERNOON))
    return Entry(what=what, request_id=request_id, wish=wish, **given)  # type: ignore[arg-type]


def week_with(*entries: Entry, marks: tuple[Mark, ...] = (), day: date = THURSDAY) -> TimelineWeek:
    months = timeline(SEASON, [CUBE, OTHER], entries, marks)
    return next(e for month in months for e in month.weeks if e.week == Week.of(day))


def test_every_week_of_the_season_is_there_once() -> None:
    weeks = weeks_of(SEASON)
    assert weeks[0].monday == date(2026, 8, 31)
    assert weeks[-1].monday == date(2027, 8, 30)
    assert all(later.monday - week.monday == timedelta(weeks=1) for week, later in pairwise(weeks))
    laid_out = [each.week for month in timeline(SEASON, [CUBE], [], []) for each in month.weeks]
    assert laid_out == weeks


def test_a_week_belongs_to_the_month_of_its_thursday() -> None:
    months = {
        each.week.monday: month.month.number
        for month in timeline(SEASON, [CUBE], [], [])
        for each in month.weeks
    }
    assert months[date(2026, 9, 28)] == 10  # its Thursday is the first of October
    assert months[date(2026, 10, 26)] == 10
    assert months[date(2027, 8, 30)] == 8  # its Thursday is in the next season


def test_what_stands_is_under_its_cube_in_order_of_time() -> None:
    later = entry(day=THURSDAY + timedelta(days=1), request_id=2)
    morning = entry(wish=Wish(THURSDAY, DayPart.MORNING), request_id=3)
    elsewhere = entry(request_id=4, cube_id=OTHER)
    found = week_with(later, entry(), morning, elsewhere)
    assert [each.request_id for each in found.by_cube[CUBE]] == [3, 1, 2]
    assert [each.request_id for each in found.by_cube[OTHER]] == [4]
    assert not found.is_empty


def test_options_on_one_time_stand_in_rank_after_what_is_certain() -> None:
    options = [entry(What.OPTION, request_id=n, number=n) for n in (3, 1, 2)]
    found = week_with(*options, entry(request_id=9))
    assert [each.request_id for each in found.by_cube[CUBE]] == [9, 1, 2, 3]


def test_an_empty_week_says_who_could_be_there_once_each() -> None:
    friday = THURSDAY + timedelta(days=1)
    found = week_with(
        entry(What.WISH, request_id=1, number=1),
        entry(What.WISH, friday, request_id=1, number=2),
        entry(What.WISH, request_id=2, can_be=False),
        entry(What.WISH, friday, request_id=3),
    )
    assert found.is_empty
    assert len(found.wishes) == 4
    assert [(each.request_id, each.wish.day) for each in found.could_be] == [
        (1, THURSDAY),
        (3, friday),
    ]


@pytest.mark.parametrize(
    ("first", "last", "touches"),
    [
        (date(2027, 1, 31), date(2027, 1, 31), False),
        (date(2027, 1, 31), date(2027, 2, 1), True),
        (date(2027, 2, 7), date(2027, 2, 20), True),
        (date(2027, 2, 8), date(2027, 2, 20), False),
        (date(2027, 1, 1), date(2027, 3, 1), True),
    ],
    ids=["sunday before", "its monday", "its sunday", "monday after", "all around"],
)
def test_a_mark_is_in_each_week_it_touches(first: date, last: date, touches: bool) -> None:
    mark = Mark("Voorjaarsvakantie", first, last)
    assert (week_with(marks=(mark,)).marks == (mark,)) is touches
