"""From the first page to the mail, and on the private page after that."""

import re
from collections.abc import Callable
from datetime import datetime

import pytest
from sqlalchemy import select

from booking.models import BookingRequest
from booking.rules.lifecycle import RequestState
from core.db import session
from core.outbox import OutboxMail
from tests import builders
from tests.asking import (
    AUDIENCE,
    CONTACT,
    OWN_PLACE,
    SEND,
    START,
    VISITORS,
    WHO,
    choose,
    fill_in,
    say_where,
)
from tests.builders import AFTERNOON, NOW
from tests.pages import CheckingClient


@pytest.fixture(autouse=True)
def at_ten(set_clock: Callable[[datetime], None]) -> None:
    set_clock(NOW)


def only_request() -> BookingRequest:
    session.rollback()
    return session.scalars(select(BookingRequest)).one()


def mailed_link(address: str = WHO["email"]) -> str:
    """The address of the private page, from the last mail to the asker."""
    mails = select(OutboxMail).where(OutboxMail.to_address == address).order_by(OutboxMail.id)
    text = session.scalars(mails).all()[-1].text
    found = re.search(r"/aanvraag/[\w-]+", text)
    assert found
    return found[0]


def test_request_in_five_pages(client: CheckingClient) -> None:
    room = builders.stage()
    page = client.visit(START)
    assert page.title.startswith("Stap 1 van 5: Waar?")
    page = page.form(START).fill(kind="known", room=str(room.id)).submit("Verder")
    assert page.title.startswith("Stap 2 van 5: Wanneer")
    page = choose(client, AFTERNOON).form("moments").submit("Verder")
    assert page.title.startswith("Stap 3 van 5: Voor wie")
    page = page.form(AUDIENCE).fill(**VISITORS, hope="Dat buren elkaar groeten").submit("Verder")
    assert page.title.startswith("Stap 4 van 5: Wie ben je")
    page = page.form(CONTACT).fill(**WHO).submit("Verder")
    assert page.title.startswith("Stap 5 van 5: Controleer je aanvraag")
    for said in ("De Huiskamer", "donderdag 4 februari 2027, middag", "12", "sam@burennetwerk"):
        assert said in page.text
    page = page.form().submit(SEND)
    assert page.h1 == "Je aanvraag is verstuurd"
    asked = only_request()
    assert asked.reference in page.text
    assert asked.state is RequestState.SUBMITTED
    assert asked.room_id == room.id
    assert [choice.wish for choice in asked.choices] == [AFTERNOON]
    assert (asked.visitors, asked.hope) == (12, "Dat buren elkaar groeten")
    assert (asked.contact_name, asked.organisation.name) == ("Sam de Vries", "Burennetwerk Zuilen")


def test_own_place_becomes_a_place_of_theirs(client: CheckingClient) -> None:
    builders.stage()
    fill_in(client, **OWN_PLACE).form().submit(SEND)
    asked = only_request()
    assert asked.room
    assert asked.room.venue.name == "Buurttuin De Bikkershof"
    assert asked.room.venue.is_listed is False
    assert (asked.room.floor_width_cm, asked.room.is_step_free) == (300, True)
    assert asked.room.door_width_cm is None


def test_without_a_place_the_district_is_known(client: CheckingClient) -> None:
    builders.stage()
    fill_in(client).form().submit(SEND)
    asked = only_request()
    assert asked.room_id is None
    assert asked.district.name == "Zuid"


def test_asker_changes_and_withdraws_by_the_mailed_link(client: CheckingClient) -> None:
    builders.stage()
    fill_in(client).form().submit(SEND)
    page = client.visit(mailed_link())
    assert "wacht op antwoord" in page.text
    page = page.link("Wijzig je aanvraag").follow()
    page = page.form("/wijzig").fill(live_here=10, hope="Nieuwe buren").submit("Bewaar")
    assert "Je wijziging is bewaard." in page.text
    assert (only_request().visitors, only_request().hope) == (14, "Nieuwe buren")
    page = page.link("Trek je aanvraag in").follow()
    assert only_request().state is RequestState.SUBMITTED
    page = page.form("/intrekken").submit("Ja, trek in")
    assert "ingetrokken" in page.text
    assert only_request().state is RequestState.WITHDRAWN


def test_first_place_then_other_pages_in_any_order(client: CheckingClient) -> None:
    """A bookmark of a later page leads to the first that is missing."""
    builders.stage()
    assert client.visit(CONTACT).path == START
    say_where(client)
    assert client.visit(CONTACT).title.startswith("Stap 2")
