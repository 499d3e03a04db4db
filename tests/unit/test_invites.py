"""What leaves as a calendar, read by another engine than the one that wrote it."""

import io
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import vobject
from dateutil.tz import tzical  # type: ignore[import-untyped]
from hypothesis import given
from hypothesis import strategies as st

from booking.invites import (
    VTIMEZONE,
    Entry,
    EntryStatus,
    InvitationValues,
    Method,
    agenda,
    clean,
    invitation,
    span,
)
from core.clock import AMSTERDAM, utcnow
from core.period import Period
from core.plain_text import safe_line

BEFORE = datetime(2026, 9, 1, 8, tzinfo=UTC)
AFTERNOON = Period(datetime(2026, 10, 1, 11, tzinfo=UTC), datetime(2026, 10, 1, 15, tzinfo=UTC))

ENTRY = Entry(
    uid="0b7c1f34@speelplek.example",
    sequence=0,
    created_at=BEFORE,
    modified_at=BEFORE,
    period=AFTERNOON,
    title="De kubus: Van heel dichtbij",
    place="Zaal, Buurthuis De Brug, Kanaalstraat 1, Utrecht",
    description="Wanneer: donderdag\nWaar: in de zaal",
    url="https://speelplek.example/agenda",
    status=EntryStatus.CONFIRMED,
)
INVITATION = InvitationValues(
    **{name: getattr(ENTRY, name) for name in Entry.__dataclass_fields__},
    stamp=BEFORE + timedelta(minutes=5),
    organizer_name="Stut Theater",
    organizer_address="Boekingen@Speelplek.example",
    attendee_name="Sanne Bakker",
    attendee_address="sanne@buurthuis.example",
)

HOSTILE = [
    "x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:other",
    "x\rATTENDEE:mailto:y@speelplek.example",
    "x\x0bATTENDEE:a\x0cATTENDEE:b\x85ATTENDEE:c\u2028ATTENDEE:d\u2029ATTENDEE:e\x1cATTENDEE:f",
    "x\x00y\x07z\x1b[31m",
    "half a letter \ud83d and bidi \u202eevil\u202c",
    '\\n \\, \\; :"^ ;LANGUAGE=nl,',
    "a" * 10_000,
    "\N{SHRUG}\N{ZERO WIDTH JOINER}\N{FEMALE SIGN}" * 60,
]


def event_in(ics: bytes) -> Any:
    return vobject.readOne(ics.decode()).vevent


def content_lines(ics: bytes) -> list[str]:
    return ics.decode().replace("\r\n ", "").split("\r\n")


def test_request_holds_what_calendars_need() -> None:
    calendar = vobject.readOne(invitation(INVITATION, Method.REQUEST).decode())
    event = calendar.vevent
    assert calendar.method.value == "REQUEST"
    assert calendar.prodid.value == "-//Speelplek//Boekingen//NL"
    assert (event.uid.value, event.sequence.value) == (INVITATION.uid, "0")
    assert (event.status.value, event.transp.value) == ("CONFIRMED", "OPAQUE")
    assert event.dtstart.value.astimezone(UTC) == AFTERNOON.start
    assert event.dtend.value.astimezone(UTC) == AFTERNOON.end
    assert event.dtstamp.value.astimezone(UTC) == INVITATION.stamp
    assert event.summary.value == INVITATION.title
    assert event.location.value == INVITATION.place
    assert event.description.value == INVITATION.description


def test_request_asks_exactly_the_recipient_to_answer_the_organizer() -> None:
    event = event_in(invitation(INVITATION, Method.REQUEST))
    [attendee] = event.attendee_list
    assert attendee.value == "mailto:sanne@buurthuis.example"
    assert attendee.params == {
        "CN": ["Sanne Bakker"],
        "CUTYPE": ["INDIVIDUAL"],
        "ROLE": ["REQ-PARTICIPANT"],
        "PARTSTAT": ["NEEDS-ACTION"],
        "RSVP": ["TRUE"],
    }
    assert event.organizer.value == "mailto:boekingen@speelplek.example"
    assert set(event.organizer.params) == {"CN"}


