"""Adding a calendar that is kept elsewhere, with and without JavaScript, on every width."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import PageAt, Site
from tests.browser.stepping_in import step_in

GOOGLE = Path(__file__).parent.parent / "calendars" / "google.ics"
SIZES = [(1280, False, True), (390, True, False), (320, False, True)]


def first_room(page: Page) -> None:
    step_in(page, "host")
    page.goto("/mijn-ruimtes")
    page.locator(".host-room h3 a").first.click()
    page.get_by_role("link", name="Agenda's van deze ruimte").click()


@pytest.mark.parametrize(
    ("width", "dark", "javascript"), SIZES, ids=["desk", "phone_dark_plain", "small"]
)
def test_a_host_lets_a_calendar_be_read(
    site: Site,
    page_at: PageAt,
    axe: Callable[[Page], list[str]],
    no_overflow: Callable[[Page], None],
    picture: Callable[[Page, str], None],
    width: int,
    dark: bool,
    javascript: bool,
) -> None:
    page = page_at(width, dark=dark, javascript=javascript)

    def look(name: str) -> None:
        no_overflow(page)
        if javascript and name not in ("before", "waiting"):  # what they show, others show too
            axe(page)
        picture(page, f"calendars-{name}-{width}{'-dark' * dark}")

    first_room(page)
    look("before")
    page.get_by_role("button", name="Voeg de agenda toe").click()
    assert page.locator(".error-summary li").count() == 2
    look("refused")
    page.get_by_label("Hoe noem je deze agenda?").fill(f"Zaalrooster {width}")
    page.get_by_label("Of een bestand").set_input_files(GOOGLE)
    page.get_by_role("button", name="Voeg de agenda toe").click()
    page.get_by_text("De agenda is gelezen: 5 bezette momenten.").wait_for()
    page.get_by_label("Hoe noem je deze agenda?").fill(f"Huurders {width}")
    page.get_by_label("Adres van de agenda").fill("webcal://nergens.invalid/zaal.ics")
    page.get_by_role("button", name="Voeg de agenda toe").click()
    page.locator("#calendars").get_by_text("wordt gelezen").wait_for()
    look("waiting")
    site.command("calendars", "read")
    if not javascript:
        page.get_by_role("link", name="Kijk of het klaar is").click()
    page.locator("#calendars").get_by_text("lezen lukt niet").wait_for()
    look("failed")
    page.get_by_role("link", name=f"Wijzig Huurders {width}").click()
    look("change")
    page.get_by_role("link", name="Bewaar niet").click()
    for name in (f"Huurders {width}", f"Zaalrooster {width}"):
        page.get_by_role("button", name=f"Haal weg {name}").click()
        page.get_by_text("De agenda is weg.").wait_for()
    assert page.get_by_text("Je hebt nog geen agenda toegevoegd.").is_visible()


def test_a_performer_finds_his_own(
    page_at: PageAt, axe: Callable[[Page], list[str]], picture: Callable[[Page, str], None]
) -> None:
    page = page_at(390)
    step_in(page, "performer")
    page.goto("/mijn-speelbeurten")
    picture(page, "calendars-performer-home-390")
    axe(page)
    page.get_by_role("link", name="Mijn agenda's").click()
    axe(page)
    picture(page, "calendars-performer-390")
