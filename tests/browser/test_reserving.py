"""Booking a room in a real browser, with and without JavaScript: once, and a series."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PageAt

WHO = {
    "organisation": "Breicafé Overvecht",
    "name": "Noor Bakker",
    "email": "noor@breicafe.example",
    "phone": "030 123 45 67",
}
ROOM = "Hart van Hoograven"


def a_saturday(weeks: int) -> date:
    today = date.today()  # noqa: DTZ011 - as the site's
    return today + timedelta(days=(5 - today.weekday()) % 7 + 7 * weeks)


def open_room(page: Page) -> None:
    """To the first page, from the page of the room."""
    page.set_default_timeout(8000)
    page.goto("/ruimtes?postcode=3525")
    page.get_by_role("link", name=ROOM).first.click()
    page.get_by_role("link", name="Reserveer deze ruimte").click()


def fill_dates(page: Page, day: date, starts: str = "10:00", ends: str = "12:00") -> None:
    page.fill("input[name=datum]", day.isoformat())
    page.fill("input[name=van]", starts)
    page.fill("input[name=tot]", ends)
    page.fill("input[name=mensen]", "12")
    page.fill("input[name=waarvoor]", "Breicafé")


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no_script"])
def test_look(page_at: PageAt, picture: Callable[[Page, str], None], javascript: bool) -> None:
    for width in (1280, 390, 320):
        page = page_at(width, javascript=javascript)
        open_room(page)
        picture(page, f"reserve-empty-{width}")
        fill_dates(page, a_saturday(2))
        page.get_by_text("Elke week").click()
        page.fill("input[name=keer]", "12")
        if not javascript:
            page.get_by_role("button", name="Bekijk de data").click()
        expect(page.locator("#dates")).to_contain_text("12 data")
        picture(page, f"reserve-series-{width}-{javascript}")
