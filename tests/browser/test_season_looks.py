"""The season and the week of the theatre: no barriers, no sideways scrolling, and on paper."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import PageAt
from tests.browser.stepping_in import step_in

# What axe leaves to people: the heads of groups, which name the rows below them.
UNDECIDED = {"th-has-data-cells"}


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_season_is_open_to_all_and_leads_to_moving(
    page_at: PageAt,
    axe: Callable[[Page], list[str]],
    no_overflow: Callable[[Page], None],
    picture: Callable[[Page, str], None],
    width: int,
) -> None:
    page = page_at(width, dark=width == 390, scripts=width != 320)
    step_in(page, "planner")

    def look(name: str) -> None:
        picture(page, f"season-{name}-{width}")
        no_overflow(page)
        assert set(axe(page)) <= UNDECIDED, name

    page.goto("/planning/seizoen")
    look("all")
    page.get_by_label("Wijk").select_option(label="Overvecht")
    page.get_by_role("button", name="Laat zien").click()
    page.get_by_role("heading", level=2, name="Overvecht").wait_for()
    assert "wijk=" in page.url
    look("district")
    page.goto("/planning/seizoen")
    if width == 1280:
        page.emulate_media(media="print")
        assert not page.locator("#season-filter").is_visible()
        picture(page, "season-print")
        page.emulate_media(media="screen")
    page.get_by_role("link", name="Verplaats").first.click()
    page.get_by_role("heading", level=1, name="Verplaats").wait_for()
    page.get_by_role("heading", level=2, name="Dit kan wel, dichtbij").wait_for()
