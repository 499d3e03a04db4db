"""The holidays that hosts are offered, against the rules by which they fall."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from dateutil.easter import easter  # type: ignore[import-untyped]

from venues.facts import Holiday, holidays, holidays_ahead

YEARS = range(2026, 2029)
FROM_EASTER = {
    "Goede vrijdag": -2,
    "Eerste paasdag": 0,
    "Tweede paasdag": 1,
    "Hemelvaartsdag": 39,
    "Eerste pinksterdag": 49,
    "Tweede pinksterdag": 50,
}
ON_THE_SAME_DAY = {
    "Nieuwjaarsdag": (1, 1),
    "Bevrijdingsdag": (5, 5),
    "Eerste kerstdag": (12, 25),
    "Tweede kerstdag": (12, 26),
}


def named(name: str, year: int) -> Holiday:
    [found] = [each for each in holidays() if (each.name, each.first_on.year) == (name, year)]
    return found


def kings_day(year: int) -> date:
    """A day earlier when it would be a Sunday."""
    day = date(year, 4, 27)
    return day - timedelta(days=1) if day.weekday() == 6 else day


@pytest.mark.parametrize("year", YEARS)
def test_public_holidays_fall_where_they_should(year: int) -> None:
    expected = {
        **{name: easter(year) + timedelta(days=n) for name, n in FROM_EASTER.items()},
        **{name: date(year, *day) for name, day in ON_THE_SAME_DAY.items()},
        "Koningsdag": kings_day(year),
    }
    public = [each for each in holidays() if not each.is_for_schools and each.first_on.year == year]
    assert {each.name: each.first_on for each in public} == expected
    assert all(each.first_on == each.last_on for each in public)


def test_holidays_of_schools_go_from_saturday_to_sunday_and_stay_apart() -> None:
    of_schools = [each for each in holidays() if each.is_for_schools]
    assert {(each.first_on.weekday(), each.last_on.weekday()) for each in of_schools} == {(5, 6)}
    assert all(earlier.last_on < later.first_on for earlier, later in pairwise(of_schools))


def test_what_is_over_is_not_offered_and_what_goes_on_is() -> None:
    christmas = named("Kerstvakantie", 2026)
    for today, is_offered in (
        (christmas.first_on - timedelta(days=1), True),
        (christmas.last_on, True),
        (christmas.last_on + timedelta(days=1), False),
    ):
        offered = holidays_ahead(today, today + timedelta(days=30))
        assert (christmas in offered) is is_offered
    assert holidays_ahead(date(2026, 11, 24), date(2026, 12, 18)) == []
