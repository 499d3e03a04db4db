"""When the owner of a calendar is busy: as calendars write it, and as hostile people would."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import islice
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar, Event

from core.clock import AMSTERDAM, local_date, midnight, to_local
from core.period import Period
from venues import outside_phrases
from venues.outside import busy
from venues.outside.busy import busy_times
from venues.outside.content import looked_over
from venues.outside.failures import Failure, Unread
from venues.outside.found import Busy, Found

CALENDARS = Path(__file__).parent.parent / "calendars"
WINDOW = Period(datetime(2026, 11, 22, 23, tzinfo=UTC), datetime(2027, 12, 29, 23, tzinfo=UTC))
WEEK = timedelta(days=7)
AN_HOUR = ("DTSTART:20270301T100000Z", "DTEND:20270301T110000Z")


def calendar(*events: tuple[str, ...], above: str = "") -> bytes:
    """Each event as its lines."""
    inside = "".join(
        "BEGIN:VEVENT\r\n" + "".join(f"{line}\r\n" for line in lines) + "END:VEVENT\r\n"
        for lines in events
    )
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{above}{inside}END:VCALENDAR\r\n".encode()


def found(*events: tuple[str, ...], above: str = "") -> Found:
    return busy_times(calendar(*events, above=above), WINDOW)


def said(times: Found) -> list[str]:
    """As the clock in Utrecht shows it: "04-03 09:30 12:00"; a question mark: tentative."""
    return [_said(each) for each in times.times]


def _said(each: Busy) -> str:
    start, end = to_local(each.start), to_local(each.end)
    until = f"{end:%H:%M}" if end.date() == start.date() else f"{end:%d-%m %H:%M}"
    return f"{start:%d-%m %H:%M} {until}{' ?' * each.is_tentative}"


@pytest.mark.parametrize(
    ("name", "shown", "skipped"),
    [
        ("google", [
            "17-03 19:00 21:00",
            "28-03 00:00 29-03 00:00",
            "31-03 19:00 21:00",
            "08-04 20:00 21:30 ?",
            "14-04 19:00 21:00",
        ], 0),
        ("outlook", [
            "04-03 09:30 12:00",
            "10-03 13:00 14:00 ?",
            "06-05 09:30 12:00",
        ], 0),
        ("apple", [
            "10-02 18:00 20:00",
            "15-03 17:00 18:30",
            "01-05 10:00 11:00",
            "03-05 10:00 11:00",
            "09-05 15:00 16:00",
            "05-07 00:00 12-07 00:00",
            "12-07 00:00 19-07 00:00",
            "19-07 00:00 23-07 00:00",
        ], 0),
        ("broken", [
            "01-03 11:00 12:00",
            "07-03 10:00 11:00",
            "11-03 00:00 12-03 00:00",
        ], 8),
    ],
)  # fmt: skip
def test_calendars_as_programs_write_them(name: str, shown: list[str], skipped: int) -> None:
    times = busy_times(looked_over((CALENDARS / f"{name}.ics").read_bytes()), WINDOW)
    assert (said(times), times.skipped) == (shown, skipped)


@pytest.mark.parametrize(
    ("lines", "shown"),
    [
        (("DTSTART;VALUE=DATE:20271031",), ["31-10 00:00 01-11 00:00"]),
        (
            ("DTSTART;VALUE=DATE:20270301", "DTEND;VALUE=DATE:20270301"),
            ["01-03 00:00 02-03 00:00"],
        ),
        (("DTSTART:20271031T013000", "DTEND:20271031T033000"), ["31-10 01:30 03:30"]),
        (("DTSTART:20270328T023000", "DTEND:20270328T040000"), ["28-03 03:30 04:00"]),
        (("DTSTART:20270301T220000", "DTEND:20270302T060000"), ["01-03 22:00 02-03 06:00"]),
        ((*AN_HOUR, "STATUS:CANCELLED"), []),
        ((*AN_HOUR, "TRANSP:TRANSPARENT"), []),
        ((*AN_HOUR, "STATUS:TENTATIVE"), ["01-03 11:00 12:00 ?"]),
        (("DTSTART:20270301T100000Z",), []),
        (("DTSTART:20200301T100000Z", "DTEND:20200301T110000Z"), []),
        (("DTSTART:20301201T100000Z", "DTEND:20301201T110000Z"), []),
        (("DTSTART:20261122T210000Z", "DTEND:20261123T010000Z"), ["22-11 22:00 23-11 02:00"]),
    ],
    ids=[
        "long_day", "ends_on_itself", "twice_that_hour", "no_such_hour", "overnight", "cancelled",
        "transparent", "tentative", "no_length", "past", "too_far", "begun_before",
    ],
)  # fmt: skip
def test_one_event(lines: tuple[str, ...], shown: list[str]) -> None:
    assert said(found(("UID:1", *lines))) == shown


@pytest.mark.parametrize(
    ("zone", "shown"),
    [("America/New_York", "10-02 16:00 17:00"), ("Nowhere/At_all", "10-02 10:00 11:00")],
)
def test_a_time_without_a_zone_is_that_of_the_calendar(zone: str, shown: str) -> None:
    event = ("UID:1", "DTSTART:20270210T100000", "DTEND:20270210T110000")
    assert said(found(event, above=f"X-WR-TIMEZONE:{zone}\r\n")) == [shown]


def test_events_of_our_own_are_left_out() -> None:
    """Hosts have our invitations in their calendar: a booking must not stand in its own way."""
    ours = calendar(("UID:abc@speelplek.example", *AN_HOUR))
    assert busy_times(ours, WINDOW, "speelplek.example") == Found(())
    assert len(busy_times(ours, WINDOW, "elsewhere.example").times) == 1


def test_a_broken_instance_leaves_the_series() -> None:
    series = ("UID:1", *AN_HOUR, "RRULE:FREQ=DAILY;COUNT=2")
    broken = ("UID:1", "RECURRENCE-ID:20270302T100000Z", "DTSTART:later")
    times = found(series, broken)
    assert said(times) == ["01-03 11:00 12:00", "02-03 11:00 12:00"]
    assert times.skipped == 1


def test_nothing_but_times_is_kept() -> None:
    times = busy_times((CALENDARS / "google.ics").read_bytes(), WINDOW)
    assert "Bruin" not in repr(times)


HOSTILE = {
    "each_second": "RRULE:FREQ=SECONDLY",
    "each_minute": "RRULE:FREQ=MINUTELY;COUNT=9999999",
    "each_hour": "RRULE:FREQ=HOURLY",
    "standing_still": "RRULE:FREQ=DAILY;INTERVAL=0",
    "many_a_day": "RRULE:FREQ=DAILY;BYHOUR=1,2,3,4,5,6;BYMINUTE=1,2,3,4,5,6",
    "two_rules": "RRULE:FREQ=DAILY\r\nRRULE:FREQ=WEEKLY",
    "excluding_rule": "RRULE:FREQ=DAILY\r\nEXRULE:FREQ=WEEKLY",
    "many_days": "RDATE:" + ",".join(f"2027{m:02d}{d:02d}T100000Z" for m in range(1, 13)
                                     for d in range(1, 29) for _ in range(6)),
    "no_rule": "RRULE:",
}  # fmt: skip


@pytest.mark.parametrize("line", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_event_is_left_out_and_counted(line: str) -> None:
    times = found(("UID:1", *AN_HOUR, line), ("UID:2", *AN_HOUR))
    assert (len(times.times), times.skipped) == (1, 1)


@pytest.mark.parametrize(
    "event",
    [
        ("DTSTART;TZID=/etc/passwd:20270301T100000", "DTEND;TZID=/etc/passwd:20270301T110000"),
        ("DTSTART;TZID=" + "x" * 3000 + ":20270301T100000", "DURATION:PT1H"),
        ("DTSTART:99991231T230000Z", "DURATION:PT2H"),
        ("DTSTART:00010101T000000Z", "DURATION:PT2H"),
        ("DTSTART:20270301T100000Z", "DTEND;VALUE=DATE:20270302"),
        ("DTSTART:20270301T100000Z", "DTEND:20280601T100000Z"),
        (*AN_HOUR, "BEGIN:VALARM", "TRIGGER:-PT1M", "REPEAT:2147483647", "END:VALARM"),
        (*AN_HOUR, "ATTACH:https://10.0.0.1/x", "URL:file:///etc/passwd"),
        (*AN_HOUR, "RECURRENCE-ID;RANGE=THISANDFUTURE:20270301T100000Z"),
        (*AN_HOUR, "SUMMARY:\x00\x0b\x07"),
        (*AN_HOUR, "UID:2", "UID:3"),
    ],
    ids=["zone_is_a_path", "long_zone", "last_day_ever", "first_day_ever", "two_kinds", "too_long",
         "alarms", "attachments", "range", "control_characters", "three_names"],
)  # fmt: skip
def test_an_odd_event_harms_no_other(event: tuple[str, ...]) -> None:
    good = ("UID:good", "DTSTART:20270401T100000Z", "DTEND:20270401T110000Z")
    assert "01-04 12:00 13:00" in said(found(("UID:odd", *event), good))


@pytest.mark.parametrize(
    ("content", "failure"),
    [
        (b"", Failure.EMPTY),
        (b" \r\n", Failure.EMPTY),
        (b"<!DOCTYPE html><html><body>Log in</body></html>", Failure.IS_PAGE),
        (b"\n\n<HTML><head>", Failure.IS_PAGE),
        (b"BEGIN:VCARD\r\nEND:VCARD\r\n", Failure.NOT_CALENDAR),
        ("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n".encode("utf-16"), Failure.NOT_CALENDAR),
        (b"\x89PNG\r\n\x1a\n", Failure.NOT_CALENDAR),
        (b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n", Failure.CUT_OFF),
        (calendar(*[()] * 10_001), Failure.TOO_MANY_EVENTS),
        (b"BEGIN:VCALENDAR\r\n" + b"BEGIN:VEVENT\r\n" * 3000 + b"END:VCALENDAR",
         Failure.NOT_CALENDAR),
    ],
    ids=["empty", "blank", "page", "page_in_capitals", "business_card", "utf16", "picture", "half",
         "too_many", "nested"],
)  # fmt: skip
def test_what_is_no_calendar_is_refused(content: bytes, failure: Failure) -> None:
    with pytest.raises(Unread) as refused:
        looked_over(content)
    assert refused.value.failure is failure


@pytest.mark.parametrize("each", Failure)
def test_every_failure_has_a_sentence(each: Failure) -> None:
    words = outside_phrases.failure(each.value)
    assert words[0].isupper()
    assert words.endswith(".")


def test_more_times_than_anybody_means_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(busy, "MOST_TIMES", 10)
    event = ("UID:1", *AN_HOUR, "RRULE:FREQ=DAILY;COUNT=")
    assert len(found((*event[:-1], event[-1] + "10")).times) == 10
    with pytest.raises(Unread) as refused:
        found((*event[:-1], event[-1] + "11"))
    assert refused.value.failure is Failure.TOO_MANY_EVENTS


# --- A second opinion, for any calendar --------------------------------------------------------

STARTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 11, 1)).map(
    lambda at: at.replace(minute=at.minute // 15 * 15, second=0, microsecond=0)
)
# At night clocks change, and engines differ about hours that do not exist or come twice.
DAYTIME = STARTS.map(lambda at: at.replace(hour=4 + at.hour % 18))
ZONES = st.sampled_from([None, ZoneInfo("Europe/Amsterdam"), ZoneInfo("America/New_York"), UTC])


@settings(max_examples=60, deadline=None)
@given(
    start=DAYTIME,
    zone=ZONES,
    minutes=st.integers(15, 300),
    rhythm=st.sampled_from(["DAILY", "WEEKLY", "MONTHLY"]),
    interval=st.integers(1, 3),
    count=st.none() | st.integers(1, 40),
    skip=st.sets(st.integers(0, 12), max_size=4),
)
def test_a_series_is_what_counting_on_the_wall_gives(
    start: datetime,
    zone: tzinfo | None,
    minutes: int,
    rhythm: str,
    interval: int,
    count: int | None,
    skip: set[int],
) -> None:
    length, rule = timedelta(minutes=minutes), {"freq": rhythm, "interval": interval}
    wall = list(islice(_counted(start, rhythm, interval), count))
    gone = [each for n, each in enumerate(wall) if n in skip]
    content = _series(start, zone, length, rule | ({"count": count} if count else {}), gone)
    expected = {
        Busy(begun, begun + length)
        for each in wall
        if each not in gone
        for begun in [each.replace(tzinfo=zone or AMSTERDAM).astimezone(UTC)]
        if Period(begun, begun + length).overlaps(WINDOW)
    }
    assert set(busy_times(content, WINDOW).times) == expected


def _counted(start: datetime, rhythm: str, interval: int) -> Iterator[datetime]:
    """Until after the window, without any library."""
    for n in range(0, 3000, interval):
        if rhythm == "MONTHLY":
            years, month = divmod(start.month - 1 + n, 12)
            with suppress(ValueError):  # a month without that day is passed over
                yield start.replace(year=start.year + years, month=month + 1)
        else:
            yield start + timedelta(days=n * (7 if rhythm == "WEEKLY" else 1))


def _series(
    start: datetime,
    zone: tzinfo | None,
    length: timedelta,
    rule: dict[str, Any],
    gone: list[datetime],
) -> bytes:
    event = Event()
    event.add("uid", "1")
    event.add("dtstart", start.replace(tzinfo=zone))
    event.add("duration", length)
    event.add("rrule", rule)
    for each in gone:
        event.add("exdate", each.replace(tzinfo=zone))
    whole = Calendar()
    whole.add_component(event)
    return bytes(whole.to_ical())


@settings(max_examples=30, deadline=None)
@given(first=st.dates(date(2026, 10, 1), date(2027, 12, 1)), days=st.integers(1, 40))
def test_whole_days_are_days_in_utrecht(first: date, days: int) -> None:
    """Also those of 23 and 25 hours, in pieces of at most a week."""
    last = first + timedelta(days=days)
    event = f"DTSTART;VALUE=DATE:{first:%Y%m%d}", f"DTEND;VALUE=DATE:{last:%Y%m%d}"
    times = found(("UID:1", *event)).times
    assert all(each.end - each.start <= WEEK for each in times)
    inside = [first + timedelta(n) for n in range(days)]
    for day in inside:
        noon = datetime.combine(day, time(12), AMSTERDAM).astimezone(UTC)
        is_busy = any(each.start <= noon < each.end for each in times)
        assert is_busy or not WINDOW.contains(noon)
    assert not any(each.start < midnight(first) or each.end > midnight(last) for each in times)


WORDS = st.sampled_from(
    ["BEGIN:VEVENT", "END:VEVENT", "BEGIN:VALARM", "END:VCALENDAR", "DTSTART:", "DTEND:20270101",
     "RRULE:FREQ=DAILY;COUNT=3", "RRULE:FREQ=YEARLY;BYDAY=9MO", "DURATION:-PT1H", "RDATE:x",
     "RECURRENCE-ID:20270317T190000", "EXDATE:", "UID:koor@google.com", "DTSTART;TZID=:2027", " ",
     "\tfolded", ":", ";=:", "STATUS:", "\x00", "DTSTART;VALUE=PERIOD:20270101T000000Z/PT1H"]
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(words=st.lists(st.tuples(st.integers(0, 70), WORDS), min_size=1, max_size=6))
def test_whatever_is_put_in_between_is_survived(words: list[tuple[int, str]]) -> None:
    lines = (CALENDARS / "google.ics").read_text().splitlines()
    for at, word in words:
        lines.insert(at, word)
    times = busy_times("\r\n".join(lines).encode(), WINDOW)
    assert all(each.start < each.end for each in times.times)


@pytest.mark.parametrize("name", ["google", "apple"])
def test_series_in_files_are_what_a_second_engine_says(name: str) -> None:
    """Starts of what is not changed afterwards, by the day in Utrecht."""
    text = (CALENDARS / f"{name}.ics").read_text()
    ours = {local_date(each.start) for each in busy_times(text.encode(), WINDOW).times}
    assert set(_days_of_series(text)) <= ours


def _days_of_series(text: str) -> Iterator[date]:
    whole = vobject.readOne(text)
    changed = {e.recurrence_id.value for e in whole.vevent_list if hasattr(e, "recurrence_id")}
    for event in whole.vevent_list:
        is_free = getattr(getattr(event, "transp", None), "value", "") == "TRANSPARENT"
        if event.rruleset and not is_free:
            yield from (at.date() for at in event.rruleset if at not in changed)
