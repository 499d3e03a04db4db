"""A series in a calendar: read by two other engines, it is exactly the dates that are held."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import recurring_ical_events
import vobject
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar
from vobject.icalendar import registerTzid

from booking.invites import EntryStatus, InvitationValues, Method, Repeats, invitation
from booking.rules.recurrence import Frequency, Recurrence, Times, days, pattern

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
EVENING = Times(time(19), time(21))
STAMP = datetime(2026, 9, 1, 9, tzinfo=UTC)
SERIES = [Frequency.WEEKLY, Frequency.FORTNIGHTLY, Frequency.MONTHLY]
FIRST = date(2026, 9, 10)  # the series below cross both changes of the clock


def written(frequency: Frequency, first: date, held: list[date]) -> bytes:
    found = pattern(frequency, first, held)
    assert found
    period, last = EVENING.on(found.first), EVENING.on(found.last)
    assert period
    assert last
    without = tuple(datetime.combine(day, EVENING.starts, AMSTERDAM) for day in found.without)
    values = InvitationValues(
        uid="a@speelplek.example",
        sequence=1,
        stamp=STAMP,
        created_at=STAMP,
        modified_at=STAMP,
        period=period,
        title="Taalcafé",
        place="De Buurtkamer",
        description="",
        url="https://speelplek.example/",
        status=EntryStatus.CONFIRMED,
        organizer_name="Speelplek",
        organizer_address="post@speelplek.example",
        attendee_name="Noor",
        attendee_address="noor@taalcafe.example",
        repeats=None if found.first == found.last else Repeats(frequency, last.start, without),
    )
    return invitation(values, Method.REQUEST)


def meant(held: list[date]) -> list[datetime]:
    return [period.start for day in held if (period := EVENING.on(day))]


def read_by_expander(ics: bytes) -> list[datetime]:
    events = recurring_ical_events.of(Calendar.from_ical(ics)).between(
        date(2026, 1, 1), date(2037, 1, 1)
    )
    return sorted(event["DTSTART"].dt.astimezone(UTC) for event in events)


def read_by_vobject(ics: bytes) -> list[datetime]:
    registerTzid(str(AMSTERDAM), None)  # else it keeps the zone of the first calendar it ever read
    event = vobject.readOne(ics.decode()).vevent
    starts = event.getrruleset(addRDate=True) if "rrule" in event.contents else None
    found = list(starts) if starts is not None else [event.dtstart.value]
    return sorted(start.astimezone(UTC) for start in found)


@pytest.mark.parametrize("frequency", SERIES)
def test_a_series_across_both_clock_changes(frequency: Frequency) -> None:
    held = days(FIRST, Recurrence(frequency, until=FIRST + timedelta(days=300)))
    ics = written(frequency, FIRST, held)
    assert read_by_expander(ics) == meant(held)
    assert read_by_vobject(ics) == meant(held)


@given(frequency=st.sampled_from(SERIES), drops=st.sets(st.integers(0, 11), max_size=11))
def test_whatever_is_cancelled_is_not_in_it(frequency: Frequency, drops: set[int]) -> None:
    every = days(FIRST, Recurrence(frequency, count=12))
    held = [day for n, day in enumerate(every) if n not in drops]
    ics = written(frequency, FIRST, held)
    assert read_by_expander(ics) == meant(held)
    assert read_by_vobject(ics) == meant(held)


def test_the_last_weekday_of_the_month() -> None:
    first = date(2027, 1, 29)  # a fifth Friday
    held = days(first, Recurrence(Frequency.MONTHLY, count=6))
    assert read_by_expander(written(Frequency.MONTHLY, first, held)) == meant(held)


def test_how_it_is_written() -> None:
    every = days(FIRST, Recurrence(Frequency.WEEKLY, count=5))
    lines = written(Frequency.WEEKLY, FIRST, [every[0], every[2], every[4]]).decode().split("\r\n")
    assert "RRULE:FREQ=WEEKLY;UNTIL=20261008T170000Z" in lines
    assert [line for line in lines if line.startswith("EXDATE")] == [
        "EXDATE;TZID=Europe/Amsterdam:20260917T190000",
        "EXDATE;TZID=Europe/Amsterdam:20261001T190000",
    ]
    assert "DTSTART;TZID=Europe/Amsterdam:20260910T190000" in lines
    assert "BEGIN:VTIMEZONE" in lines


def test_a_single_date_has_no_rule() -> None:
    _zone, _, event = written(Frequency.WEEKLY, FIRST, [FIRST]).partition(b"BEGIN:VEVENT")
    assert b"DTSTART" in event
    assert b"RRULE" not in event
