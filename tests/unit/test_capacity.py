"""How many encounters and visitors fit."""

import pytest

from booking.rules.capacity import (
    capacity_findings,
    day_parts_needed,
    encounters_in,
    visitors_that_fit,
)
from booking.rules.norms import DayPart, Norms, Wish
from core.period import Period
from tests.tours import THURSDAY, at, between, codes

NORMS = Norms()


def starts(session: Period, norms: Norms = NORMS) -> list[Period]:
    return encounters_in(session, norms)


def test_an_afternoon_hour_by_hour() -> None:
    """Twenty minutes and ten to change over; after four, half an hour of pause."""
    begins = ["13:00", "13:30", "14:00", "14:30", "15:20", "15:50", "16:20"]
    found = starts(between("13:00", "17:00"))
    assert [encounter.start for encounter in found] == [at(clock) for clock in begins]
    assert {encounter.length.seconds for encounter in found} == {20 * 60}


@pytest.mark.parametrize(
    ("session", "encounters"),
    [
        (between("13:00", "13:19"), 0),
        (between("13:00", "13:20"), 1),
        (between("13:00", "14:49"), 3),
        (between("13:00", "14:50"), 4),
        (between("13:00", "15:39"), 4),
        (between("13:00", "15:40"), 5),
        (between("08:00", "20:00"), 8),
    ],
    ids=["too_short", "one", "almost_four", "four", "in_the_pause", "five", "no_more_than_a_day"],
)
def test_encounters_in_a_session(session: Period, encounters: int) -> None:
    assert len(starts(session)) == encounters


@pytest.mark.parametrize(
    ("part", "visitors"),
    [(DayPart.MORNING, 12), (DayPart.AFTERNOON, 14), (DayPart.EVENING, 10)],
    ids=str,
)
def test_visitors_in_a_day_part(part: DayPart, visitors: int) -> None:
    assert visitors_that_fit(Wish(THURSDAY, part).sessions(NORMS), NORMS) == visitors


def test_day_parts_add_up() -> None:
    assert visitors_that_fit(Wish(THURSDAY, DayPart.MORNING, 3).sessions(NORMS), NORMS) == 36


@pytest.mark.parametrize(
    ("visitors", "day_parts"), [(1, 1), (14, 1), (15, 2), (24, 2), (30, 3), (36, 3), (37, 4)]
)
def test_day_parts_needed_from_an_afternoon_on(visitors: int, day_parts: int) -> None:
    """14 in the afternoon, 10 in the evening, 12 the next morning: for 30 take three day-parts."""
    assert day_parts_needed(visitors, DayPart.AFTERNOON, NORMS) == day_parts


def test_too_many_visitors_says_how_many_fit_and_what_to_take() -> None:
    sessions = Wish(THURSDAY, DayPart.AFTERNOON).sessions(NORMS)
    [finding] = capacity_findings(30, sessions, DayPart.AFTERNOON, NORMS)
    assert dict(finding.data) == {"visitors": 30, "fits": 14, "day_parts": 3}
    assert finding.code == "too_many_visitors"


@pytest.mark.parametrize("visitors", [1, 14], ids=["one", "just_enough"])
def test_as_many_as_fit_is_fine(visitors: int) -> None:
    sessions = Wish(THURSDAY, DayPart.AFTERNOON).sessions(NORMS)
    assert capacity_findings(visitors, sessions, DayPart.AFTERNOON, NORMS) == []


def test_enough_day_parts_hold_all() -> None:
    sessions = Wish(THURSDAY, DayPart.AFTERNOON, 3).sessions(NORMS)
    assert codes(capacity_findings(30, sessions, DayPart.AFTERNOON, NORMS)) == set()


def test_other_numbers_of_the_theatre_count() -> None:
    slow = Norms(encounter_minutes=50, audience_per_encounter=3)
    assert visitors_that_fit([between("13:00", "17:00")], slow) == 12
