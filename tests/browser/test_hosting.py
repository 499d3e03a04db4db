"""Hosts in a real browser: a room from nothing to online, and every page of their desk."""

import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PageAt, Site
from tests.browser.stepping_in import step_in
from tests.hosting import OFFER
from tests.mailed import path_in
from tests.pictures import photo

Judge = Callable[[Page], object]
DESK = {
    "start": "/mijn-ruimtes",
    "place": "/mijn-ruimtes/plekken/1",
    "place-form": "/mijn-ruimtes/plekken/1/wijzig",
    "host-form": "/mijn-ruimtes/plekken/1/beheerders/nieuw",
    "room": "/mijn-ruimtes/ruimtes/2",
    "facts": "/mijn-ruimtes/ruimtes/1/gegevens",
    "times": "/mijn-ruimtes/ruimtes/1/tijden",
    "photos": "/mijn-ruimtes/ruimtes/1/fotos",
    "check": "/mijn-ruimtes/ruimtes/2/nakijken",
    "days": "/mijn-ruimtes/ruimtes/2/dagen",
    "closure": "/mijn-ruimtes/ruimtes/1/sluiting",
    "special": "/mijn-ruimtes/ruimtes/1/andere-tijden",
    "holidays": "/mijn-ruimtes/ruimtes/2/vakanties",
}
# Shown in the dark on a telephone; what is left out has the same parts.
IN_THE_DARK = ("start", "room", "facts", "times", "photos", "check", "days")
# What axe leaves to people: contrast over a drawn mark. It was looked at.
UNDECIDED = {"color-contrast"}
SIZES = [(1280, DESK), (390, IN_THE_DARK), (320, DESK)]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "zaal.jpg"
    made.write_bytes(photo(size=(1200, 800)))
    return made


@pytest.fixture
def judge(axe: Callable[[Page], list[str]], no_overflow: Judge) -> Judge:
    def judging(page: Page) -> None:
        no_overflow(page)
        assert set(axe(page)) <= UNDECIDED, page.url

    return judging


def mailed_link(site: Site, address: str) -> str:
    """The link in the mail: the demonstration keeps mails and sends none."""
    with closing(sqlite3.connect(site.database)) as database:
        [(text,)] = database.execute("SELECT text FROM outbox_mail WHERE to_address = ?", [address])
    return path_in(text, OFFER)


def press(page: Page, says: str) -> None:
    page.get_by_role("button", name=says, exact=True).click()
    page.wait_for_load_state()


def offer(page: Page, judge: Judge, place: str, email: str) -> None:
    page.goto("/")
    page.get_by_role("link", name="Zet je ruimte online").first.click()
    judge(page)
    page.fill("[name=place]", place)
    press(page, "Stuur me de mail")
    expect(page.locator(".error-summary")).to_be_visible()
    expect(page.locator("[name=place]")).to_have_value(place)
    judge(page)
    for name, typed in (
        ("street", "Voorbeelddreef"), ("house_number", "12"), ("postcode", "3563 CB"),
        ("name", "Fatma"), ("email", email), ("phone", "030 123 45 67"),
    ):  # fmt: skip
        page.fill(f"[name={name}]", typed)
    press(page, "Stuur me de mail")
    expect(page).to_have_title("Kijk in je mail – Speelplek")
    judge(page)


def publish(page: Page, judge: Judge, file: Path) -> None:
    """The four pages, as a person goes through them."""
    expect(page).to_have_title("Een nieuwe ruimte (stap 1 van 4) – Speelplek")
    page.fill("[name=name]", "Grote zaal")
    page.get_by_text("Binnen", exact=True).click()
    page.fill("[name=people]", "40")
    judge(page)
    press(page, "Bewaar en ga verder")
    expect(page).to_have_title("Wanneer kan het in Grote zaal? (stap 2 van 4) – Speelplek")
    page.fill("[name=opens_0_0]", "9")
    page.fill("[name=closes_0_0]", "17:30")
    press(page, "Neem maandag over voor dinsdag tot en met vrijdag")
    expect(page.locator("[name=closes_4_0]")).to_have_value("17:30")
    judge(page)
    page.locator("[name=closes_4_0]").press("Enter")
    expect(page).to_have_title("Foto's van Grote zaal (stap 3 van 4) – Speelplek")
    page.set_input_files("[name=photo_0]", file)
    page.fill("[name=text_0]", "Een lichte zaal")
    judge(page)
    press(page, "Bewaar de foto's")
    expect(page.get_by_alt_text("Een lichte zaal")).to_be_visible()
    judge(page)
    page.get_by_role("link", name="Ga verder").click()
    expect(page).to_have_title("Kijk Grote zaal na (stap 4 van 4) – Speelplek")
    judge(page)
    press(page, "Zet online")
    expect(page.get_by_text("Deze ruimte is nu te boeken.")).to_be_visible()
    judge(page)


@pytest.mark.parametrize(("width", "javascript"), [(1280, True), (390, False)])
def test_a_new_host_publishes_a_room(
    page_at: PageAt, site: Site, judge: Judge, file: Path, width: int, javascript: bool
) -> None:
    place, email = f"Buurthuis {width}", f"fatma-{width}@deronde.example"
    page = page_at(width, javascript=javascript)
    # axe itself is a script; without scripts only the width is judged
    look: Judge = judge if javascript else lambda _page: None
    offer(page, look, place, email)
    page.goto(mailed_link(site, email))
    look(page)
    press(page, "Log in en begin")
    publish(page, look, file)
    page.get_by_role("link", name="Bekijk de pagina van de ruimte").click()
    anybody = page_at(width)
    anybody.goto(page.url)
    expect(anybody.locator("h1")).to_have_text(f"{place}, Grote zaal")
    expect(anybody.get_by_alt_text("Een lichte zaal")).to_be_visible()
    assert anybody.evaluate("document.querySelector('.photos img').naturalWidth") == 1200


@pytest.mark.parametrize(("width", "names"), SIZES, ids=["desk", "phone_dark", "small"])
def test_the_desk_of_hosts_is_open_to_all(
    page_at: PageAt,
    judge: Judge,
    picture: Callable[[Page, str], None],
    width: int,
    names: Iterable[str],
) -> None:
    page = page_at(width, dark=names is IN_THE_DARK)
    step_in(page, "host")
    for name in names:
        answer = page.goto(DESK[name])
        assert answer
        assert answer.ok, name
        picture(page, f"hosting-{name}-{width}")
        judge(page)


@pytest.mark.parametrize("width", [1280, 320])
def test_what_is_refused_is_open_to_all(
    page_at: PageAt, judge: Judge, picture: Callable[[Page, str], None], width: int
) -> None:
    page = page_at(width)
    step_in(page, "host")
    page.goto("/mijn-ruimtes/plekken/1/ruimtes/nieuw")
    page.locator("label", has_text="Buiten").click()
    expect(page.get_by_text("Hoe is de ondergrond?")).to_be_visible()
    press(page, "Bewaar en ga verder")
    picture(page, f"hosting-new-room-refused-{width}")
    judge(page)
    page.goto("/mijn-ruimtes/ruimtes/1/tijden")
    page.fill("[name=opens_2_1]", "12:00")
    page.fill("[name=closes_2_1]", "10:00")
    press(page, "Bewaar")
    picture(page, f"hosting-times-refused-{width}")
    judge(page)
    page.goto("/mijn-ruimtes/ruimtes/1/fotos")
    press(page, "Bewaar de foto's")
    picture(page, f"hosting-photos-refused-{width}")
    judge(page)
