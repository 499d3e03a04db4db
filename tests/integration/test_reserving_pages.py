"""Booking a room on the pages: which dates, who, check, sent."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

import pytest

from booking.rules.room_lifecycle import DateState
from core.db import transact
from tests.builders import NOW, meeting_room
from tests.pages import CheckingClient
from tests.reserving import (
    WHO,
    bookings_kept,
    start_of,
)
from venues.models import Room


@pytest.fixture(autouse=True)
def at_ten(set_clock: Callable[[datetime], None]) -> None:
    set_clock(NOW)


def lent(**facts: object) -> Room:
    return transact(partial(meeting_room, **facts))  # type: ignore[arg-type]


@pytest.mark.usefixtures("app")
def test_one_date_in_four_pages(client: CheckingClient) -> None:
    room = lent()
    page = client.visit(f"{start_of(room)}?datum=2027-02-04&van=19:00&tot=21:00&mensen=12")
    assert page.title.startswith("Stap 1 van 3")
    assert "De ruimte is vrij donderdag 4 februari 2027, 19.00 – 21.00 uur" in page.text
    page = page.form("reserve").fill(waarvoor="Taalcafé").submit("Verder")
    assert page.title.startswith("Stap 2 van 3: Wie ben je?")
    page = page.form().fill(**WHO).submit("Verder")
    assert page.title.startswith("Stap 3 van 3: Controleer")
    for words in ("De Buurtkamer, Zaal", "donderdag 4 februari 2027", "Taalcafé Overvecht", "12"):
        assert words in page.text
    assert not bookings_kept()
    page = page.form().submit("Reserveer nu")
    assert page.h1 == "Je reservering staat vast"
    (booking,) = bookings_kept()
    assert booking.reference in page.text
    assert [each.state for each in booking.dates] == [DateState.CONFIRMED]
    assert (booking.contact_email, booking.purpose, booking.people) == (
        WHO["email"],
        "Taalcafé",
        12,
    )
