"""Settings, and what a change of weights would do: on any screen."""

from tests.browser.conftest import PageAt
from tests.browser.looking import HEADS, Look
from tests.browser.stepping_in import step_in


def test_settings_are_open_to_all(page_at: PageAt, look: Look) -> None:
    page = page_at()
    step_in(page, "planner")
    page.goto("/planning/instellingen")
    look(page, "weights-settings", undecided=HEADS)
    page.goto("/planning/instellingen/wijkpubliek")
    page.get_by_label("Punten voor bezoekers uit de buurt").fill("55")
    page.get_by_label("Punten voor een wijk die lang wacht").fill("12")
    page.get_by_role("button", name="Bekijk wat het verandert").click()
    page.get_by_text("Er is nog niets bewaard.").wait_for()
    look(page, "weights-preview", undecided=HEADS)
