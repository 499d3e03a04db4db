"""A series in a room from the first page to everybody's calendar: a real mail server, and an
engine that is not ours to read what arrived."""

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from email.message import EmailMessage

import pytest
import recurring_ical_events
from icalendar import Calendar

from core import links
from core.clock import AMSTERDAM
from core.db import transact
from core.transport import Security, SmtpServer, SmtpTransport
from core.worker import Worker
from people.models import Role
from tests.builders import booked, meeting_room, person, room_asked
from tests.conftest import SetClock
from tests.mail_server import MailServer, mail_server
from tests.pages import CheckingClient, Page
from tests.reserving import WHO, bookings_kept, dates_form
from venues.models import Room

OCTOBER = datetime(2026, 10, 1, 9, tzinfo=UTC)
FIRST, LAST = date(2026, 10, 13), date(2027, 4, 6)  # Tuesdays across both changes of the clock
SKIPPED, ELSEWHERE = date(2026, 11, 3), date(2027, 3, 30)
ASKER, HOST, OTHER_HOST = WHO["email"], "jo@plek.example", "bea@overkant.example"
A_WEEK = timedelta(weeks=1)
OFFSETS = {timedelta(hours=1), timedelta(hours=2)}  # winter and summer
TUESDAYS = {
    "datum": FIRST.isoformat(),
    "herhaling": "weekly",
    "tot_en_met": LAST.isoformat(),
    "waarvoor": "Taalcafé",
}


@pytest.fixture
def server() -> Iterator[MailServer]:
    with mail_server() as running:
        yield running


@pytest.fixture(autouse=True)
def in_october(set_clock: SetClock) -> None:
    set_clock(OCTOBER)


def two_rooms(*, other_at_once: bool = True) -> tuple[Room, Room]:
    """Two Tuesdays of the first are taken."""
    host, other_host = person("Jo", Role.HOST, HOST), person("Bea", Role.HOST, OTHER_HOST)
    room = meeting_room(host=host, dates_ahead=60)
    other = meeting_room("De Overkant", host=other_host, confirms_at_once=other_at_once)
    return room, other


def book_series(client: CheckingClient, room: Room) -> Page:
    """One of the two taken dates is skipped, the other goes to the room nearby."""
    for day in (SKIPPED, ELSEWHERE):
        booked(room_asked(room, day, email="ander@groep.example"), OCTOBER)
    page = dates_form(client, room, **TUESDAYS).submit("Verder")
    assert "2 data kunnen niet" in page.text
    elsewhere = {f"keuze-{ELSEWHERE}": "In De Overkant, Zaal"}
    page = page.form("reserve").fill(**elsewhere).submit("Verder")
    page = page.form().fill(**WHO).submit("Verder")
    assert "elke dinsdag, 19.00 – 21.00 uur" in page.text
    return page.form().submit()


def delivered(server: MailServer) -> dict[str, list[EmailMessage]]:
    """What arrives now, by address."""
    server.accepted.clear()
    Worker(SmtpTransport(SmtpServer("127.0.0.1", server.port, Security.NONE))).round()
    found: dict[str, list[EmailMessage]] = defaultdict(list)
    for mail in server.mails:
        found[str(mail["To"].addresses[0].addr_spec)].append(mail)
    return found


def about(reference: str, mails: dict[str, list[EmailMessage]]) -> dict[str, list[EmailMessage]]:
    """Of this booking; the two others sent letters too."""
    return {to: [m for m in found if reference in str(m["Subject"])] for to, found in mails.items()}


def starts(mail: EmailMessage) -> list[datetime]:
    """The moments in the invitation, on the clock in Utrecht, as another engine reads them."""
    (part,) = [p for p in mail.walk() if p.get_content_type() == "text/calendar"]
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    events = recurring_ical_events.of(Calendar.from_ical(content)).between((2026,), (2028,))
    return sorted(each["DTSTART"].dt.astimezone(AMSTERDAM) for each in events)


def plain(mail: EmailMessage) -> str:
    part = mail.get_body(("plain",))
    assert part
    return str(part.get_content())


def key_in(mail: EmailMessage, address: str) -> str:
    found = re.search(rf"/{address}/([\w-]+)", plain(mail))
    assert found, plain(mail)
    return found[1]


def test_a_series_across_both_changes_of_the_clock(
    client: CheckingClient, server: MailServer
) -> None:
    room, _other = transact(two_rooms)
    assert book_series(client, room).h1 == "Je reservering staat vast"
    booking_id, reference = bookings_kept()[-1].id, bookings_kept()[-1].reference
    sent = about(reference, delivered(server))
    tuesdays = [FIRST + n * A_WEEK for n in range(26)]
    usual = [day for day in tuesdays if day not in (SKIPPED, ELSEWHERE)]

    series, apart = sent[ASKER]
    assert starts(series) == [datetime.combine(day, time(19), AMSTERDAM) for day in usual]
    assert {moment.utcoffset() for moment in starts(series)} == OFFSETS
    assert starts(apart) == [datetime.combine(ELSEWHERE, time(19), AMSTERDAM)]
    assert "De Overkant, Zaal" in plain(series)
    assert links.resolve("room_booking", key_in(series, "reservering"), OCTOBER) == booking_id

    (to_host,), (to_other,) = sent[HOST], sent[OTHER_HOST]
    assert starts(to_host) == starts(series)
    assert starts(to_other) == starts(apart)
    assert "dinsdag 13 oktober" not in plain(to_other)
    assert "De Overkant" not in plain(to_host)


def test_a_date_in_a_room_whose_host_answers_waits_for_that_host_only(
    client: CheckingClient, server: MailServer
) -> None:
    room, _other = transact(two_rooms, other_at_once=False)
    assert book_series(client, room).h1 == "Je vraag is verstuurd"
    booking_id, reference = bookings_kept()[-1].id, bookings_kept()[-1].reference
    sent = about(reference, delivered(server))
    (to_asker,), (to_host,), (to_other,) = sent[ASKER], sent[HOST], sent[OTHER_HOST]
    assert "24 data staan al vast" in plain(to_asker)
    assert starts(to_asker) == starts(to_host)
    assert len(starts(to_host)) == 24
    assert "/antwoord/" not in plain(to_host)
    assert not [p for p in to_other.walk() if p.get_content_type() == "text/calendar"]
    there = re.search(r"/antwoord/(\d+)/", plain(to_other))
    assert there, "a host of another place has a door of their own"
    key = key_in(to_other, f"antwoord/{there[1]}")
    assert links.resolve(f"room_answer:{there[1]}", key, OCTOBER) == booking_id
