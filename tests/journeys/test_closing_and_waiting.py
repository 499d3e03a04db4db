"""Rooms that close under what was agreed, and time that comes free for who waits: the pages, the
worker, a real mail server, and an iCalendar parser that is not ours."""

import re
from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage

import pytest
from sqlalchemy import select

from booking.models import RoomBooking, RoomDate
from core.db import session, transact
from people.models import Person, Role
from tests import builders as b
from tests.conftest import SetClock, SignIn
from tests.journeys.test_desk import calendar, delivered, has_calendar, plain
from tests.mail_server import MailServer, mail_server
from tests.pages import CheckingClient
from tests.waiting import free
from venues.models import Room

HOST = "jo@plek.example"
A_DAY = timedelta(days=1)


@pytest.fixture
def server() -> Iterator[MailServer]:
    with mail_server() as running:
        yield running


def stage() -> tuple[int, Person]:
    """A room with a host, and another one nearby. The worker lets go of all rows: only ids stay."""
    jo = b.person("Jo", Role.HOST, HOST)
    b.meeting_room("De Overkant", "3561 AA")
    return b.meeting_room(host=jo).id, jo


def club(number: int) -> str:
    return f"club{number}@buren.example"


def meet(room_id: int, number: int) -> int:
    """Returns the id of the date."""
    day, room = b.THURSDAY + timedelta(days=number), session.get_one(Room, room_id)
    asked = b.room_asked(room, day, email=club(number), organisation=f"Club {number}")
    return b.booked(asked).dates[0].id


def test_a_closure_over_three_bookings(
    server: MailServer, signed_in: SignIn, set_clock: SetClock
) -> None:
    room_id, jo = transact(stage)
    desk = signed_in(jo)
    set_clock(b.NOW)
    dates = [meet(room_id, number) for number in range(4)]
    invited = {address: calendar(mail) for address, mail in delivered(server).items()}
    uids = {number: invited[club(number)].vevent.uid.value for number in range(4)}

    days = desk.visit(f"/mijn-ruimtes/ruimtes/{room_id}").link("Vakanties en andere dagen").follow()
    form = days.link("Voeg een sluiting toe").follow().form("closure-form")
    three_days = {"first_on": "2027-02-04", "last_on": "2027-02-06"}
    listed = form.fill(**three_days, reason="De vloer wordt nieuw.").submit("Sluit de ruimte")
    assert listed.h1 == "Dit raakt 3 afspraken"
    assert [f"Club {n}" in listed.text for n in range(4)] == [True, True, True, False]
    assert delivered(server) == {}, "looking tells nobody"

    closed = listed.form("hits-form").submit("Sluit en stel hen op de hoogte")
    assert "De sluiting is bewaard." in closed.text
    told = delivered(server)
    assert set(told) == {HOST, club(0), club(1), club(2)}
    for number in range(3):
        mail = told[club(number)]
        assert calendar(mail).method.value == "CANCEL"
        assert calendar(mail).vevent.uid.value == uids[number]
        assert calendar(mail).vevent.status.value == "CANCELLED"
        words = plain(mail)
        assert "De beheerder zegt: De vloer wordt nieuw." in words
        assert "De Overkant, Zaal" in words
        assert re.search(r"/ruimtes/\d+/reserveren\?datum=2027-\d\d-\d\d&van=19:00", words)
    states = [session.get_one(RoomDate, date_id).state.value for date_id in dates]
    assert states == ["cancelled"] * 3 + ["confirmed"]


def join(client: CheckingClient, room_id: int, who: str) -> None:
    moment = "datum=2027-02-04&van=19:00&tot=21:00&mensen=10"
    form = client.visit(f"/ruimtes/{room_id}/wachtlijst?{moment}").form("join-form")
    about = {"purpose": "Samen eten", "organisation": f"Club {who}", "name": who}
    page = form.fill(**about, email=f"{who}@buren.example").submit("Zet me op de wachtlijst")
    assert page.h1 == "Je staat op de wachtlijst"


def own_link(mail: EmailMessage) -> str:
    found = re.search(r"/wachtlijst/[\w-]+", plain(mail))
    assert found
    return found[0]


def test_who_waits_is_offered_it_and_then_the_next(
    server: MailServer, client: CheckingClient, set_clock: SetClock
) -> None:
    set_clock(b.NOW)
    room_id, _jo = transact(stage)
    taken_by = meet(room_id, 0)
    for who in ("sam", "noor", "bo"):
        join(client, room_id, who)
    joined = delivered(server)
    assert "Je bent nummer 2 op de wachtlijst." in plain(joined["noor@buren.example"])
    assert "Je bent nummer 3 in de rij" in client.visit(own_link(joined["bo@buren.example"])).text

    free(taken_by)
    offered = delivered(server)
    assert set(offered) == {"sam@buren.example"}
    assert "Neem de tijd uiterlijk woensdag 25 november 2026 om 10.00 uur." in plain(
        offered["sam@buren.example"]
    )

    set_clock(b.NOW + A_DAY)
    moved_on = delivered(server)
    assert set(moved_on) == {"sam@buren.example", "noor@buren.example"}
    assert "Die tijd is om" in plain(moved_on["sam@buren.example"])
    late = client.visit(own_link(offered["sam@buren.example"]))
    assert "Neem deze tijd" not in late.text

    page = client.visit(own_link(moved_on["noor@buren.example"]))
    page = page.form("answer").submit("Neem deze tijd")
    assert "De tijd is voor jullie." in page.text
    taken = delivered(server)
    assert set(taken) == {"noor@buren.example", HOST}
    assert all(has_calendar(mail) for mail in taken.values())
    newest = session.scalars(select(RoomBooking).order_by(RoomBooking.id.desc())).first()
    assert newest
    assert (newest.contact_email, newest.dates[0].is_confirmed) == ("noor@buren.example", True)
    assert "Je bent nummer 1" in client.visit(own_link(joined["bo@buren.example"])).text
