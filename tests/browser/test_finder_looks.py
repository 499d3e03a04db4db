"""Finding a room in a real browser, among the rooms of the demo season."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from core.clock import local_date, monday_of, utcnow
from tests.browser.conftest import PageAt

MONDAY = monday_of(local_date(utcnow())) + timedelta(weeks=2)
TUESDAY = MONDAY + timedelta(days=1)
HERE = "/ruimtes?postcode=3563&mensen=12"
PAGES = {
    "all": "/ruimtes",
    "evening": f"{HERE}&datum={TUESDAY}&van=19:00&tot=21:00",
    "afternoons": f"{HERE}&wanneer=middag&datum={MONDAY}&duur=120&nodig=keuken",
    "none": f"{HERE}&datum={TUESDAY}&van=02:00&tot=04:00",
    "district": f"/ruimtes?wijk=03&datum={TUESDAY}",
    "wrong": f"/ruimtes?postcode=1012&datum={TUESDAY}&van=21:00&tot=19:00",
}
SIZES = [(1280, False), (390, True), (320, False)]


@pytest.mark.parametrize(("width", "dark"), SIZES, ids=["desk", "phone_dark", "small"])
def test_finding_a_room_is_open_to_all(
    page_at: PageAt,
    axe: Callable[[Page], list[str]],
    no_overflow: Callable[[Page], None],
    picture: Callable[[Page, str], None],
    width: int,
    dark: bool,
) -> None:
    page = page_at(width, dark=dark)
    for name, address in PAGES.items():
        page.goto(address)
        picture(page, f"rooms-{name}-{width}{'-dark' * dark}")
        no_overflow(page)
        assert set(axe(page)) <= {"color-contrast"}, address
    page.goto(PAGES["evening"])
    page.locator(".room-card a").first.click()
    expect(page.locator("#week")).to_be_visible()
    picture(page, f"rooms-room-{width}{'-dark' * dark}")
    no_overflow(page)
    assert set(axe(page)) <= {"color-contrast"}
