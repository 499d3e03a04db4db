"""Dates and times in words, in both languages and on both sides of a clock change."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import pytest
from flask import Flask

from core import filters
from core.language import speaking
from core.period import Period

AFTERNOON = Period(datetime(2026, 10, 1, 12, tzinfo=UTC), datetime(2026, 10, 1, 15, tzinfo=UTC))
NOW = datetime(2026, 10, 1, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Evening:
    starts_at: datetime = datetime(2026, 1, 5, 18, tzinfo=UTC)
    ends_at: datetime = datetime(2026, 1, 5, 21, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("speak", "dutch", "english"),
    [
        (filters.long_date, "donderdag 1 oktober 2026", "Thursday 1 October 2026"),
        (filters.short_date, "do 1 okt", "Thu 1 Oct"),
        (filters.day_number, "1", "1"),
        (filters.day_name, "donderdag", "Thursday"),
        (filters.short_day_name, "do", "Thu"),
        (filters.month_name, "oktober 2026", "October 2026"),
        (filters.short_month_name, "okt", "Oct"),
        (filters.clock_time, "14.00", "14:00"),
        (filters.iso_date, "2026-10-01", "2026-10-01"),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_a_moment_is_said_in_both_languages(
    speak: Callable[[datetime], str], dutch: str, english: str
) -> None:
    assert speak(AFTERNOON.start) == dutch
    with speaking("en"):
        assert speak(AFTERNOON.start) == english


def test_a_date_needs_no_time() -> None:
    assert filters.long_date(date(2027, 3, 28)) == "zondag 28 maart 2027"


def test_the_day_is_the_one_in_utrecht() -> None:
    assert filters.short_date(datetime(2026, 9, 30, 22, 30, tzinfo=UTC)) == "do 1 okt"


@pytest.mark.parametrize(
    ("day", "week"),
    [(date(2026, 10, 1), 40), (date(2026, 12, 31), 53), (date(2027, 1, 3), 53)],
    ids=str,
)
def test_week_number_counts_as_the_calendar_on_the_wall(day: date, week: int) -> None:
    assert filters.week_number(day) == week


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        (datetime(2026, 10, 1, 7), datetime(2026, 10, 1, 10, 30), "9.00 – 12.30 uur"),
        (datetime(2026, 10, 1, 17), datetime(2026, 10, 1, 22), "19.00 – 24.00 uur"),
        (datetime(2026, 10, 1, 17), datetime(2026, 10, 1, 23), "19.00 – vr 2 okt 1.00 uur"),
        (datetime(2026, 10, 1, 17), datetime(2026, 10, 3, 22), "19.00 – zo 4 okt 0.00 uur"),
        (datetime(2026, 10, 24, 23), datetime(2026, 10, 25, 2), "1.00 – 3.00 uur"),
        (
            datetime(2026, 10, 25, 0, 30),
            datetime(2026, 10, 25, 1, 30),
            "2.30 (zomertijd) – 2.30 (wintertijd) uur",
        ),
        (datetime(2027, 3, 28, 0), datetime(2027, 3, 28, 1), "1.00 – 3.00 uur"),
    ],
    ids=["morning", "to_midnight", "past_midnight", "days", "october", "twice", "march"],
)
def test_time_span_follows_the_clock_on_the_wall(start: datetime, end: datetime, said: str) -> None:
    period = Period(start.replace(tzinfo=UTC), end.replace(tzinfo=UTC))
    assert filters.time_span(period) == said


def test_time_span_takes_whatever_has_a_start_and_an_end() -> None:
    assert filters.day_and_span(Evening()) == "maandag 5 januari 2026, 19.00 – 22.30 uur"


def test_midnight_is_the_end_of_the_day_in_english_too() -> None:
    evening = Period(AFTERNOON.end, datetime(2026, 10, 1, 22, tzinfo=UTC))
    with speaking("en"):
        assert filters.time_span(evening).startswith("17:00 – 24:00")


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (None, "nog nooit"),
        (date(2026, 9, 28), "deze week"),
        (date(2026, 9, 27), "vorige week"),
        (datetime(2026, 9, 27, 22, 30, tzinfo=UTC), "deze week"),
        (date(2026, 9, 7), "3 weken geleden"),
        (date(2026, 10, 5), "volgende week"),
        (date(2026, 10, 12), "over 2 weken"),
    ],
    ids=str,
)
def test_weeks_ago_counts_calendar_weeks(moment: datetime | date | None, said: str) -> None:
    assert filters.weeks_ago(moment, NOW) == said


def test_register_adds_every_filter() -> None:
    app = Flask(__name__)
    filters.register(app)
    known: dict[str, Any] = app.jinja_env.filters
    assert known["long_date"](NOW) == "donderdag 1 oktober 2026"
