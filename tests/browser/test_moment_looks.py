"""Days that are planned together: open to all, at every width, and without JavaScript."""

from playwright.sync_api import expect

from tests.browser.conftest import PageAt, Picture
from tests.browser.looking import Look
from tests.browser.stepping_in import step_in

LIST, ONE = "/planning/momenten", "/planning/momenten/1"
WHY = "Waarom deze keuze?"


def test_moments_are_open_to_all(page_at: PageAt, look: Look) -> None:
    page = page_at()
    step_in(page, "planner")
    page.goto(LIST)
    look(page, "moment-list")
    page.get_by_role("link", name="Neem Burendag over").first.click()
    page.get_by_label("Laatste dag").fill("2020-01-01")
    page.get_by_role("button", name="Voeg toe").click()
    expect(page.get_by_text("De laatste dag ligt voor de eerste.").first).to_be_visible()
    look(page, "moment-form")
    page.goto(ONE)
    look(page, "moment-compare")
    page.get_by_label(WHY).fill("Alle wijkraden hebben al gevraagd.")
    page.get_by_role("button", name="Kijk wie welke mail krijgt").click()
    look(page, "moment-check", "Controleer")


def test_a_moment_is_planned_without_javascript(page_at: PageAt, picture: Picture) -> None:
    page = page_at(javascript=False)
    step_in(page, "planner")
    page.goto(ONE)
    page.get_by_label(WHY).fill("Alle wijkraden hebben al gevraagd.")
    page.get_by_role("button", name="Kijk wie welke mail krijgt").click()
    page.get_by_role("button", name="Leg samen vast en verstuur").click()
    expect(page.get_by_text("Weekend van de buren is gepland.")).to_be_visible()
    picture(page, "moment-planned")
    page.get_by_role("button", name="Maak ongedaan").first.click()
    page.goto(ONE)
    page.get_by_role("button", name="Sluit af").click()
    page.get_by_role("button", name="Open weer").click()
    expect(page.get_by_text("Weer geopend.")).to_be_visible()
