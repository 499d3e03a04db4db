"""From what was filled in to what is asked of a room."""

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking.phrases import recurrence
from booking.rules.instead import LEFT_OUT, slot_key
from booking.rules.recurrence import Frequency, Recurrence, Times
from booking.rules.room_answers import (
    RoomAnswers,
    RoomStep,
    Wanted,
    dates_part,
    wanted_findings,
    wanted_in,
)
from booking.rules.room_asked import AskedDate

DAY = date(2027, 2, 4)
EVENING = Times(time(19), time(21))
ONCE = Wanted(DAY, EVENING, Recurrence(), 12)
WEEKLY = replace(ONCE, recurrence=Recurrence(Frequency.WEEKLY, count=3))
CONTACT = {"organisation": "O", "name": "N", "email": "a@b.example", "phone": ""}


def answers(wanted: Wanted, *slots: AskedDate, **contact: Any) -> RoomAnswers:
    keys = tuple(map(slot_key, slots))
    part = dates_part(wanted, "Taalcafé", {DAY: LEFT_OUT}, keys)
    return RoomAnswers(1, {"dates": part, "contact": {**CONTACT, **contact}})


MINUTES = st.times().map(lambda at: at.replace(second=0, microsecond=0))
RECURRENCES = st.one_of(
    st.just(Recurrence()),
    st.builds(Recurrence, st.sampled_from(Frequency), count=st.integers(0, 99)),
    st.builds(Recurrence, st.sampled_from(Frequency), until=st.dates()),
)


@given(
    st.builds(
        Wanted,
        st.dates(),
        st.builds(Times, MINUTES, MINUTES),
        RECURRENCES,
        st.integers(1, 2000),
    )
)
def test_a_draft_reads_back_as_it_was_kept(wanted: Wanted) -> None:
    assert wanted_in(dates_part(wanted, "x", {}, ())) == wanted


@pytest.mark.parametrize(
    ("parts", "missing"),
    [
        ({}, [RoomStep.DATES, RoomStep.CONTACT]),
        ({"contact": CONTACT}, [RoomStep.DATES]),
        ({"dates": dates_part(ONCE, "x", {}, ()), "contact": CONTACT}, [RoomStep.DATES]),
        ({"dates": dates_part(ONCE, "x", {}, ("2027-02-04.1.1900.2100",))}, [RoomStep.CONTACT]),
    ],
    ids=["nothing", "who", "dates_only_looked_at", "dates"],
)
def test_a_step_is_missing_until_somebody_went_on(
    parts: dict[str, Any], missing: list[RoomStep]
) -> None:
    found = RoomAnswers(1, parts)
    assert found.missing == missing
    assert found.asked("nl") is None


def test_a_series_stays_what_it_is_with_a_date_elsewhere() -> None:
    elsewhere = AskedDate(DAY, 2, EVENING)
    usual = AskedDate(DAY + timedelta(weeks=1), 1, EVENING)
    asked = answers(WEEKLY, elsewhere, usual, postcode="3563 CB").asked("en")
    assert asked
    assert (asked.room_id, asked.first_on, asked.times) == (1, DAY, EVENING)
    assert asked.dates == (elsewhere, usual)
    assert (asked.pc4, asked.contact.language) == ("3563", "en")


def test_one_date_is_a_booking_of_what_was_chosen_instead() -> None:
    instead = AskedDate(DAY + timedelta(days=1), 2, Times(time(10), time(12)))
    asked = answers(ONCE, instead).asked("nl")
    assert asked
    assert (asked.room_id, asked.first_on, asked.times) == (2, instead.day, instead.times)
    assert asked.days == [instead.day]


def test_what_was_left_out_is_kept() -> None:
    assert answers(ONCE).choices == {DAY: LEFT_OUT}


@pytest.mark.parametrize(
    ("wanted", "codes"),
    [
        (ONCE, []),
        (WEEKLY, []),
        (replace(ONCE, times=Times(time(21), time(19))), ["meeting_ends_early"]),
        (replace(ONCE, recurrence=Recurrence(Frequency.WEEKLY)), ["series_needs_one_end"]),
        (replace(ONCE, recurrence=Recurrence(Frequency.WEEKLY, count=0)), ["series_count"]),
        (
            replace(ONCE, recurrence=Recurrence(Frequency.WEEKLY, DAY + timedelta(days=400))),
            ["series_too_long"],
        ),
    ],
)
def test_what_is_wrong_whatever_room_it_is(wanted: Wanted, codes: list[str]) -> None:
    assert [f.code for f in wanted_findings(wanted)] == codes


@pytest.mark.parametrize(
    ("frequency", "first", "words"),
    [
        (Frequency.ONCE, DAY, "één keer"),
        (Frequency.WEEKLY, date(2026, 10, 13), "elke dinsdag"),
        (Frequency.FORTNIGHTLY, date(2026, 10, 14), "om de week op woensdag"),
        (Frequency.MONTHLY, date(2026, 10, 6), "elke eerste dinsdag van de maand"),
        (Frequency.MONTHLY, date(2026, 10, 20), "elke derde dinsdag van de maand"),
        (Frequency.MONTHLY, date(2026, 10, 30), "elke laatste vrijdag van de maand"),
    ],
)
def test_how_often_in_words(frequency: Frequency, first: date, words: str) -> None:
    assert recurrence(frequency, first) == words
