"""Adding a calendar that is kept elsewhere, with and without JavaScript."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PageAt, Site
from tests.browser.looking import Look
from tests.browser.stepping_in import step_in

GOOGLE = Path(__file__).parent.parent / "calendars" / "google.ics"


def first_room(page: Page) -> None:
    step_in(page, "host")
    page.goto("/mijn-ruimtes")
    page.locator(".host-room h3 a").first.click()
    page.get_by_role("link", name="Agenda's van deze ruimte").click()


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no_script"])
def test_a_host_lets_a_calendar_be_read(
    site: Site, page_at: PageAt, look: Look, javascript: bool
) -> None:
    page = page_at(390, javascript=javascript)
    how = "met" if javascript else "zonder"
    first_room(page)
    page.get_by_role("button", name="Voeg de agenda toe").click()
    expect(page.locator(".error-summary li")).to_have_count(2)
    look(page, "calendars-refused")
    page.get_by_label("Hoe noem je deze agenda?").fill(f"Zaalrooster {how}")
    page.get_by_label("Of een bestand").set_input_files(GOOGLE)
    page.get_by_role("button", name="Voeg de agenda toe").click()
    page.get_by_text("De agenda is gelezen: 5 bezette momenten.").wait_for()
    page.get_by_label("Hoe noem je deze agenda?").fill(f"Huurders {how}")
    page.get_by_label("Adres van de agenda").fill("webcal://nergens.invalid/zaal.ics")
    page.get_by_role("button", name="Voeg de agenda toe").click()
    page.locator("#calendars").get_by_text("wordt gelezen").wait_for()
    site.command("calendars", "read")
    if not javascript:
        page.get_by_role("link", name="Kijk of het klaar is").click()
    page.locator("#calendars").get_by_text("lezen lukt niet").wait_for()
    look(page, "calendars-failed")
    page.get_by_role("link", name=f"Wijzig Huurders {how}").click()
    look(page, "calendars-change", "Huurders")
    page.get_by_role("link", name="Bewaar niet").click()
    for name in (f"Huurders {how}", f"Zaalrooster {how}"):
        page.get_by_role("button", name=f"Haal weg {name}").click()
        page.get_by_text("De agenda is weg.").wait_for()
    expect(page.get_by_text("Je hebt nog geen agenda toegevoegd.")).to_be_visible()


def test_a_performer_finds_his_own(page_at: PageAt, look: Look) -> None:
    page = page_at()
    step_in(page, "performer")
    page.goto("/mijn-speelbeurten")
    page.get_by_role("link", name="Mijn agenda's").click()
    look(page, "calendars-performer", "agenda's")
