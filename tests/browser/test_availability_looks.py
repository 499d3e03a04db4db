"""When performers can play, said by themselves and seen by a planner: no barriers."""

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
    page.get_by_role("link", name="Wanneer ik kan").click()
    look("form")
    page.get_by_label("maandag, kan van (1)").fill("9:00")
    page.get_by_label("maandag, kan tot (1)").fill("9:30")
    page.get_by_role("button", name="Bewaar").click()
    page.get_by_role("button", name="Toch opslaan").wait_for()
    look("hits")
    step_in(page, "planner")
    page.goto("/planning/spelers")
    look("players")
    page.get_by_role("link", name="Verander wanneer").first.click()
    look("player")
