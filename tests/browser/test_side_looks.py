"""What a partner does around a stop, at the desk and for everybody: no barriers."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import PageAt
from tests.browser.stepping_in import step_in


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_the_side_programme_is_open_to_all(
    page_at: PageAt,
    axe: Callable[[Page], list[str]],
    no_overflow: Callable[[Page], None],
    picture: Callable[[Page, str], None],
    width: int,
) -> None:
    page = page_at(width, dark=width == 390)
    step_in(page, "planner")

    def look(name: str) -> None:
        picture(page, f"side-{name}-{width}")
        no_overflow(page)
        assert set(axe(page)) <= {"color-contrast"}, name

    page.goto("/planning/programma/2")
    look("item")
    page.get_by_role("link", name="Terug naar de aanvraag").click()
    page.get_by_role("link", name="Zet er iets bij").click()
    page.get_by_role("button", name="Stel het voor").click()
    page.get_by_text("Kies waar het is.").first.wait_for()
    look("new")
