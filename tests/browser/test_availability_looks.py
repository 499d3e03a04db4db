"""What performers play and when they can, said by themselves and seen by a planner: no barriers."""

from tests.browser.conftest import PageAt
from tests.browser.looking import NOTHING, Look
from tests.browser.stepping_in import step_in


def test_availability_is_open_to_all(page_at: PageAt, look: Look) -> None:
    page = page_at()
    step_in(page, "performer")
    page.goto("/mijn-speelbeurten")
    look(page, "availability-mine", undecided=NOTHING)
    page.get_by_role("link", name="Verander wanneer ik kan").click()
    page.locator("summary", has_text="Precieze tijden").click()
    look(page, "availability-form", undecided=NOTHING)
    for label in page.locator("label", has_text="middag").all():
        label.click()
    page.get_by_role("button", name="Bewaar").click()
    page.get_by_role("button", name="Bewaar en laat het weten").wait_for()
    look(page, "availability-hits", undecided=NOTHING)
    page.goto("/mijn-speelbeurten/beschikbaar/dagen")
    look(page, "availability-days", undecided=NOTHING)
    step_in(page, "planner")
    page.goto("/planning/spelers")
    look(page, "availability-performers", undecided=NOTHING)
    performer = page.locator("tbody th a").first
    who = performer.inner_text()
    performer.click()
    look(page, "availability-performer", who, undecided=NOTHING)
