"""The waiting list and the list of who is hit, in a browser: with and without JavaScript."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from booking.models import RoomBooking, RoomDate
from core.clock import local_date, utcnow
from core.db import session
from core.outbox import OutboxMail
from tests.browser.conftest import PageAt, Site
from tests.browser.looking import Look
from tests.browser.stepping_in import step_in
from tests.waiting import clock, free


@pytest.fixture(autouse=True)
def at_hand(site: Site) -> Iterator[None]:
    """The rows of the site can be read and changed from here."""
    with site.at_hand():
        yield


def evening(number: int) -> RoomDate:
    """One of the last evenings of the language café: nobody else looks at it."""
    series = (
        select(RoomDate)
        .join(RoomDate.room_booking)
        .where(RoomBooking.purpose == "Taalcafé")
        .order_by(RoomDate.starts_at.desc())
    )
    return session.scalars(series).all()[number]


def own_link(address: str) -> str:
    """In the last mail to somebody."""
    session.rollback()
    mails = select(OutboxMail.text).where(OutboxMail.to_address == address)
    found = re.search(r"/wachtlijst/[\w-]+", session.scalars(mails).all()[-1])
    assert found
    return found[0]


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no_script"])
def test_waiting_and_being_offered(page_at: PageAt, look: Look, javascript: bool) -> None:
    date = evening(int(javascript))
    date_id, room_id, day = date.id, date.room_id, local_date(date.starts_at)
    page = page_at(390, javascript=javascript)
    how = "met" if javascript else "zonder"
    page.goto(f"/ruimtes/{room_id}/wachtlijst?datum={day}&van=19:00&tot=21:00&mensen=12")
    page.get_by_role("button", name="Zet me op de wachtlijst").click()
    expect(page.locator(".error-summary")).to_be_visible()
    look(page, "waiting-refused")
    address = f"kookclub.{how}@buren.example"
    for label, text in (
        ("Wat gaan jullie doen?", "Samen koken"),
        ("Organisatie of groep", "Kookclub Overvecht"),
        ("Je naam", "Sam de Vries"),
        ("Je e-mailadres", address),
    ):
        page.get_by_label(label).fill(text)
    page.get_by_role("button", name="Zet me op de wachtlijst").click()
    page.wait_for_url("**/wachtlijst/verstuurd")
    look(page, "waiting-sent")
    own = own_link(address)
    free(date_id, utcnow())
    clock(utcnow())
    page.goto(own)
    look(page, "waiting-offered")
    page.get_by_role("button", name="Neem deze tijd").click()
    expect(page.get_by_text("De tijd is voor jullie. Je krijgt een mail")).to_be_visible()
    look(page, "waiting-taken")
    page.goto(f"/ruimtes/{room_id}/wachtlijst?datum={day + timedelta(1)}&van=19:00&tot=21:00")
    look(page, "waiting-free")


def test_who_is_hit_by_a_closure(page_at: PageAt, look: Look) -> None:
    page = page_at()
    step_in(page, "host")
    room_id, today = evening(0).room_id, local_date(utcnow())
    page.goto(f"/mijn-ruimtes/ruimtes/{room_id}/sluiting")
    page.get_by_label("Eerste dag").fill(str(today + timedelta(1)))
    page.get_by_label("Laatste dag").fill(str(today + timedelta(40)))
    page.get_by_label("Waarom?").fill("De vloer wordt nieuw.")
    page.get_by_role("button", name="Sluit de ruimte").click()
    expect(page.get_by_role("button", name="Sluit en stel hen op de hoogte")).to_be_visible()
    look(page, "hits")
