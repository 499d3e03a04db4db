"""The theatre's pages, with the demo season in them: no barriers, no sideways scrolling."""

from playwright.sync_api import expect

from tests.browser.conftest import PageAt, Picture
from tests.browser.looking import HEADS, Look
from tests.browser.stepping_in import step_in

# What is not here is looked at where it shows more: the inbox with what was just confirmed in
# test_journeys, the roster with what does not fit in test_season_looks.
DESK = {
    "today": "/planning",
    "clash": "/planning/aanvragen/1",
    "stop": "/planning/aanvragen/12",
    "confirm": "/planning/aanvragen/1/bevestig",
    "option": "/planning/aanvragen/1/optie",
    "decline": "/planning/aanvragen/1/afwijzen",
    "move": "/planning/aanvragen/12/verplaats",
    "cancel": "/planning/aanvragen/12/annuleer",
    "places": "/planning/plekken",
    "place": "/planning/plekken/1",
    "room": "/planning/plekken/ruimtes/1",
    "room-form": "/planning/plekken/ruimtes/1/wijzig",
    "post": "/planning/post",
    "mail": "/planning/post/1",
}


def test_the_desk_is_open_to_all(page_at: PageAt, look: Look) -> None:
    page = page_at()
    step_in(page, "planner")
    for name, address in DESK.items():
        answer = page.goto(address)
        assert answer
        assert answer.ok, address
        look(page, f"desk-{name}", undecided=HEADS)


def test_the_desk_prints(page_at: PageAt, picture: Picture) -> None:
    page = page_at(1280)
    step_in(page, "planner")
    page.goto("/planning/rooster")
    page.emulate_media(media="print")
    expect(page.locator(".site-nav")).to_be_hidden()
    expect(page.locator("table.roster")).to_be_visible()
    picture(page, "desk-roster-print")
