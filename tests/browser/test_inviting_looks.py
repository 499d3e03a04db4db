"""Inviting, in a real browser: no barriers and no sideways scrolling on any of its pages."""

from collections.abc import Callable

from playwright.sync_api import Page

from tests.browser.conftest import PageAt
from tests.browser.stepping_in import step_in

SIZES = [(1280, False), (390, True), (320, False)]
PAGES = {
    "district": "/planning/dekking/3",
    "partners": "/planning/partners",
    "partner": "/planning/partners/1",
    "partner-form": "/planning/partners/nieuw",
    "drafts": "/planning/post?staat=draft",
}


def test_the_pages_of_inviting_are_open_to_all(
    page_at: PageAt,
    axe: Callable[[Page], list[str]],
    no_overflow: Callable[[Page], None],
    picture: Callable[[Page, str], None],
) -> None:
    page = page_at(1280)

    def look(name: str) -> None:
        for width, dark in SIZES:
            page.set_viewport_size({"width": width, "height": 844})
            page.emulate_media(color_scheme="dark" if dark else "light")
            picture(page, f"invite-{name}-{width}{'-dark' * dark}")
            no_overflow(page)
            assert set(axe(page)) <= {"color-contrast"}, name

    step_in(page, "planner")
    page.goto("/planning/dekking")
    page.get_by_role("link", name="Binnenstad", exact=True).click()
    look("never-visited")
    for label in page.locator("label[for^=who-]").all():
        label.click()
    page.get_by_role("button", name="Schrijf een uitnodiging").click()
    look("write")
    page.get_by_label("Tekst").fill("Voor eenzame mensen.")
    page.get_by_role("button", name="Zet klaar als concept").click()
    look("write-labelled")
    for name, address in PAGES.items():
        page.goto(address)
        look(name)
    page.locator("td a[href^='/planning/post/']").first.click()
    look("draft")
    page.get_by_role("link", name="Bekijk de bewaarde mail").click()
    no_more = page.get_by_role("link", name="Nodig ons niet meer uit").get_attribute("href")
    picture(page, "invite-mail")
    page.goto(str(no_more))
    look("own")
