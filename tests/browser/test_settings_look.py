"""Settings, what a change of weights would do, and a request with its score: on any screen."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import PageAt
from tests.browser.stepping_in import step_in

ADDRESSES = {
    "settings": "/planning/instellingen",
    "day-parts": "/planning/instellingen/dagdelen",
    "request": "/planning/aanvragen/1",
    "confirm": "/planning/aanvragen/1/bevestig",
    "room": "/planning/plekken/ruimtes/1",
    "words": "/planning/plekken/woorden",
}
UNDECIDED = {"color-contrast", "th-has-data-cells"}


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_settings_are_open_to_all(
    page_at: PageAt,
    axe: Callable[[Page], list[str]],
    no_overflow: Callable[[Page], None],
    picture: Callable[[Page, str], None],
    width: int,
) -> None:
    page = page_at(width)
    step_in(page, "planner")
    for name, address in ADDRESSES.items():
        page.goto(address)
        _look(page, f"weights-{name}-{width}", axe, no_overflow, picture)
    page.goto("/planning/instellingen/wijkpubliek")
    page.get_by_label("Punten voor bezoekers uit de buurt").fill("55")
    page.get_by_label("Punten voor een wijk die lang wacht").fill("12")
    page.get_by_role("button", name="Bekijk wat het verandert").click()
    page.get_by_text("Er is nog niets bewaard.").wait_for()
    _look(page, f"weights-preview-{width}", axe, no_overflow, picture)


def _look(
    page: Page,
    name: str,
    axe: Callable[[Page], list[str]],
    no_overflow: Callable[[Page], None],
    picture: Callable[[Page, str], None],
) -> None:
    picture(page, name)
    no_overflow(page)
    assert set(axe(page)) <= UNDECIDED, name
