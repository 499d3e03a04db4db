"""What is agreed around a stop: how visitors are received, and the room to meet in again."""

import re
import sqlite3

from playwright.sync_api import expect

from tests.browser.conftest import PageAt, Site
from tests.browser.looking import NOTHING, Look


def private_page(site: Site) -> str:
    """Of a stop to come; the demo season has agreed how visitors are received there."""
    with sqlite3.connect(site.database) as database:
        [text] = database.execute(
            "SELECT text FROM outbox_mail JOIN stop ON booking_request_id = about_id"
            " JOIN stop_reception ON stop_id = stop.id"
            " WHERE about_kind = 'booking_request' AND text LIKE '%/aanvraag/%' LIMIT 1"
        ).fetchone()
    found = re.search(r"/aanvraag/[^/\s]+", text)
    assert found
    return found[0]


def test_what_is_agreed_around_a_stop_is_open_to_all(
    page_at: PageAt, site: Site, look: Look
) -> None:
    page = page_at()
    own = private_page(site)
    page.goto(f"{own}/ontvangst")
    page.locator("label", has_text="Na elke ontmoeting").click()
    page.get_by_label("Hoeveel minuten").fill("")
    page.get_by_role("button", name="Bewaar").click()
    expect(page.locator(".error-summary")).to_be_visible()
    look(page, "reception-wrong", undecided=NOTHING)
    page.get_by_label("Hoeveel minuten").fill("15")
    page.get_by_role("button", name="Bewaar").click()
    page.get_by_role("link", name="Boek een ruimte om elkaar weer te zien").click()
    look(page, "meet-again", "Een ruimte om elkaar weer te zien", undecided=NOTHING)
    page.locator("label.choice-card, .choice label").first.click()
    page.get_by_label("Van", exact=True).fill("16:00")
    page.get_by_label("Tot", exact=True).fill("17:30")
    page.get_by_label("Hoeveel mensen").fill("10")
    page.get_by_label("Waarvoor").fill("Samen soep koken")
    page.get_by_role("button", name="Bekijk welke data vrij zijn").click()
    page.get_by_role("button", name="Verder").last.click()
    page.get_by_role("button", name=re.compile("Reserveer nu|Verstuur je vraag")).click()
    expect(page).to_have_title(re.compile("Je reservering staat vast|Je vraag is verstuurd"))
    page.goto(own)
    look(page, "own-with-meetings", undecided=NOTHING)
