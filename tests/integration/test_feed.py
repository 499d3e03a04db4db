"""The calendar to subscribe to, read by another library than the one that wrote it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import vobject
from flask import Flask

from booking.feeds import agenda_version, public_agenda
from booking.models import Stop
from booking.rules.lifecycle import StopState
from core.clock import local_date, to_local, utcnow
from core.db import session
from core.period import Period
from core.site import site
from tests import builders
from tests.conftest import CountQueries
from tests.integration.agenda_rows import many_stops, span, stop_row
from tests.pages import CheckingClient
from venues.facts import districts
from venues.models import Room

NOW = datetime(2027, 1, 20, 9, tzinfo=UTC)
TODAY = local_date(NOW)
SOON = TODAY + timedelta(days=9)
LONG_BEFORE = NOW - timedelta(days=60)


@pytest.fixture
def room(app: Flask) -> Room:
    return builders.stage()


def events(calendar: bytes | str) -> list[Any]:
    text = calendar.decode() if isinstance(calendar, bytes) else calendar
    return list(vobject.readOne(text).contents.get("vevent", []))


def uids(calendar: bytes) -> list[str]:
    return [event.uid.value for event in events(calendar)]


def planned(room: Room, *sessions: Period, **given: Any) -> Stop:
    """A stop that everybody was told of long ago."""
    return stop_row(room, *sessions, **{"confirmed_at": LONG_BEFORE, **given})


def test_event_has_what_a_visitor_needs(room: Room) -> None:
    stop = planned(room, span(SOON), title="Burendag, aan de Gagel; kom!")
    (event,) = events(public_agenda(NOW))
    assert event.summary.value == "Burendag, aan de Gagel; kom!"
    assert event.location.value == "De Huiskamer, Voorbeeldstraat 1, 3563 CB Utrecht"
    assert event.dtstart.value == stop.starts_at
    assert event.dtend.value == stop.ends_at
    assert event.status.value == "CONFIRMED"
    assert event.url.value == f"{site().base_url}/speelbeurten/{stop.id}"
    assert event.uid.value == f"speelbeurt-{stop.id}-1@{site().domain}"
    assert event.dtstamp.value == stop.changed_at


def test_calendar_is_one_to_look_at(room: Room) -> None:
    planned(room, span(SOON))
    calendar = vobject.readOne(public_agenda(NOW).decode())
    assert calendar.x_wr_calname.value == "Speelplek: de kubus in Utrecht"
    assert calendar.x_wr_timezone.value == "Europe/Amsterdam"
    text = public_agenda(NOW).decode()
    for never in ("METHOD", "ATTENDEE", "ORGANIZER", "VALARM"):
        assert never not in text


def test_calendar_without_stops_is_a_calendar(room: Room) -> None:
    assert events(public_agenda(NOW)) == []


def test_each_playing_time_is_an_event(room: Room) -> None:
    stop = planned(
        room, span(SOON, "19:00", "22:00"), span(SOON + timedelta(days=1), "09:00", "12:30")
    )
    found = events(public_agenda(NOW))
    assert [(event.dtstart.value, event.dtend.value) for event in found] == [
        (session.starts_at, session.ends_at) for session in stop.sessions
    ]
    assert len(set(uids(public_agenda(NOW)))) == 2


def test_closed_event_tells_only_its_district(room: Room) -> None:
    planned(room, span(SOON), is_closed=True, title="Geheim")
    (event,) = events(public_agenda(NOW))
    assert event.summary.value == "Besloten speelbeurt in Overvecht"
    assert not event.location.value
    assert "Huiskamer" not in public_agenda(NOW).decode()


def test_feed_of_a_district_has_only_its_own(room: Room) -> None:
    planned(room, span(SOON))
    there = planned(builders.room("De Schuur", builders.VLEUTEN), span(SOON))
    district = districts()["10"]
    assert uids(public_agenda(NOW, district)) == [f"speelbeurt-{there.id}-1@{site().domain}"]
    assert "Vleuten-De Meern" in public_agenda(NOW, district).decode()
    assert len(uids(public_agenda(NOW))) == 2


def test_subscribers_are_told_when_the_time_for_undo_is_over(room: Room) -> None:
    stop_row(room, span(SOON), confirmed_at=NOW, undo=timedelta(minutes=10))
    before = agenda_version(NOW + timedelta(minutes=9))
    after = agenda_version(NOW + timedelta(minutes=10))
    assert not uids(public_agenda(NOW + timedelta(minutes=9)))
    assert len(uids(public_agenda(NOW + timedelta(minutes=10)))) == 1
    assert before.tag != after.tag
    assert after.modified_at > before.modified_at


def test_undone_stop_never_comes(room: Room) -> None:
    planned(room, span(SOON), state=StopState.UNDONE)
    assert not uids(public_agenda(NOW))


@pytest.mark.parametrize(
    ("days_ago", "is_there"), [(0, True), (29, True), (31, False)], ids=["today", "29", "31"]
)
def test_cancelled_event_says_so_for_a_month(room: Room, days_ago: int, is_there: bool) -> None:
    cancelled_at = NOW - timedelta(days=days_ago)
    planned(room, span(SOON), state=StopState.CANCELLED, cancelled_at=cancelled_at)
    found = events(public_agenda(NOW))
    assert bool(found) is is_there
    for event in found:
        assert event.status.value == "CANCELLED"
        assert event.transp.value == "TRANSPARENT"


def test_stop_cancelled_before_anybody_was_told_never_comes(room: Room) -> None:
    stop_row(
        room,
        span(SOON),
        state=StopState.CANCELLED,
        confirmed_at=NOW - timedelta(days=1),
        cancelled_at=NOW - timedelta(days=1) + timedelta(minutes=5),
    )
    assert not uids(public_agenda(NOW))


@pytest.mark.parametrize(
    ("days", "is_there"), [(-94, False), (-92, True), (550, True), (552, False)], ids=str
)
def test_feed_reaches_back_three_months_and_ahead_eighteen(
    room: Room, days: int, is_there: bool
) -> None:
    planned(room, span(TODAY + timedelta(days=days)))
    assert bool(uids(public_agenda(NOW))) is is_there


@pytest.mark.parametrize("month_and_day", [(3, 28), (10, 31)], ids=["short day", "long day"])
@pytest.mark.parametrize("hours", [("00:30", "04:30"), ("23:00", "00:30"), ("12:00", "14:00")])
def test_times_are_right_where_the_clock_changes(
    room: Room, month_and_day: tuple[int, int], hours: tuple[str, str]
) -> None:
    day = TODAY.replace(month=month_and_day[0], day=month_and_day[1])
    stop = planned(room, span(day, *hours))
    (event,) = events(public_agenda(NOW))
    assert event.dtstart.value.astimezone(UTC) == stop.starts_at
    assert event.dtend.value.astimezone(UTC) == stop.ends_at
    assert event.dtstart.value.time() == to_local(stop.starts_at).time()


HOSTILE = (
    "Feest\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:vals\r\nATTENDEE:mailto:x@x.example\nX:\\;,\x07"
)


def test_texts_cannot_write_lines_of_their_own(room: Room) -> None:
    room.venue.name = HOSTILE[:100]
    room.venue.street = "Straat\nATTENDEE:mailto:y@y.example"
    stop = planned(room, span(SOON), title=HOSTILE)
    found = events(public_agenda(NOW))
    assert [event.uid.value for event in found] == [f"speelbeurt-{stop.id}-1@{site().domain}"]
    lines = public_agenda(NOW).decode().split("\r\n")
    assert not [line for line in lines if line.startswith(("ATTENDEE", "X:"))]


def test_lines_are_folded_as_the_standard_says(room: Room) -> None:
    planned(room, span(SOON), title="Ontmoeting é " * 9)
    calendar = public_agenda(NOW)
    assert calendar.endswith(b"END:VCALENDAR\r\n")
    assert all(len(line) <= 75 for line in calendar.split(b"\r\n"))
    assert b"\n" not in calendar.replace(b"\r\n", b"")


def test_the_same_stops_give_the_same_bytes_and_version(room: Room) -> None:
    many_stops(room, [SOON + timedelta(days=n) for n in range(5)])
    session.commit()
    later = NOW + timedelta(hours=3)
    assert public_agenda(NOW) == public_agenda(later)
    assert agenda_version(NOW) == agenda_version(later)


CHANGES = ["title", "moved", "cancelled", "undone", "room", "venue", "another", "closed"]


@pytest.mark.parametrize("change", CHANGES)
def test_every_change_gives_another_version(room: Room, change: str) -> None:
    stop = planned(room, span(SOON))
    session.commit()
    before = agenda_version(NOW), public_agenda(NOW)
    _make(change, stop)
    session.commit()
    assert agenda_version(NOW).tag != before[0].tag
    assert public_agenda(NOW) != before[1] or change == "room"


def _make(change: str, stop: Stop) -> None:
    match change:
        case "title":
            stop.public_title = "Anders"
        case "moved":
            stop.ends_at -= timedelta(minutes=30)
            stop.sessions[0].ends_at = stop.ends_at
        case "cancelled":
            stop.state, stop.cancelled_at = StopState.CANCELLED, NOW
        case "undone":
            stop.state = StopState.UNDONE
        case "room":
            stop.room.name = "Andere zaal"
        case "venue":
            stop.room.venue.name = "De Nieuwe Naam"
        case "another":
            planned(stop.room, span(SOON + timedelta(days=1)))
        case "closed":
            stop.is_closed = True


def test_version_is_one_query_however_many_stops(room: Room, count_queries: CountQueries) -> None:
    many_stops(room, [SOON + timedelta(days=n) for n in range(30)])
    session.commit()
    with count_queries() as asked:
        agenda_version(NOW)
    assert len([one for one in asked if one.startswith("SELECT")]) == 1


# ---- Over HTTP, at the time it really is ----


@pytest.fixture
def stop(room: Room) -> Stop:
    real = utcnow() - timedelta(days=3)
    return stop_row(room, span(local_date(utcnow()) + timedelta(days=9)), confirmed_at=real)


def test_answer_is_a_calendar_that_anybody_may_keep_for_a_while(
    client: CheckingClient, stop: Stop
) -> None:
    answer = client.get("/agenda.ics")
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'inline; filename="kubus.ics"'
    assert answer.cache_control.public
    assert answer.cache_control.max_age == 300
    assert "Set-Cookie" not in answer.headers
    assert answer.last_modified == max(stop.undo_until, answer.last_modified or stop.undo_until)
    assert len(events(answer.data)) == 1


def test_unchanged_calendar_is_not_sent_again(
    client: CheckingClient, stop: Stop, count_queries: CountQueries
) -> None:
    first = client.get("/agenda.ics")
    with count_queries() as asked:
        again = client.get("/agenda.ics", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert not again.data
    assert again.headers["ETag"] == first.headers["ETag"]
    assert again.cache_control.max_age == 300
    assert len([one for one in asked if one.startswith("SELECT")]) == 1
    dated = {"If-Modified-Since": first.headers["Last-Modified"]}
    assert client.get("/agenda.ics", headers=dated).status_code == 304


def test_tag_goes_before_date(client: CheckingClient, stop: Stop) -> None:
    first = client.get("/agenda.ics")
    tagged = {
        "If-None-Match": '"something-else"',
        "If-Modified-Since": first.headers["Last-Modified"],
    }
    assert client.get("/agenda.ics", headers=tagged).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"If-None-Match": "*"},
        {"If-None-Match": "nonsense, , W/"},
        {"If-Modified-Since": "yesterday"},
        {"If-Modified-Since": "Thu, 01 Jan 1970 00:00:00 GMT"},
        {"Range": "bytes=0-10"},
    ],
    ids=lambda headers: "".join(headers.values()),
)
def test_odd_conditions_do_no_harm(
    client: CheckingClient, stop: Stop, headers: dict[str, str]
) -> None:
    assert client.get("/agenda.ics", headers=headers).status_code in (200, 304)


def test_changed_calendar_is_sent(client: CheckingClient, stop: Stop) -> None:
    first = client.get("/agenda.ics")
    stop.state, stop.cancelled_at = StopState.CANCELLED, utcnow()
    stop.changed_at = utcnow()
    again = client.get("/agenda.ics", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 200
    assert "STATUS:CANCELLED" in again.text


def test_head_tells_the_same_without_the_body(client: CheckingClient, stop: Stop) -> None:
    get, head = client.get("/agenda.ics"), client.head("/agenda.ics")
    assert head.status_code == 200
    assert not head.data
    for name in ("ETag", "Last-Modified", "Content-Type", "Content-Length", "Cache-Control"):
        assert head.headers[name] == get.headers[name]


def test_languages_have_calendars_of_their_own(client: CheckingClient, stop: Stop) -> None:
    assert client.get("/agenda.ics").headers["ETag"] != client.get("/en/agenda.ics").headers["ETag"]


def test_one_stop_can_be_saved(client: CheckingClient, stop: Stop) -> None:
    answer = client.get(f"/speelbeurten/{stop.id}.ics")
    name = f'attachment; filename="speelbeurt-{stop.id}.ics"'
    assert answer.headers["Content-Disposition"] == name
    (event,) = events(answer.data)
    assert event.dtstart.value == stop.starts_at
    for never in ("METHOD", "ATTENDEE", "ORGANIZER"):
        assert never not in answer.text


def test_page_offers_the_calendar_it_shows(client: CheckingClient, stop: Stop) -> None:
    page = client.visit("/agenda?wijk=03")
    assert page.link("Abonneer je op deze agenda").href == "webcal://localhost/agenda.ics?wijk=03"
    assert page.link("http://localhost/agenda.ics?wijk=03").href == "/agenda.ics?wijk=03"
