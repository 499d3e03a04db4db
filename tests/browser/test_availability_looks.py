"""What performers play and when they can, said by themselves and seen by a planner: no barriers."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import PageAt
from tests.browser.stepping_in import step_in


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_availability_is_open_to_all(
    page_at: PageAt,
    axe: Callable[[Page], list[str]],
    no_overflow: Callable[[Page], None],
    picture: Callable[[Page, str], None],
    width: int,
) -> None:
    page = page_at(width, dark=width == 390)

    def look(name: str) -> None:
        picture(page, f"availability-{name}-{width}")
        no_overflow(page)
        assert axe(page) == [], name

    step_in(page, "performer")
    page.goto("/mijn-speelbeurten")
    look("mine")
    page.get_by_role("link", name="Verander wanneer ik kan").click()
    page.locator("summary", has_text="Precieze tijden").click()
    look("form")
    for label in page.locator("label", has_text="middag").all():
        label.click()
    page.get_by_role("button", name="Bewaar").click()
    page.get_by_role("button", name="Bewaar en laat het weten").wait_for()
    look("hits")
    page.goto("/mijn-speelbeurten/beschikbaar/dagen")
    look("days")
    step_in(page, "planner")
    page.goto("/planning/spelers")
    look("performers")
    page.locator("tbody th a").first.click()
    look("performer")
