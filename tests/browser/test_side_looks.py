"""What a partner does around a stop, at the desk and for everybody: no barriers."""

from tests.browser.conftest import PageAt
from tests.browser.looking import Look
from tests.browser.stepping_in import step_in


def test_the_side_programme_is_open_to_all(page_at: PageAt, look: Look) -> None:
    page = page_at()
    step_in(page, "planner")
    page.goto("/planning/programma/2")
    look(page, "side-item")
    page.get_by_role("link", name="Terug naar de aanvraag").click()
    page.get_by_role("link", name="Zet er iets bij").click()
    page.get_by_role("button", name="Stel het voor").click()
    page.get_by_text("Kies waar het is.").first.wait_for()
    look(page, "side-new")
