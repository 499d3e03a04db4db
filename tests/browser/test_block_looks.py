"""A block, from the form to the list of who is hit: no barriers, no sideways scrolling."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page

from core.clock import local_date, utcnow
from tests.browser.conftest import PageAt
from tests.browser.stepping_in import step_in


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_blocks_are_open_to_all(
    page_at: PageAt,
    axe: Callable[[Page], list[str]],
    no_overflow: Callable[[Page], None],
    picture: Callable[[Page, str], None],
    width: int,
) -> None:
    page = page_at(width, dark=width == 390)
    step_in(page, "planner")

    def look(name: str) -> None:
        picture(page, f"block-{name}-{width}")
        no_overflow(page)
        assert axe(page) == [], name

    page.goto("/planning/blokkades")
    look("overview")
    page.get_by_role("link", name="Maak een blokkade").click()
    look("form")
    page.locator("label", has_text="De hele tournee").click()
    today = local_date(utcnow())
    page.get_by_label("Eerste dag").fill(today.isoformat())
    page.get_by_label("Laatste dag").fill((today + timedelta(days=40)).isoformat())
    page.get_by_label("Wat lezen de mensen").fill("De tournee rust even.")
    page.get_by_role("button", name="Bekijk wie dit raakt").click()
    page.get_by_role("heading", level=1, name="De hele tournee kan niet").wait_for()
    look("ways")
    page.goto("/planning/blokkades/1")
    look("one")
