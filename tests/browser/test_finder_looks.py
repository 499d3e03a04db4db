"""Finding a room in a real browser, among the rooms of the demo season."""

import re
from datetime import timedelta

from playwright.sync_api import expect

from core.clock import local_date, monday_of, utcnow
from tests.browser.conftest import PageAt
from tests.browser.looking import Look

MONDAY = monday_of(local_date(utcnow())) + timedelta(weeks=7)  # where no other test books
TUESDAY = MONDAY + timedelta(days=1)
HERE = "/ruimtes?postcode=3563&mensen=12"
PAGES = {
    "all": "/ruimtes",
    "evening": f"{HERE}&datum={TUESDAY}&van=19:00&tot=21:00",
    "afternoons": f"{HERE}&wanneer=middag&datum={MONDAY}&duur=120&nodig=keuken",
    "wrong": f"/ruimtes?postcode=1012&datum={TUESDAY}&van=21:00&tot=19:00",
}


def test_finding_a_room_is_open_to_all(page_at: PageAt, look: Look) -> None:
    page = page_at()
    for name, address in PAGES.items():
        page.goto(address)
        look(page, f"rooms-{name}")
    page.goto(PAGES["evening"])
    page.locator(".room-card a").first.click()
    expect(page.locator("#week")).to_be_visible()
    look(page, "rooms-room")


def test_searching_while_choosing(page_at: PageAt) -> None:
    """With JavaScript what is found follows each choice, and so does the address."""
    page = page_at(390)
    page.goto("/ruimtes")
    results = page.locator("#results")
    page.evaluate("window.isStillThisPage = true")
    page.get_by_label("Postcode").fill("3563")
    page.get_by_text("Een middag, binnen een week").click()
    expect(page.get_by_label("Van", exact=True)).to_be_hidden()
    page.get_by_label("Dag", exact=True).fill(MONDAY.isoformat())
    page.get_by_label("Dag", exact=True).blur()
    expect(results.locator("h3").first).to_have_text("Binnen 5 minuten lopen")
    expect(results.locator(".free-times a").first).to_be_visible()
    expect(page).to_have_url(re.compile(rf"/ruimtes\?postcode=3563&wanneer=middag&datum={MONDAY}"))
    expect(page.locator("#live")).to_contain_text("vrij")
    page.get_by_label("Hoeveel mensen?").fill("veel")
    page.get_by_label("Hoeveel mensen?").blur()
    expect(results.locator(".notice-bad")).to_be_visible()
    page.get_by_label("Hoeveel mensen?").fill("12")
    page.get_by_label("Hoeveel mensen?").blur()
    expect(results.locator(".free-times a").first).to_be_visible()
    assert page.evaluate("window.isStillThisPage")
    results.locator(".room-card h4 a").first.click()
    expect(page.get_by_role("link", name="Reserveer dit moment")).to_be_visible()
    page.go_back()
    expect(page.get_by_label("Postcode")).to_have_value("3563")
    expect(page.get_by_label("Een middag, binnen een week")).to_be_checked()
    expect(results.locator(".free-times a").first).to_be_visible()


def test_searching_without_javascript(page_at: PageAt) -> None:
    page = page_at(390, javascript=False)
    page.goto("/ruimtes")
    page.get_by_label("Postcode").fill("3563")
    page.get_by_label("Dag", exact=True).fill(TUESDAY.isoformat())
    page.get_by_label("Van", exact=True).fill("21:00")
    page.get_by_label("Tot", exact=True).fill("19:00")
    page.get_by_role("button", name="Zoek een ruimte").click()
    expect(page.locator(".error-summary")).to_contain_text("Kies een eindtijd")
    expect(page.get_by_label("Van", exact=True)).to_have_value("21:00")
    page.get_by_label("Van", exact=True).fill("14:00")
    page.get_by_label("Tot", exact=True).fill("15:00")
    page.get_by_role("button", name="Zoek een ruimte").click()
    expect(page.locator("#gevonden h2")).to_be_in_viewport()
    page.get_by_role("link", name=re.compile("^Overvecht: ")).click()
    expect(page.locator("#gevonden h2")).to_contain_text("Overvecht")
    page.locator(".room-card h4 a").first.click()
    page.get_by_role("link", name="volgende week").click()
    next_monday = MONDAY + timedelta(weeks=1)
    expect(page).to_have_url(re.compile(f"week={next_monday}"))


def test_walking_through_the_weeks_of_a_room(page_at: PageAt) -> None:
    page = page_at(1280)
    page.goto(f"/ruimtes?datum={TUESDAY}")
    page.locator(".room-card h4 a").first.click()
    shown = page.locator("#week > p").first.text_content()
    page.evaluate("window.isStillThisPage = true")
    page.get_by_role("link", name="volgende week").click()
    expect(page.locator("#week > p").first).not_to_have_text(shown or "")
    expect(page.locator("#live")).to_contain_text("keer vrij")
    assert page.evaluate("window.isStillThisPage")
    page.go_back()
    expect(page.locator("#week > p").first).to_have_text(shown or "")
