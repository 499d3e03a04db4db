"""Pages that open without knowing anything: no barriers and no sideways scrolling, in any size."""

import pytest

from tests.browser.conftest import PageAt
from tests.browser.looking import Look

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


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_page_is_open_to_all(page_at: PageAt, look: Look, address: str) -> None:
    page = page_at()
    page.goto(address)
    look(page, address.strip("/").replace("/", "-") or "home")
