"""Which dates share an entry in calendars, and which entry goes on as which."""

from datetime import date, time, timedelta

import pytest

from booking.rules.recurrence import Frequency, Recurrence, Times, days
from booking.rules.strands import Slot, heirs, strands

FIRST = date(2026, 9, 10)  # a Thursday; ten weeks on, the clock has changed
EVENING, LATE = Times(time(19), time(21)), Times(time(20), time(22))
MAIN, OTHER = 1, 2


def slot(day: date, times: Times = EVENING, off: int = 0, room: int = 1, venue: int = 1) -> Slot:
    period = times.on(day + timedelta(days=off))
    assert period
    return Slot(day, period, room, venue)


def series(frequency: Frequency = Frequency.WEEKLY, count: int = 10) -> dict[int, Slot]:
    found = days(FIRST, Recurrence(frequency, count=count))
    return {number: slot(day) for number, day in enumerate(found)}


def ids(found: list[dict[int, Slot]]) -> list[list[int]]:
    return [list(each) for each in found]


def test_a_series_is_one_strand_across_the_clock_change() -> None:
    assert ids(strands(series(), Frequency.WEEKLY)) == [list(range(10))]


CHANGES = {
    "other time": lambda day: slot(day, LATE),
    "other day": lambda day: slot(day, off=1),
    "other room": lambda day: slot(day, room=2),
    "shorter": lambda day: slot(day, Times(time(19), time(20))),
}


@pytest.mark.parametrize("name", CHANGES)
def test_what_changes_alike_stays_together(name: str) -> None:
    dates = series()
    changed = {n: CHANGES[name](dates[n].day_on) for n in (4, 7, 8)}
    found = strands({**dates, **changed}, Frequency.WEEKLY)
    assert ids(found) == [[0, 1, 2, 3, 5, 6, 9], [4, 7, 8]]


def test_a_day_beside_the_weekday_of_a_month_fits_no_rule() -> None:
    moved = {n: slot(each.day_on, off=1) for n, each in series(Frequency.MONTHLY, 3).items()}
    assert ids(strands(moved, Frequency.MONTHLY)) == [[0], [1], [2]]
    assert ids(strands(series(Frequency.MONTHLY, 3), Frequency.MONTHLY)) == [[0, 1, 2]]


def after(changed: dict[int, Slot]) -> list[dict[int, Slot]]:
    return strands({**series(), **changed}, Frequency.WEEKLY)


def test_an_entry_stays_with_what_did_not_change() -> None:
    """Also when most of it did: the past is not sent to anybody again."""
    most = {n: slot(series()[n].day_on, LATE) for n in range(2, 10)}
    assert heirs({MAIN: series()}, after(most)) == {MAIN: 0}


def test_an_entry_goes_along_when_all_of_it_moves() -> None:
    every = {n: slot(each.day_on, LATE) for n, each in series().items()}
    assert heirs({MAIN: series()}, after(every)) == {MAIN: 0}
    one_back = strands({**every, 3: series()[3]}, Frequency.WEEKLY)
    assert heirs({MAIN: every}, one_back) == {MAIN: 0}
    assert list(one_back[0]) == [0, 1, 2, 4, 5, 6, 7, 8, 9]


def test_an_entry_never_goes_to_another_place() -> None:
    """Twin: in another room of the same place it does."""
    elsewhere = {n: slot(each.day_on, room=2, venue=2) for n, each in series().items()}
    upstairs = {n: slot(each.day_on, room=2) for n, each in series().items()}
    assert heirs({MAIN: series()}, after(elsewhere)) == {}
    assert heirs({MAIN: series()}, after(upstairs)) == {MAIN: 0}


def test_two_entries_that_become_alike_leave_one() -> None:
    apart = {4: slot(series()[4].day_on, LATE)}
    rest = {n: each for n, each in series().items() if n != 4}
    assert heirs({MAIN: rest, OTHER: apart}, after({})) == {MAIN: 0}


def test_what_is_new_has_no_entry_yet() -> None:
    assert heirs({}, after({})) == {}
