"""The cube in a host's room, in a real browser: places nearby, the page of the host, and the three
answers, with and without JavaScript."""

import re
import sqlite3

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PageAt, Site
from tests.browser.looking import Look
from tests.browser.stepping_in import step_in

HOST = "beheerder@plekken.example"


def go_on(page: Page) -> None:
    page.get_by_role("button", name="Verder").last.click()


def ask_without_a_place(page: Page, organisation: str, look: Look) -> None:
    page.goto("/kubus/aanvragen")
    page.get_by_text("We zoeken nog een ruimte").click()
    page.fill("input[name=area]", "3563")
    go_on(page)
    expect(page.locator("#near-rooms")).to_be_visible()
    look(page, "near-rooms", "Waar?")
    go_on(page)
    expect(page.get_by_text("Kies een plek, of laat het theater zoeken.").first).to_be_visible()
    page.locator("#near-rooms label", has_text="De Dreef").click()
    go_on(page)
    page.get_by_role("button", name="middag").last.click()
    go_on(page)
    page.get_by_text("Open: iedereen mag komen").click()
    page.fill("input[name=live_here]", "8")
    go_on(page)
    typed = {"organisation": organisation, "name": "Sam", "email": address_of(organisation)}
    for name, text in typed.items():
        page.fill(f"input[name={name}]", text)
    go_on(page)
    look(page, "check-with-host", "Controleer je aanvraag")
    page.get_by_role("button", name="Verstuur de aanvraag").click()
    expect(page).to_have_title("Je aanvraag is verstuurd – Speelplek")


def address_of(organisation: str) -> str:
    return f"{organisation.lower().replace(' ', '-')}@buren.example"


def address_in_mail(site: Site, to: str) -> str:
    """Behind the button of the latest mail to somebody."""
    with sqlite3.connect(site.database) as database:
        [text] = database.execute(
            "SELECT text FROM outbox_mail WHERE to_address = ?"
            " AND (text LIKE '%/toestemming/%' OR text LIKE '%/aanvraag/%')"
            " ORDER BY id DESC LIMIT 1",
            [to],
        ).fetchone()
    found = re.search(r"/(?:toestemming|aanvraag)/[\w-]+", text)
    assert found
    return found[0]


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no_script"])
def test_three_answers(page_at: PageAt, site: Site, look: Look, javascript: bool) -> None:
    organisation = f"Buurtmaaltijd {'met' if javascript else 'zonder'}"
    page = page_at(390, javascript=javascript)
    ask_without_a_place(page, organisation, look)

    host = page_at(390, javascript=javascript)
    host.goto(address_in_mail(site, HOST))
    host.get_by_role("button", name="Ja, de kubus is welkom").click()
    expect(host.get_by_text("Jullie zeiden ja op").first).to_be_visible()
    host.get_by_role("button", name="Zeg nee").click()
    expect(host.locator(".error-summary")).to_be_visible()
    look(host, "host-no-reason", "Mag de kubus")
    host.get_by_text("De ruimte is op die momenten al in gebruik.").click()
    host.get_by_role("button", name="Zeg nee").click()
    expect(host.get_by_text("Jullie zeiden nee op").first).to_be_visible()
    look(host, "host-said-no", "Mag de kubus")

    page.goto(address_in_mail(site, address_of(organisation)))
    expect(page.locator(".three-answers > li")).to_have_count(3)
    look(page, "asker-after-no", "Je aanvraag")
    page.get_by_role("link", name="Kies een andere plek").click()
    look(page, "asker-other-place", "Kies een andere plek")
    page.locator("input[name=room]").first.check(force=True)
    page.get_by_role("button", name="Vraag deze plek").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Je aanvraag")

    desk = page_at()
    step_in(desk, "planner")
    desk.goto("/planning/aanvragen")
    desk.get_by_role("link", name=organisation, exact=True).first.click()
    expect(desk.locator("#three-answers")).to_be_visible()
    look(desk, "desk-request", organisation)
    if javascript:
        desk.get_by_role("link", name="Schrijf op wat de beheerder zei").click()
        look(desk, "desk-host", "Antwoord van de beheerder")


LATER = "We weten het nog niet"


def test_a_host_finds_the_question_at_home(page_at: PageAt, look: Look) -> None:
    page = page_at()
    step_in(page, "host")
    page.goto("/mijn-ruimtes")
    expect(page.get_by_text("De kubus wil bij jou staan")).to_be_visible()
    answers = page.get_by_role("link", name="Geef antwoord")
    for address in answers.evaluate_all("links => links.map(link => link.href)"):
        page.goto(str(address))
        if page.locator("summary", has_text=LATER).count():
            break  # whose term is nearly over cannot think longer
    page.locator("summary", has_text=LATER).click()
    look(page, "host-thinks", "Mag de kubus")
