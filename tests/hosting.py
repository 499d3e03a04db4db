"""Somebody who puts a place and its room online, page by page, the way a person does."""

from typing import Any

from tests.pages import CheckingClient, Page

DESK = "/mijn-ruimtes"
OFFER = "/ruimte-aanmelden"
PLACE: dict[str, Any] = {
    "place": "Buurthuis De Ronde",
    "street": "Voorbeelddreef",
    "house_number": "12a",
    "postcode": "3563cb",
    "name": "Fatma",
    "email": "fatma@deronde.example",
    "phone": "030 123 45 67",
}
FACTS: dict[str, Any] = {
    "name": "Grote zaal",
    "is_outdoors": "Binnen",
    "people": "40",
    "is_step_free": "Ja",
    "has_kitchen": "Nee",
}
MONDAY: dict[str, Any] = {
    "opens_0_0": "9:00",
    "closes_0_0": "12:00",
    "opens_0_1": "13",
    "closes_0_1": "17.00",
}
ONWARD = "Bewaar en ga verder"


def offer_place(visitor: CheckingClient, **given: Any) -> Page:
    page = visitor.visit(OFFER)
    return page.form("offer-form").fill(**{**PLACE, **given}).submit("Stuur me de mail")


def csrf(page: Page) -> dict[str, str]:
    """What a form of this visitor sends along, for a form that no page shows."""
    token = page.soup.select_one("meta[name=csrf-token]")
    assert token
    return {"csrf_token": str(token["content"])}


def told_at(page: Page, field: str) -> str:
    """The error beside a field."""
    error = page.soup.find(id=f"{field}-error")
    assert error, f"nothing is said at {field}; there is: {page.errors}"
    return error.get_text(" ", strip=True)


def room_address(room_id: int, rest: str = "") -> str:
    return f"{DESK}/ruimtes/{room_id}{rest}"
