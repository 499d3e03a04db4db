"""The private page of a booking of a room, in a real browser: with and without JavaScript."""

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from booking.models import RoomBooking
from booking.rules.room_lifecycle import Side
from booking.services.reserving.dates import propose
from core import links
from core.clock import utcnow
from core.db import session, transact
from tests.browser.conftest import PageAt, Site
from tests.browser.looking import Look


@dataclass(frozen=True)
class Own:
    """A weekly series of the demo season: addresses of its pages."""

    address: str
    move: str
    cancel: str


def _own(site: Site, organisation: str) -> Own:
    with site.at_hand():
        booking = next(
            each
            for each in session.scalars(select(RoomBooking))
            if each.organisation.name == organisation
        )
        transact(_host_proposes, booking.id)
        token = transact(links.issue, *booking.subject, now=utcnow())
        date_id = session.get_one(RoomBooking, booking.id).live_dates[2].id
    address = f"/reservering/{token}"
    return Own(address, f"{address}/data/{date_id}/verzet", f"{address}/data/{date_id}/annuleer")


def _host_proposes(booking_id: int) -> None:
    booking = session.get_one(RoomBooking, booking_id)
    for date in booking.live_dates[:2]:
        if date.proposed is None:
            propose(date, date.period.shifted(date.period.length / 6), Side.HOST)
            date.words = "Die middag is er eerst een uitvaart."
    booking.touch()


def test_every_page_is_open_to_all(page_at: PageAt, site: Site, look: Look) -> None:
    page = page_at()
    own = _own(site, "Kookclub Zuilen")
    asked = "?voor=following&datum=2027-01-05&van=16:00&tot=18:00&ruimte=0"
    pages = {"own": own.address, "move": own.move + asked, "cancel": own.cancel}
    for name, address in {**pages, "details": f"{own.address}/gegevens"}.items():
        page.goto(address)
        look(page, f"own-booking-{name}")


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no_script"])
def test_a_date_is_shortened_and_another_given_back(
    page_at: PageAt, site: Site, javascript: bool
) -> None:
    own = _own(site, "Naaiatelier" if javascript else "Taalcafé Overvecht")
    page = page_at(390, javascript=javascript)
    page.goto(own.address)
    page.get_by_role("link", name=re.compile("^Verzet")).nth(3).click()
    page.get_by_text("Deze datum en alle volgende").click()
    page.fill("input[name=tot]", "10:30" if javascript else "20:00")
    page.get_by_role("button", name="Bekijk of het kan").click()
    expect(page.get_by_text("meteen", exact=True).first).to_be_visible()
    page.get_by_role("button", name=re.compile("^Ja, verzet")).click()
    expect(page.get_by_role("status").first).to_contain_text("Verzet.")
    page.get_by_role("link", name=re.compile("^Annuleer ")).first.click()
    page.get_by_role("button", name="Ja, annuleer").click()
    expect(page.get_by_role("status").first).to_contain_text("Geannuleerd.")
    expect(page.get_by_text("Geweest of geannuleerd: 1 datum")).to_be_visible()