@pytest.mark.parametrize(
    ("status", "busy"), [("TENTATIVE", "TENTATIVE"), ("CONFIRMED", "BUSY")], ids=["option", "stop"]
)
def test_status_also_says_how_busy_it_is(status: str, busy: str) -> None:
    event = event_in(invitation(replace(INVITATION, status=status), "REQUEST"))
    assert event.status.value == status
    assert event.contents["x-microsoft-cdo-busystatus"][0].value == busy


def test_cancellation_names_the_same_event_people_and_place() -> None:
    cancelled = replace(INVITATION, sequence=1, stamp=INVITATION.stamp + timedelta(hours=1))
    calendar = vobject.readOne(invitation(cancelled, Method.CANCEL).decode())
    event, asked = calendar.vevent, event_in(invitation(INVITATION, Method.REQUEST))
    assert calendar.method.value == "CANCEL"
    assert (event.status.value, event.sequence.value) == ("CANCELLED", "1")
    for name in ("uid", "organizer", "attendee", "dtstart", "dtend", "summary", "location"):
        assert getattr(event, name).value == getattr(asked, name).value
    assert not [line for line in content_lines(invitation(cancelled, "CANCEL")) if "VALARM" in line]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize(
    "field", ["title", "place", "description", "url", "organizer_name", "attendee_name"]
)
def test_hostile_text_stays_inside_its_own_property(field: str, text: str) -> None:
    changed: dict[str, Any] = {field: text}
    ics = invitation(replace(INVITATION, **changed), Method.REQUEST)
    names = [re.split("[;:]", line)[0] for line in content_lines(ics)]
    plain = [re.split("[;:]", line)[0] for line in content_lines(invitation(INVITATION, "REQUEST"))]
    assert names == plain
    assert not re.search(rb"[\x00-\x09\x0b\x0c\x0e-\x1f\x7f]", ics)
    assert ics.decode().splitlines() == ics.decode().split("\r\n")[:-1]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_lines_are_short_and_end_in_crlf(text: str) -> None:
    ics = invitation(replace(INVITATION, title=text, description=text), Method.REQUEST)
    assert ics.endswith(b"END:VCALENDAR\r\n")
    lines = ics.split(b"\r\n")[:-1]
    assert all(0 < len(line) <= 75 and line.decode() for line in lines)
    assert not any(b"\n" in line or b"\r" in line for line in lines)


def test_display_names_need_no_encoding_that_old_calendars_show() -> None:
    values = replace(INVITATION, attendee_name='Jan "de; Lange^" Vries, S:t')
    [attendee] = event_in(invitation(values, Method.REQUEST)).attendee_list
    assert attendee.params["CN"] == ["Jan 'de; Lange' Vries, S:t"]


@pytest.mark.parametrize(
    "address",
    ["", "sanne", "a@b.example\r\nX:y", "a@b.example,c@d.example", '"a b"@c.example', "é@b.nl"],
)
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="not an address"):
        invitation(replace(INVITATION, attendee_address=address), Method.REQUEST)


def test_unknown_status_and_method_are_refused() -> None:
    with pytest.raises(ValueError, match="HELD"):
        invitation(replace(INVITATION, status="HELD"), Method.REQUEST)
    with pytest.raises(ValueError, match="PUBLISH"):
        invitation(INVITATION, "PUBLISH")


@given(st.text(max_size=200))
def test_text_survives_the_journey(text: str) -> None:
    values = replace(INVITATION, title=text, description=text)
    event = event_in(invitation(values, Method.REQUEST))
    assert event.summary.value == safe_line(text, 200)
    assert event.description.value == clean(text)


def test_zone_of_the_calendar_is_the_zone_of_utrecht() -> None:
    """For this year and five on either side; the European Union may abolish the change."""
    zone = tzical(io.StringIO(VTIMEZONE.decode())).get("Europe/Amsterdam")
    this_year = utcnow().year
    moment = datetime(this_year - 5, 1, 1, 0, 30, tzinfo=UTC)
    while moment.year <= this_year + 5:
        assert moment.astimezone(zone).utcoffset() == moment.astimezone(AMSTERDAM).utcoffset()
        moment += timedelta(hours=5)


