"""Somebody who books a room, page by page, the way a person does."""

from typing import Any

from sqlalchemy import select

from booking.models import RoomBooking
from core.db import session
from tests.filling import FilledForm
from tests.pages import CheckingClient, Page
from venues.models import Room

WHAT: dict[str, Any] = {
    "datum": "2027-02-04",
    "van": "19:00",
    "tot": "21:00",
    "mensen": 12,
    "waarvoor": "Taalcafé",
}
WEEKLY = {"herhaling": "weekly", "keer": 5}
WHO: dict[str, Any] = {
    "organisation": "Taalcafé Overvecht",
    "name": "Noor Bakker",
    "email": "noor@taalcafe.example",
    "phone": "030 123 45 67",
}


def start_of(room: Room) -> str:
    return f"/ruimtes/{room.id}/reserveren"


def dates_form(client: CheckingClient, room: Room, **more: Any) -> FilledForm:
    """Page 1, filled in."""
    return client.visit(start_of(room)).form("reserve").fill(**{**WHAT, **more})


def to_contact(client: CheckingClient, room: Room, **more: Any) -> Page:
    page = dates_form(client, room, **more).submit("Verder")
    assert page.h1 == "Wie ben je?", page.text
    return page


def to_check(client: CheckingClient, room: Room, **more: Any) -> Page:
    page = to_contact(client, room, **more).form().fill(**WHO).submit("Verder")
    assert page.h1 == "Controleer je reservering", page.text
    return page


def bookings_kept() -> list[RoomBooking]:
    session.rollback()
    return list(session.scalars(select(RoomBooking).order_by(RoomBooking.id)))


def said(page: Page, field: str) -> str:
    """The sentence at a field, which is in the summary too."""
    found = page.soup.find(id=f"{field}-error")
    assert found, f"nothing is said at {field}; the summary says {page.errors}"
    return " ".join(found.get_text(" ").split())
