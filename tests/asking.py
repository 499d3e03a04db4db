"""Somebody who asks for the cube, page by page, the way a person does."""

from typing import Any

from sqlalchemy import select

from booking.models import BookingRequest
from booking.rules.norms import Wish
from core.db import session
from tests.builders import AFTERNOON, LUNETTEN
from tests.pages import CheckingClient, Page

START = "/kubus/aanvragen"
WHEN, AUDIENCE = f"{START}/wanneer", f"{START}/voor-wie"
CONTACT, CHECK = f"{START}/wie-ben-je", f"{START}/controleer"
SENT = f"{START}/verstuurd"
SEND = "Verstuur de aanvraag"

OWN_PLACE: dict[str, Any] = {
    "kind": "own",
    "name": "Buurttuin De Bikkershof",
    "street": "Bekkerstraat",
    "house_number": "12",
    "postcode": LUNETTEN,
    "setting": "indoors",
    "floor": "yes",
    "step_free": "yes",
    "power": "yes",
    "height": "yes",
}
NO_PLACE: dict[str, Any] = {"kind": "none", "area": "3524"}
VISITORS: dict[str, Any] = {"openness": "open", "live_here": 8, "by_key_figure": 4}
WHO: dict[str, Any] = {
    "organisation": "Burennetwerk Zuilen",
    "name": "Sam de Vries",
    "email": "sam@burennetwerk.example",
    "phone": "030 123 45 67",
}


def say_where(client: CheckingClient, near: str = "theatre", **where: Any) -> Page:
    """`near`: the room that is chosen where there are rooms nearby, else the theatre looks."""
    page = client.visit(START).form(START).fill(**(where or NO_PLACE)).submit()
    if page.soup.find(id="near-rooms"):
        return page.form(START).fill(near=near).submit()
    return page


def choose(client: CheckingClient, *wishes: Wish) -> Page:
    """Press the buttons of these moments, wherever in the weeks they are."""
    page = client.visit(WHEN)
    for wish in wishes:
        address = f"{WHEN}?vanaf={wish.day.isoformat()}&dagdelen={wish.day_parts}"
        page = press(client.visit(address), wish.key)
    return page


def offered_keys(page: Page) -> list[str]:
    buttons = page.soup.select("form#moments button[aria-pressed]")
    return [str(button["value"]) for button in buttons]


def press(page: Page, key: str, *, status: int = 200, htmx: bool = False) -> Page:
    """Press the button of one moment."""
    buttons = page.soup.select(f'form#moments button[value="{key}"]')
    assert buttons, f"{key} is not offered on {page.path}"
    return push(page, {str(buttons[-1]["name"]): key}, status=status, htmx=htmx)


def push(page: Page, fields: dict[str, str], *, status: int = 200, htmx: bool = False) -> Page:
    """Send the form of the moments with what a button would send."""
    form = page.form("moments")
    sent = {**form.fields, **fields}
    return page.send("post", str(form.form["action"]), sent, htmx=htmx, status=status)


def to(client: CheckingClient, step: str) -> Page:
    """The page of a step, with sound answers before it."""
    say_where(client)
    if step == WHEN:
        return client.visit(WHEN)
    choose(client, AFTERNOON)
    page = client.visit(AUDIENCE)
    if step == AUDIENCE:
        return page
    return page.form(AUDIENCE).fill(**VISITORS).submit("Verder")


def said(page: Page, field: str) -> str:
    """The sentence at a field, which is in the summary too."""
    found = page.soup.find(id=f"{field}-error")
    assert found, f"nothing is said at {field}; the summary says {page.errors}"
    return " ".join(found.get_text(" ").split())


def requests_kept() -> list[BookingRequest]:
    session.rollback()
    return list(session.scalars(select(BookingRequest).order_by(BookingRequest.id)))


def fill_in(client: CheckingClient, **where: Any) -> Page:
    """Everything but the last button."""
    say_where(client, **where)
    page = choose(client, AFTERNOON).form("moments").submit("Verder")
    page = page.form(AUDIENCE).fill(**VISITORS).submit("Verder")
    return page.form(CONTACT).fill(**WHO).submit("Verder")