@pytest.mark.parametrize(
    ("start", "hours"),
    [
        (datetime(2026, 3, 28, 23, tzinfo=UTC), 3),
        (datetime(2026, 3, 29, 1, tzinfo=UTC), 2),
        (datetime(2026, 10, 24, 20, tzinfo=UTC), 3),
        (datetime(2026, 10, 24, 22, tzinfo=UTC), 2),
        (datetime(2026, 10, 24, 23, tzinfo=UTC), 1),
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), 1),
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), 4),
        (datetime(2026, 10, 25, 2, tzinfo=UTC), 4),
        (datetime(2026, 7, 1, 12, tzinfo=UTC), 3),
    ],
    ids=str,
)
def test_times_around_the_clock_change_are_read_as_meant(start: datetime, hours: int) -> None:
    period = Period(start, start + timedelta(hours=hours))
    event = event_in(invitation(replace(INVITATION, period=period), Method.REQUEST))
    assert event.dtstart.value.astimezone(UTC) == period.start
    assert event.dtend.value.astimezone(UTC) == period.end


def test_the_doubled_hour_is_written_in_utc() -> None:
    start = datetime(2026, 10, 24, 22, tzinfo=UTC)
    night = Period(start, start + timedelta(hours=2, minutes=30))
    assert span(night) == (night.start, night.end)
    ics = invitation(replace(INVITATION, period=night), Method.REQUEST)
    assert b"DTSTART:20261024T220000Z\r\nDTEND:20261025T003000Z" in ics
    assert b"DTSTART;TZID=Europe/Amsterdam:20261001T130000" in invitation(INVITATION, "REQUEST")


def test_every_zone_that_is_named_is_defined() -> None:
    for ics in (invitation(INVITATION, "REQUEST"), agenda_of(ENTRY)):
        named = set(re.findall(rb"TZID=([^:;]+)", ics))
        assert named == {b"Europe/Amsterdam"}
        assert ics.count(b"BEGIN:VTIMEZONE") == 1
        assert ics.index(b"BEGIN:VTIMEZONE") < ics.index(b"BEGIN:VEVENT")


def agenda_of(*entries: Entry) -> bytes:
    return agenda(
        entries,
        name="De kubus in Utrecht",
        description="Waar de kubus staat",
        uid="agenda@speelplek.example",
        url="https://speelplek.example/agenda",
    )


def test_agenda_invites_nobody() -> None:
    lines = content_lines(agenda_of(ENTRY, INVITATION))
    names = {re.split("[;:]", line)[0] for line in lines}
    assert names.isdisjoint({"METHOD", "ATTENDEE", "ORGANIZER", "VALARM"})
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT1H" in lines
    assert "X-PUBLISHED-TTL:PT1H" in lines
    assert "X-WR-CALNAME:De kubus in Utrecht" in lines
    assert "X-WR-TIMEZONE:Europe/Amsterdam" in lines


def test_agenda_is_the_same_bytes_in_any_order() -> None:
    later = replace(ENTRY, uid="2@speelplek.example", period=AFTERNOON.shifted(timedelta(days=1)))
    twin = replace(ENTRY, uid="1@speelplek.example")
    assert agenda_of(later, ENTRY, twin) == agenda_of(twin, later, ENTRY)
    calendar = vobject.readOne(agenda_of(ENTRY, later).decode())
    assert [event.dtstamp.value for event in calendar.vevent_list] == [BEFORE, BEFORE]


def test_agenda_frees_the_time_of_what_is_cancelled() -> None:
    event = event_in(agenda_of(replace(ENTRY, status=EntryStatus.CANCELLED)))
    assert (event.status.value, event.transp.value) == ("CANCELLED", "TRANSPARENT")


def test_empty_agenda_is_a_calendar() -> None:
    calendar = vobject.readOne(agenda_of().decode())
    assert not hasattr(calendar, "vevent")
    assert calendar.uid.value == "agenda@speelplek.example"
