"""By when an asker hears, and what the intake of a moment makes of it."""

from datetime import UTC, date, datetime, timedelta

import pytest

from booking.rules.norms import DayPart, Wish
from booking.rules.promises import Intake, promise, running
from core.clock import midnight

TERM = timedelta(days=7)
NOW = datetime(2027, 8, 2, 9, tzinfo=UTC)
ORDINARY = NOW + TERM
DAY = date(2027, 9, 25)
NEIGHBOURS = Intake("Burendag", DAY, DAY, until=date(2027, 8, 28))
AFTER_INTAKE = midnight(date(2027, 9, 5))  # a week after the last day, which counts as a whole
ON_THE_DAY = Wish(DAY, DayPart.AFTERNOON)
ANOTHER_DAY = Wish(date(2027, 9, 27), DayPart.MORNING)


def promised(
    *wishes: Wish,
    intakes: tuple[Intake, ...] = (NEIGHBOURS,),
    now: datetime = NOW,
    today: date | None = None,
    before: datetime | None = None,
) -> datetime:
    return promise(wishes, intakes, term=TERM, today=today or now.date(), now=now, before=before)


@pytest.mark.parametrize(
    ("wishes", "until"),
    [
        ([ANOTHER_DAY], ORDINARY),
        ([ON_THE_DAY], AFTER_INTAKE),
        ([ANOTHER_DAY, ON_THE_DAY], AFTER_INTAKE),
        ([Wish(date(2027, 9, 24), DayPart.EVENING, 2)], AFTER_INTAKE),  # ends on the day
        ([Wish(date(2027, 9, 24), DayPart.EVENING)], ORDINARY),
        ([Wish(date(2027, 9, 26), DayPart.MORNING)], ORDINARY),
        ([], ORDINARY),
    ],
    ids=["other day", "the day", "both", "ends on it", "the eve", "the day after", "nothing"],
)
def test_who_asks_for_these_days_hears_after_the_intake(
    wishes: list[Wish], until: datetime
) -> None:
    assert promised(*wishes) == until


@pytest.mark.parametrize(
    ("today", "collects"),
    [(date(2027, 8, 28), True), (date(2027, 8, 29), False), (date(2027, 1, 1), True)],
    ids=["last day", "day after", "before it begins"],
)
def test_an_intake_counts_until_its_last_day_is_over(today: date, collects: bool) -> None:
    assert bool(running([ON_THE_DAY], [NEIGHBOURS], today)) is collects
    now = midnight(today) + timedelta(hours=23)
    until = AFTER_INTAKE if collects else now + TERM
    assert promised(ON_THE_DAY, now=now, today=today) == until


@pytest.mark.parametrize(
    ("until", "heard"),
    [
        (date(2027, 9, 16), midnight(date(2027, 9, 24))),
        (date(2027, 9, 17), midnight(DAY)),
        (date(2027, 9, 24), midnight(DAY)),
    ],
    ids=["a term before", "just before", "the eve"],
)
def test_nobody_hears_later_than_the_first_day(until: date, heard: datetime) -> None:
    assert promised(ON_THE_DAY, intakes=(Intake("Burendag", DAY, DAY, until),)) == heard
    week = Intake("Week", DAY, DAY + timedelta(days=6), until)
    assert promised(Wish(DAY + timedelta(days=5), DayPart.MORNING), intakes=(week,)) == heard


def test_a_wish_that_begins_before_the_moment_is_answered_before_it_begins() -> None:
    eve = Wish(date(2027, 9, 24), DayPart.EVENING, 2)
    late = Intake("Burendag", DAY, DAY, until=date(2027, 9, 23))
    assert promised(eve, intakes=(late,)) == midnight(date(2027, 9, 24))


def test_the_latest_of_several_intakes_counts_and_the_first_to_end_is_named_first() -> None:
    soon = Intake("Week van de ontmoeting", DAY, DAY + timedelta(days=5), date(2027, 8, 10))
    assert promised(ON_THE_DAY, ANOTHER_DAY, intakes=(NEIGHBOURS, soon)) == AFTER_INTAKE
    assert running([ON_THE_DAY], [NEIGHBOURS, soon], NOW.date()) == [soon, NEIGHBOURS]


def test_the_clock_on_the_wall_counts_when_summer_time_ends() -> None:
    november = date(2027, 11, 20)
    intake = Intake("Dag", november, november, until=date(2027, 10, 30))
    until = promised(Wish(november, DayPart.MORNING), intakes=(intake,))
    assert until == midnight(date(2027, 11, 7)) == datetime(2027, 11, 6, 23, tzinfo=UTC)


@pytest.mark.parametrize("day", [0, 1, 7, 26, 27, 33, 60])
@pytest.mark.parametrize("wish", [ON_THE_DAY, ANOTHER_DAY])
def test_asking_again_changes_nothing(wish: Wish, day: int) -> None:
    before = promised(wish)
    assert promised(wish, now=NOW + timedelta(days=day), before=before) == before


@pytest.mark.parametrize(
    ("until", "heard"),
    [
        (date(2027, 9, 4), midnight(date(2027, 9, 12))),
        (date(2027, 8, 20), midnight(date(2027, 8, 28))),
        (date(2027, 8, 9), NOW + timedelta(days=8) + TERM),
    ],
    ids=["longer", "shorter", "over since yesterday"],
)
def test_a_promise_follows_another_end_of_the_intake(until: date, heard: datetime) -> None:
    moved, now = Intake("Burendag", DAY, DAY, until), NOW + timedelta(days=8)
    assert promised(ON_THE_DAY, intakes=(moved,), now=now, before=AFTER_INTAKE) == heard


@pytest.mark.parametrize(("days", "heard"), [(1, NOW + timedelta(days=8)), (30, AFTER_INTAKE)])
def test_without_the_moment_the_ordinary_term_counts_and_never_later_than_promised(
    days: int, heard: datetime
) -> None:
    now = NOW + timedelta(days=days)
    assert promised(ON_THE_DAY, intakes=(), now=now, before=AFTER_INTAKE) == heard
