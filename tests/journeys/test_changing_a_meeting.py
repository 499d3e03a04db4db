"""A weekly meeting changes on its private page; what calendars show in the end, by real mail.

The series crosses both changes of the clock and leaves out two dates that were taken.
"""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from email.message import EmailMessage

import pytest

from booking.models import RoomBooking
from booking.rules.recurrence import Frequency, Recurrence, Times
from core import links
from core.clock import to_local
from core.db import transact
from core.transport import Security, SmtpServer, SmtpTransport
from core.worker import Worker
from tests.builders import booked, room_asked
from tests.calendars import OwnCalendar
from tests.integration.room_changes import ASKER, HOST, fresh, held, lent
from tests.mail_server import MailServer, mail_server
from tests.pages import CheckingClient, Page

START = datetime(2026, 9, 1, 8, tzinfo=UTC)
FIRST = date(2026, 10, 8)  # a Thursday; the clock goes back on 25 October, on again on 28 March
GAPS = [FIRST + timedelta(weeks=3), FIRST + timedelta(weeks=9)]
THIRTY = Recurrence(Frequency.WEEKLY, count=30)


class People:
    """The mail server of asker and host, and what of one booking stands in the calendar of each."""

    def __init__(self, server: MailServer, reference: str) -> None:
        self.server, self.reference = server, reference
        self.calendars = {ASKER: OwnCalendar(), HOST: OwnCalendar()}
        self.texts: dict[str, str] = {}
        self.own_page = ""  # the newest link to it
        self._read = 0

    def read_mail(self) -> None:
        smtp = SmtpServer("127.0.0.1", self.server.port, Security.NONE)
        Worker(SmtpTransport(smtp)).round()
        for mail in self.server.mails[self._read :]:
            if self.reference in mail["Subject"]:
                self._take(mail, str(mail["To"].addresses[0].addr_spec))
        self._read = len(self.server.mails)

    def _take(self, mail: EmailMessage, reader: str) -> None:
        body = mail.get_body(("plain",))
        assert body
        self.texts[reader] = text = body.get_content()
        if found := re.search(r"/reservering/[\w-]+", text):
            assert reader == ASKER, "the key is for who booked"
            self.own_page = found[0]
        for part in mail.walk():
            if part.get_content_type() == "text/calendar":
                calendar = part.get_payload(decode=True)
                assert isinstance(calendar, bytes)
                self.calendars[reader].take(calendar)

    def all_see(self, booking: RoomBooking) -> None:
        for reader, calendar in self.calendars.items():
            assert calendar.shown == held(booking), reader
            assert calendar.refused == 0


@pytest.fixture
def at(set_clock: Callable[[datetime], None]) -> Callable[[datetime], None]:
    set_clock(START)
    return set_clock


def a_series() -> RoomBooking:
    room = lent(dates_ahead=60)
    for taken in GAPS:
        booked(room_asked(room, taken, email="a@b.example"), now=START)
    return booked(room_asked(room, FIRST, THIRTY, skip=GAPS), now=START)


def change(page: Page, day: str, what: str) -> Page:
    return page.link(f"{what} {day}").follow()


def on_the_wall(booking: RoomBooking) -> set[time]:
    return {to_local(start).time() for start, _end, _place in held(booking)}


def test_cancelled_moved_and_shortened(
    client: CheckingClient, at: Callable[[datetime], None]
) -> None:
    booking = a_series()
    with mail_server() as server:
        people = People(server, booking.reference)
        people.read_mail()
        assert len(held(booking)) == 28
        assert on_the_wall(booking) == {time(19)}
        people.all_see(booking)

        at(START + timedelta(minutes=5))
        token = transact(links.issue, *fresh(booking).subject, now=START)
        page = client.visit(f"/reservering/{token}")
        page = change(page, "donderdag 15 oktober 2026", "Annuleer")
        page.form("/annuleer").fill(why="Herfstvakantie").submit("Ja, annuleer")
        people.read_mail()
        assert "Herfstvakantie" in people.texts[HOST]
        people.all_see(booking)

        at(START + timedelta(minutes=10))
        page = change(client.visit(people.own_page), "donderdag 22 oktober 2026", "Verzet")
        form = page.form("Bekijk of het kan").fill(datum="2026-10-23", van="14:00", tot="16:00")
        page = form.submit("Bekijk of het kan")
        page.form("Ja, verzet deze datum").submit()
        people.read_mail()
        people.all_see(booking)

        at(START + timedelta(minutes=15))
        page = change(client.visit(people.own_page), "donderdag 12 november 2026", "Verzet")
        form = page.form("Bekijk of het kan").fill(voor="following", tot="20:00")
        page = form.submit("Bekijk of het kan")
        page.form("Ja, verzet 24 data").submit()
        people.read_mail()
        people.all_see(booking)

    assert [entries.live for entries in people.calendars.values()] == [3, 3]
    the_end(booking)


def the_end(booking: RoomBooking) -> None:
    """27 dates: none on what was taken or cancelled, one on a Friday, the last 24 an hour."""
    found = held(booking)
    days = {to_local(start).date() for start, _end, _place in found}
    assert len(found) == 27
    assert not days & {*GAPS, date(2026, 10, 15), date(2026, 10, 22)}
    assert date(2026, 10, 23) in days
    lengths = [end - start for start, end, _place in found]
    assert lengths == [timedelta(hours=2)] * 3 + [timedelta(hours=1)] * 24
    later = [to_local(start) for start, _end, _place in found[3:]]
    assert {start.time() for start in later} == {time(19)}
    assert {start.astimezone(UTC).hour for start in later} == {17, 18}
    assert fresh(booking).times == Times(time(19), time(21)), "the rule as it was asked"
