"""Inviting, in a real browser: no barriers and no sideways scrolling on any of its pages."""

from playwright.sync_api import expect

from tests.browser.conftest import PageAt, Picture
from tests.browser.looking import Look
from tests.browser.stepping_in import step_in

PAGES = {
    "district": "/planning/dekking/3",
    "partners": "/planning/partners",
    "partner": "/planning/partners/1",
    "partner-form": "/planning/partners/nieuw",
    "drafts": "/planning/post?staat=draft",
}


def test_the_pages_of_inviting_are_open_to_all(
    page_at: PageAt, look: Look, picture: Picture
) -> None:
    page = page_at()
    step_in(page, "planner")
    page.goto("/planning/dekking")
    page.get_by_role("link", name="Binnenstad", exact=True).click()
    look(page, "invite-never-visited", "Binnenstad")
    for label in page.locator("label[for^=who-]").all():
        label.click()
    page.get_by_role("button", name="Schrijf een uitnodiging").click()
    page.get_by_label("Tekst").fill("Voor eenzame mensen.")
    page.get_by_role("button", name="Zet klaar als concept").click()
    expect(page.get_by_role("button", name="Zet toch klaar als concept")).to_be_visible()
    look(page, "invite-write-labelled")
    for name, address in PAGES.items():
        page.goto(address)
        look(page, f"invite-{name}")
    page.locator("td a[href^='/planning/post/']").first.click()
    look(page, "invite-draft", "Concept")
    page.get_by_role("link", name="Bekijk de bewaarde mail").click()
    no_more = page.get_by_role("link", name="Nodig ons niet meer uit").get_attribute("href")
    picture(page, "invite-mail")
    page.goto(str(no_more))
    look(page, "invite-own")
