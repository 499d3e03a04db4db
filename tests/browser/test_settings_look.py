"""Settings, what a change of weights would do, and a request with its score: on any screen."""

from collections.abc import Callable

from playwright.sync_api import Page

from tests.browser.conftest import PageAt
from tests.browser.stepping_in import step_in

WIDTHS = (1280, 390, 320)
UNDECIDED = {"color-contrast", "th-has-data-cells"}


def test_settings_are_open_to_all(
    page_at: PageAt,
    axe: Callable[[Page], list[str]],
    no_overflow: Callable[[Page], None],
    picture: Callable[[Page, str], None],
) -> None:
    page = page_at(WIDTHS[0])
    step_in(page, "planner")
    page.goto("/planning/instellingen")
    _look(page, "settings", axe, no_overflow, picture)
    page.goto("/planning/instellingen/wijkpubliek")
    page.get_by_label("Punten voor bezoekers uit de buurt").fill("55")
    page.get_by_label("Punten voor een wijk die lang wacht").fill("12")
    page.get_by_role("button", name="Bekijk wat het verandert").click()
    page.get_by_text("Er is nog niets bewaard.").wait_for()
    _look(page, "preview", axe, no_overflow, picture)


def _look(
    page: Page,
    name: str,
    axe: Callable[[Page], list[str]],
    no_overflow: Callable[[Page], None],
    picture: Callable[[Page, str], None],
) -> None:
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        picture(page, f"weights-{name}-{width}")
        no_overflow(page)
        assert set(axe(page)) <= UNDECIDED, f"{name} at {width}"
