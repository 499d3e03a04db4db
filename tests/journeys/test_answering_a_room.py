"""From a question to a mail, a link, a button and an invitation: the worker, a real mail server,
and an iCalendar parser that is not ours."""

import re
from collections.abc import Iterator

import pytest
import recurring_ical_events
from flask import Flask
from icalendar import Calendar

from booking.rules.recurrence import Frequency, Recurrence
from core.db import session
from core.transport import Security, SmtpServer, SmtpTransport
from core.worker import Worker
from tests.builders import NOW, THURSDAY, booked, room_asked
from tests.conftest import SetClock
from tests.integration.room_answers import HOST, a_host, by_hand
from tests.journeys.test_desk import plain
from tests.mail_server import MailServer, mail_server
from tests.pages import CheckingClient
from venues.models import Room

ASKER, KOOR = "contact@taalcafe.example", "koor@buren.example"
Mails = dict[str, tuple[str, str, bytes]]


@pytest.fixture
def server() -> Iterator[MailServer]:
    with mail_server() as running:
        yield running


@pytest.fixture
def room(app: Flask, set_clock: SetClock) -> Room:
    set_clock(NOW)
    return by_hand(host=a_host())


def delivered(server: MailServer) -> Mails:
    """What arrives now, by address: subject, text and calendar of the last mail."""
    server.accepted.clear()
    Worker(SmtpTransport(SmtpServer("127.0.0.1", server.port, Security.NONE))).round()
    found: Mails = {}
    for mail in server.mails:
        parts = [p for p in mail.walk() if p.get_content_type() == "text/calendar"]
        calendar = parts[0].get_payload(decode=True) if parts else b""
        assert isinstance(calendar, bytes)
        address = str(mail["To"].addresses[0].addr_spec)
        found[address] = (str(mail["Subject"]), plain(mail), calendar)
    return found


def days_in(calendar: bytes) -> list[str]:
    read = recurring_ical_events.of(Calendar.from_ical(calendar)).between((2027,), (2028,))
    return [f"{event['DTSTART'].dt:%d-%m %H}" for event in read]


def link_in(text: str) -> str:
    found = re.search(r"/antwoord/[\w/-]+", text)
    assert found
    return found[0]


def test_a_host_answers_a_series_from_the_mail(
    client: CheckingClient, server: MailServer, room: Room
) -> None:
    booked(room_asked(room, recurrence=Recurrence(Frequency.WEEKLY, count=3)))
    first = delivered(server)
    assert set(first) == {ASKER, HOST}
    assert first[HOST][0].startswith("Taalcafé Overvecht vraagt De Buurtkamer, Zaal")
    assert [calendar for _s, _t, calendar in first.values()] == [b"", b""]

    page = client.visit(link_in(first[HOST][1]))
    page = page.form("say-yes-form").submit("Ja, deze data kunnen")
    assert "Hier hoef je niets meer te doen." in page.text

    told = delivered(server)
    assert set(told) == {ASKER, HOST}
    assert told[ASKER][0].startswith("Het kan: De Buurtkamer, Zaal is voor jullie")
    assert "/reservering/" in told[ASKER][1]
    for _subject, _text, calendar in told.values():
        assert days_in(calendar) == ["04-02 19", "11-02 19", "18-02 19"]


def test_who_loses_hears_it_at_once_with_a_way_on(
    client: CheckingClient, server: MailServer, room: Room
) -> None:
    room_id = room.id
    booked(room_asked(room))
    to_host = delivered(server)[HOST][1]
    room = session.get_one(Room, room_id)
    booked(room_asked(room, THURSDAY, email=KOOR, organisation="Koor"))
    delivered(server)

    page = client.visit(link_in(to_host))
    assert "Koor: Taalcafé" in page.text
    page.form("say-yes-form").submit("Ja, kies Taalcafé Overvecht")

    told = delivered(server)
    assert set(told) == {ASKER, HOST, KOOR}
    assert days_in(told[ASKER][2]) == ["04-02 19"]
    subject, text, calendar = told[KOOR]
    assert subject.startswith("Deze tijd ging naar een ander")
    assert calendar == b""
    assert "Taalcafé Overvecht" not in text, "who got it is nobody's business"
    assert f"/ruimtes/{room_id}/reserveren?datum=2027-02-05&van=19:00&tot=21:00" in text
