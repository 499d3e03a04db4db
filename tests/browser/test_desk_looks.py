"""The theatre's pages, with the demo season in them: no barriers, no sideways scrolling."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import PageAt
from tests.browser.stepping_in import step_in

DESK = {
    "today": "/planning",
    "inbox": "/planning/aanvragen",
    "clash": "/planning/aanvragen/1",
    "stop": "/planning/aanvragen/12",
    "confirm": "/planning/aanvragen/1/bevestig",
    "option": "/planning/aanvragen/1/optie",
    "decline": "/planning/aanvragen/1/afwijzen",
    "move": "/planning/aanvragen/12/verplaats",
    "cancel": "/planning/aanvragen/12/annuleer",
    "roster": "/planning/rooster",
    "places": "/planning/plekken",
    "place": "/planning/plekken/1",
    "room": "/planning/plekken/ruimtes/1",
    "room-form": "/planning/plekken/ruimtes/1/wijzig",
    "post": "/planning/post",
    "mail": "/planning/post/1",
}
# What axe leaves to people: contrast over a drawn mark, and the heads of groups in the roster,
# which name the rows below them. Both were looked at.
UNDECIDED = {"color-contrast", "th-has-data-cells"}
SIZES = [(1280, False), (390, True), (320, False)]


@pytest.mark.parametrize(("width", "dark"), SIZES, ids=["desk", "phone_dark", "small"])
def test_the_desk_is_open_to_all(
    page_at: PageAt,
    axe: Callable[[Page], list[str]],
    no_overflow: Callable[[Page], None],
    picture: Callable[[Page, str], None],
    width: int,
    dark: bool,
) -> None:
    page = page_at(width, dark=dark)
    step_in(page, "planner")
    for name, address in DESK.items():
        answer = page.goto(address)
        assert answer
        assert answer.ok, address
        picture(page, f"desk-{name}-{width}{'-dark' * dark}")
        no_overflow(page)
        assert set(axe(page)) <= UNDECIDED, address


def test_the_desk_prints(page_at: PageAt, picture: Callable[[Page, str], None]) -> None:
    page = page_at(1280)
    step_in(page, "planner")
    page.goto("/planning/rooster")
    page.emulate_media(media="print")
    assert not page.locator(".site-nav").is_visible()
    assert page.locator("table.roster").is_visible()
    picture(page, "desk-roster-print")
