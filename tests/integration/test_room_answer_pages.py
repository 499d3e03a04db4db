"""The pages on which hosts and planners answer who asked for a room."""

import re
from collections.abc import Callable
from datetime import datetime
from functools import partial

import pytest
from sqlalchemy import select

from booking.models import RoomBooking
from booking.rules.recurrence import Frequency, Recurrence
from booking.rules.room_lifecycle import DateState
from core.db import session, transact
from core.outbox import OutboxMail
from people.models import Person, Role
from tests.builders import NOW, booked, meeting_room, person, room_asked
from tests.pages import CheckingClient
from venues.models import Room


@pytest.fixture(autouse=True)
def at_ten(set_clock: Callable[[datetime], None]) -> None:
    set_clock(NOW)


@pytest.fixture
def host(app) -> Person:
    return transact(person, "Jo", Role.HOST, "jo@plek.example")


@pytest.fixture
def room(host: Person) -> Room:
    return transact(partial(meeting_room, host=host, confirms_at_once=False))


def mailed(to: str = "jo@plek.example") -> str:
    mails = select(OutboxMail).where(OutboxMail.to_address == to).order_by(OutboxMail.id)
    found = re.findall(r"/antwoord/[\w/-]+", session.scalars(mails).all()[-1].text)
    return found[0]


def states(booking: RoomBooking) -> list[DateState]:
    session.rollback()
    return [date.state for date in session.get_one(RoomBooking, booking.id).dates]


def test_from_the_mail_to_a_yes(client: CheckingClient, room: Room) -> None:
    booking = booked(room_asked(room))
    page = client.visit(mailed())
    print(page.text)
    page = page.form("Ja, het kan").submit("Ja, het kan")
    print(page.text)
    assert states(booking) == [DateState.CONFIRMED]


def test_series(client: CheckingClient, room: Room, signed_in, host) -> None:
    booking = booked(room_asked(room, recurrence=Recurrence(Frequency.WEEKLY, count=4)))
    other = booked(room_asked(room, email="b@b.example", organisation="Koor"))
    browser = signed_in(host)
    print(browser.visit("/mijn-ruimtes").text[:600])
    page = browser.visit("/mijn-ruimtes/vragen")
    print(page.text)
    page = browser.visit(f"/mijn-ruimtes/vragen/{booking.id}")
    print(page.text)
    form = page.form("say-yes-form").fill(
        **{"yes-dates": [str(d.id) for d in booking.dates[:2]], "yes-rest": "in_use"}
    )
    page = form.submit("Ja, deze data kunnen")
    print(page.text)
    assert states(booking) == [DateState.CONFIRMED] * 2 + [DateState.DECLINED] * 2
    assert states(other) == [DateState.DECLINED]
    planner = signed_in(transact(person, "Pia", Role.PLANNER))
    print(planner.visit("/planning/reserveringen").text)
    print(planner.visit("/planning/reserveringen?stand=wacht").text)
    print(planner.visit(f"/planning/reserveringen/{booking.id}").text)
