"""Hosts in a real browser: a room from nothing to online, and every page of their desk."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PageAt, Site
from tests.browser.looking import Look, settled
from tests.browser.stepping_in import step_in
from tests.hosting import OFFER
from tests.mailed import path_in
from tests.pictures import photo

# Forms that are looked at where they are refused show more there.
DESK = {
    "start": "/mijn-ruimtes",
    "place": "/mijn-ruimtes/plekken/1",
    "place-form": "/mijn-ruimtes/plekken/1/wijzig",
    "host-form": "/mijn-ruimtes/plekken/1/beheerders/nieuw",
    "room": "/mijn-ruimtes/ruimtes/2",
    "facts": "/mijn-ruimtes/ruimtes/1/gegevens",
    "check": "/mijn-ruimtes/ruimtes/2/nakijken",
    "days": "/mijn-ruimtes/ruimtes/2/dagen",
    "closure": "/mijn-ruimtes/ruimtes/1/sluiting",
    "special": "/mijn-ruimtes/ruimtes/1/andere-tijden",
    "holidays": "/mijn-ruimtes/ruimtes/2/vakanties",
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "zaal.jpg"
    made.write_bytes(photo(size=(1200, 800)))
    return made


def mailed_link(site: Site, address: str) -> str:
    """The link in the mail: the demonstration keeps mails and sends none."""
    with closing(sqlite3.connect(site.database)) as database:
        [(text,)] = database.execute("SELECT text FROM outbox_mail WHERE to_address = ?", [address])
    return path_in(text, OFFER)


def press(page: Page, says: str) -> None:
    page.get_by_role("button", name=says, exact=True).click()


def offer(page: Page, look: Look, place: str, email: str) -> None:
    page.goto("/")
    page.get_by_role("link", name="Zet je ruimte online").first.click()
    page.fill("[name=place]", place)
    press(page, "Stuur me de mail")
    expect(page.locator(".error-summary")).to_be_visible()
    expect(page.locator("[name=place]")).to_have_value(place)
    look(page, "host-offer-wrong")
    for name, typed in (
        ("street", "Voorbeelddreef"), ("house_number", "12"), ("postcode", "3563 CB"),
        ("name", "Fatma"), ("email", email), ("phone", "030 123 45 67"),
    ):  # fmt: skip
        page.fill(f"[name={name}]", typed)
    press(page, "Stuur me de mail")
    expect(page).to_have_title("Kijk in je mail – Speelplek")
    look(page, "host-offer-sent")


def publish(page: Page, look: Look, file: Path) -> None:
    """The four pages, as a person goes through them."""
    expect(page).to_have_title("Een nieuwe ruimte (stap 1 van 4) – Speelplek")
    page.fill("[name=name]", "Grote zaal")
    page.get_by_text("Binnen", exact=True).click()
    page.fill("[name=people]", "40")
    press(page, "Bewaar en ga verder")
    expect(page).to_have_title("Wanneer kan het in Grote zaal? (stap 2 van 4) – Speelplek")
    page.fill("[name=opens_0_0]", "9")
    page.fill("[name=closes_0_0]", "17:30")
    press(page, "Neem maandag over voor dinsdag tot en met vrijdag")
    expect(page.locator("[name=closes_4_0]")).to_have_value("17:30")
    settled(page)  # until its button has come in, or while focus is on its way, Enter sends nothing
    page.locator("[name=closes_4_0]").press("Enter")
    expect(page).to_have_title("Foto's van Grote zaal (stap 3 van 4) – Speelplek")
    page.set_input_files("[name=photo_0]", file)
    page.fill("[name=text_0]", "Een lichte zaal")
    press(page, "Bewaar de foto's")
    expect(page.get_by_alt_text("Een lichte zaal")).to_be_visible()
    look(page, "host-room-photo-kept")
    page.get_by_role("link", name="Ga verder").click()
    expect(page).to_have_title("Kijk Grote zaal na (stap 4 van 4) – Speelplek")
    press(page, "Zet online")
    expect(page.get_by_text("Deze ruimte is nu te boeken.")).to_be_visible()
    look(page, "host-room-online")


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no_script"])
def test_a_new_host_publishes_a_room(
    page_at: PageAt, site: Site, look: Look, file: Path, javascript: bool
) -> None:
    how = "met" if javascript else "zonder"
    place, email = f"Buurthuis {how}", f"fatma-{how}@deronde.example"
    page = page_at(390, javascript=javascript)
    offer(page, look, place, email)
    page.goto(mailed_link(site, email))
    look(page, "host-begin")
    press(page, "Log in en begin")
    publish(page, look, file)
    page.get_by_role("link", name="Bekijk de pagina van de ruimte").click()
    expect(page).to_have_url(re.compile(r"/ruimtes/\d+$"))
    anybody = page_at()
    anybody.goto(page.url)
    expect(anybody.locator("h1")).to_have_text(f"{place}, Grote zaal")
    expect(anybody.get_by_alt_text("Een lichte zaal")).to_be_visible()
    assert anybody.evaluate("document.querySelector('.photos img').naturalWidth") == 1200


def test_the_desk_of_hosts_is_open_to_all(page_at: PageAt, look: Look) -> None:
    page = page_at()
    step_in(page, "host")
    for name, address in DESK.items():
        answer = page.goto(address)
        assert answer
        assert answer.ok, name
        look(page, f"hosting-{name}")


def test_what_is_refused_is_open_to_all(page_at: PageAt, look: Look) -> None:
    page = page_at()
    step_in(page, "host")
    page.goto("/mijn-ruimtes/plekken/1/ruimtes/nieuw")
    page.locator("label", has_text="Buiten").click()
    expect(page.get_by_text("Hoe is de ondergrond?")).to_be_visible()
    press(page, "Bewaar en ga verder")
    expect(page.locator(".error-summary")).to_be_visible()
    look(page, "hosting-new-room-refused")
    page.goto("/mijn-ruimtes/ruimtes/1/tijden")
    page.fill("[name=opens_2_1]", "12:00")
    page.fill("[name=closes_2_1]", "10:00")
    press(page, "Bewaar")
    expect(page.locator(".error-summary")).to_be_visible()
    look(page, "hosting-times-refused")
    page.goto("/mijn-ruimtes/ruimtes/1/fotos")
    press(page, "Bewaar de foto's")
    expect(page.locator(".error-summary")).to_be_visible()
    look(page, "hosting-photos-refused")
