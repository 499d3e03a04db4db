"""Pages that open without knowing anything: no barriers and no sideways scrolling, in any size."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import PageAt

PUBLIC = [
    "/",
    "/agenda",
    "/agenda/week",
    "/kubus/aanvragen",
    "/inloggen",
    "/demo",
    "/over",
    "/privacy",
    "/toegankelijkheid",
    "/bestaat-niet",
    "/en/",
]
SIZES = [(1280, False), (390, True), (320, False)]


@pytest.mark.parametrize(("width", "dark"), SIZES, ids=["desk", "phone_dark", "small"])
@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_page_is_open_to_all(
    page_at: PageAt,
    axe: Callable[[Page], list[str]],
    no_overflow: Callable[[Page], None],
    picture: Callable[[Page, str], None],
    address: str,
    width: int,
    dark: bool,
) -> None:
    page = page_at(width, dark=dark)
    page.goto(address)
    picture(page, f"{address.strip('/').replace('/', '-') or 'home'}-{width}{'-dark' * dark}")
    no_overflow(page)
    undecided = axe(page)
    assert undecided in ([], ["color-contrast"])
