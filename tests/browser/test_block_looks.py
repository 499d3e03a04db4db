"""A block, from the form to the list of who is hit: no barriers, no sideways scrolling."""

from datetime import timedelta

from core.clock import local_date, utcnow
from tests.browser.conftest import PageAt
from tests.browser.looking import NOTHING, Look
from tests.browser.stepping_in import step_in


def test_blocks_are_open_to_all(page_at: PageAt, look: Look) -> None:
    page = page_at()
    step_in(page, "planner")
    page.goto("/planning/blokkades")
    look(page, "block-overview", undecided=NOTHING)
    page.get_by_role("link", name="Maak een blokkade").click()
    look(page, "block-form", "Maak een blokkade", undecided=NOTHING)
    page.locator("label", has_text="De hele tournee").click()
    today = local_date(utcnow())
    page.get_by_label("Eerste dag").fill(today.isoformat())
    page.get_by_label("Laatste dag").fill((today + timedelta(days=40)).isoformat())
    page.get_by_label("Wat lezen de mensen").fill("De tournee rust even.")
    page.get_by_role("button", name="Bekijk wie dit raakt").click()
    page.get_by_role("heading", level=1, name="De hele tournee kan niet").wait_for()
    look(page, "block-ways", undecided=NOTHING)
    page.goto("/planning/blokkades/1")
    look(page, "block-one", undecided=NOTHING)
