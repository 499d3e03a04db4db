"""What a draft holds, read as values; and the weeks that are leafed through."""

from datetime import date, timedelta
from typing import Any

import pytest

from booking.rules.answers import Answers, Step
from booking.rules.norms import DayPart, Norms, Wish
from booking.rules.offer import seats_for, window
from venues.rules.fit import Ground

OWN: dict[str, Any] = {
    "kind": "own",
    "name": "Tuin",
    "street": "",
    "house_number": "",
    "postcode": "3524 AB",
    "setting": "outdoors",
    "floor": "yes",
    "height": "no",
    "step_free": "no",
    "power": "unknown",
    "ground": "soft",
    "sheltered": "yes",
}
WHOLE: dict[str, Any] = {
    "where": {"kind": "none", "area": "3524"},
    "when": {"wishes": ["2027-02-04.afternoon.1", "2027-02-05.morning.2"]},
    "audience": {"openness": "closed", "live_here": 8, "walk_in": None, "hope": "Thee"},
    "contact": {"organisation": "Buren", "name": "Sam", "email": "s@b.example", "phone": ""},
}
FIRST, LAST = date(2026, 12, 4), date(2027, 8, 21)


def test_whole_draft_is_a_request() -> None:
    asked = Answers(WHOLE).asked("en")
    assert asked
    assert asked.where.postcode.pc4 == "3524"
    assert asked.wishes[1] == Wish(date(2027, 2, 5), DayPart.MORNING, 2)
    assert (asked.is_closed, asked.audience.total, asked.hope) == (True, 8, "Thee")
    assert (asked.contact.name, asked.contact.language) == ("Sam", "en")


@pytest.mark.parametrize("step", list(Step))
def test_missing_step_is_named(step: Step) -> None:
    part = {name: answers for name, answers in WHOLE.items() if name != step}
    assert Answers(part).missing == [step]
    assert Answers(part).asked("nl") is None


def test_own_place_says_yes_no_or_nothing() -> None:
    where = Answers({"where": OWN}).where
    assert where
    assert where.own_place
    known = where.own_place.measures
    assert (known.is_outdoors, known.floor_width_cm, known.ground) == (True, 300, Ground.SOFT)
    assert (known.is_step_free, known.has_power, known.is_sheltered) == (False, None, True)
    assert known.free_height_cm is None, "outdoors the height says nothing"


def test_low_room_is_lower_than_the_cube_needs() -> None:
    where = Answers({"where": {**OWN, "setting": "indoors"}}).where
    assert where
    assert [finding.code for finding in where.place().fit][:1] == ["ceiling_low"]


def test_window_is_four_weeks_that_touch() -> None:
    shown = window(None, FIRST, LAST, 1)
    assert (shown.first, shown.last) == (FIRST, date(2026, 12, 27))
    assert shown.earlier is None
    later = window(shown.later, FIRST, LAST, 1)
    assert later.first == shown.last + timedelta(days=1)
    assert later.earlier == FIRST


@pytest.mark.parametrize("wanted", [date(1, 1, 1), date(9999, 12, 31)])
def test_window_stays_where_can_be_asked(wanted: date) -> None:
    shown = window(wanted, FIRST, LAST, 1)
    assert FIRST <= shown.first <= shown.last <= LAST


@pytest.mark.parametrize(
    ("visitors", "day_parts", "needed", "enough"),
    [(14, 1, 1, True), (15, 1, 2, False), (30, 1, 3, False), (30, 3, 3, True), (40, 3, 4, False)],
)
def test_seats_at_an_afternoon(visitors: int, day_parts: int, needed: int, enough: bool) -> None:
    seats = seats_for(visitors, Wish(FIRST, DayPart.AFTERNOON, day_parts), Norms())
    assert (seats.needed, seats.are_enough) == (needed, enough)
