"""What is offered around a stop: an organisation proposes it, the theatre answers. No barriers, and
the same without JavaScript."""

import re
import sqlite3

from playwright.sync_api import Page, expect

from tests.browser.conftest import PageAt, Picture, Site
from tests.browser.looking import Look
from tests.browser.stepping_in import step_in


def private_page(site: Site) -> str:
    """Of the request around which the organisation of the demo season proposed a walk."""
    with sqlite3.connect(site.database) as database:
        [text] = database.execute(
            "SELECT text FROM outbox_mail WHERE text LIKE '%/aanvraag/%/programma/%' LIMIT 1"
        ).fetchone()
    found = re.search(r"/aanvraag/[^/\s]+", text)
    assert found
    return found[0]


def test_a_proposal_and_its_answer_are_open_to_all(
    page_at: PageAt, site: Site, look: Look, picture: Picture
) -> None:
    own, asker, desk = private_page(site), page_at(), page_at()
    asker.goto(own)
    asker.get_by_role("link", name="Stel iets voor rond de kubus").click()
    asker.get_by_label("Wat is het?").fill("Muziek op het plein")
    asker.get_by_role("button", name="Stel het voor").click()
    asker.get_by_text("Kies wie het doet.").first.wait_for()
    look(asker, "side-own-wrong")

    plain = page_at(390, javascript=False)
    propose_a_choir(plain, own)
    expect(plain.get_by_text("wacht op antwoord").first).to_be_visible()

    step_in(desk, "planner")
    desk.goto("/planning/aanvragen")
    look(desk, "side-inbox")
    desk.get_by_role("link", name="Koor van de straat").click()
    look(desk, "side-item")
    desk.get_by_label("Wat vraag je?").fill("Graag een half uur later.")
    desk.get_by_role("button", name="Vraag om een verandering").click()
    desk.get_by_role("link", name="Terug naar de aanvraag").click()
    look(desk, "side-request")
    desk.get_by_role("link", name="Zet er iets bij").click()
    desk.get_by_role("button", name="Stel het voor").click()
    desk.get_by_text("Kies waar het is.").first.wait_for()
    look(desk, "side-new")

    plain.reload()
    expect(plain.get_by_text("Graag een half uur later.")).to_be_visible()
    picture(plain, "side-own-plain-390")
    asker.goto(plain.url)
    look(asker, "side-own-item")
    asker.goto(own)
    look(asker, "side-own-request")
    asker.get_by_role("link", name="Koor van de straat").click()
    asker.get_by_role("link", name="Verander je voorstel").click()
    look(asker, "side-own-change")


def propose_a_choir(page: Page, own: str) -> None:
    """Straight after the cube, in the open air, by themselves."""
    page.goto(own)
    page.get_by_role("link", name="Stel iets voor rond de kubus").click()
    page.get_by_label("Wat is het?").fill("Koor van de straat")
    page.get_by_label("Wat is er te doen?").fill("Luister of zing mee.")
    page.get_by_text("Meteen na de kubus").click()
    page.get_by_text("Ergens buiten").click()
    page.get_by_label("Waar buiten?").fill("Op het plein voor de deur")
    page.get_by_label("Hoeveel mensen verwacht je?").fill("30")
    page.get_by_text("Wij zelf").click()
    page.get_by_role("button", name="Stel het voor").click()
