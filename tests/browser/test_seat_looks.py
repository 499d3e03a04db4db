"""Taking a seat, and the desk around it, in a real browser: the demo season has an open stop."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PageAt
from tests.browser.stepping_in import step_in

SIZES = [(1280, False), (390, True), (320, False)]
DESK = {"coverage": "/planning/dekking", "figures": "/planning/cijfers"}


def stops(page: Page) -> list[str]:
    """Those on the first page, in order."""
    page.goto("/")
    found = page.locator("a[href^='/speelbeurten/']").evaluate_all(
        "links => [...new Set(links.map(link => link.getAttribute('href')))]"
    )
    return [str(address) for address in found]


def open_stop(page: Page) -> str:
    """The first stop in the agenda at which somebody can sit."""
    for address in stops(page):
        page.goto(address)
        if page.get_by_role("link", name="Neem een plaats").count():
            return address
    raise AssertionError("no stop of the demo season is open")


def wait_in_line(page: Page) -> None:
    """At the stop of the demo season that is full."""
    for address in stops(page):
        page.goto(address)
        if not page.get_by_role("link", name="Neem een plaats").count():
            waiting = page.get_by_role("link", name="Wacht op een plaats")
            if waiting.count():
                waiting.click()
                return
    raise AssertionError("no stop of the demo season is full")


def sit(page: Page, how: str, where: str) -> None:
    page.locator("label", has_text=where).first.click()
    page.get_by_text(how).click()
    page.get_by_role("button", name="Neem deze plaats").click()


def offered(page: Page, stop: str) -> str:
    """The page of somebody who waited for a seat that was given back."""
    page.goto(f"{stop}/plaats")
    sit(page, "We komen met z'n tweeën.", "Twee plaatsen vrij")
    seat = page.url
    [time] = re.findall(r"\d\d\.\d\d – \d\d\.\d\d uur", page.locator(".lead").inner_text())
    page.goto(f"{stop}/wachten")
    page.locator("label", has_text=time).click()
    page.get_by_text("Ik kom alleen.").click()
    page.get_by_role("button", name="Zet me in de rij").click()
    own = page.url
    page.goto(f"{seat}/terug")
    page.get_by_role("button", name="Ja, geef terug").click()
    return own


@pytest.mark.parametrize(("width", "dark"), SIZES, ids=["desk", "phone_dark", "small"])
def test_pages_of_visitors_and_planners_are_open_to_all(
    page_at: PageAt,
    axe: Callable[[Page], list[str]],
    no_overflow: Callable[[Page], None],
    picture: Callable[[Page, str], None],
    width: int,
    dark: bool,
) -> None:
    page = page_at(width, dark=dark)

    def look(name: str) -> None:
        picture(page, f"{name}-{width}{'-dark' * dark}")
        no_overflow(page)
        assert set(axe(page)) <= {"color-contrast"}, name

    stop = open_stop(page)
    look("stop-with-seats")
    page.get_by_role("link", name="Neem een plaats").click()
    page.get_by_role("button", name="Neem deze plaats").click()
    look("seat-wrong")
    sit(page, "Ik kom alleen.", "uur")
    look("seat-own")
    wait_in_line(page)
    look("seat-line-form")
    page.get_by_role("button", name="Zet me in de rij").click()
    look("seat-line-wrong")
    page.get_by_text("Elke tijd is goed").click()
    page.get_by_text("Ik kom alleen.").click()
    page.get_by_role("button", name="Zet me in de rij").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Je staat in de rij")
    look("seat-line-own")
    page.goto(offered(page, stop))
    look("seat-line-offered")
    page.get_by_role("button", name="Nee, niet meer nodig").click()
    look("seat-line-left")
    step_in(page, "planner")
    for name, address in DESK.items():
        page.goto(address)
        look(name)
    assert axe(page) == [], "a chart leaves nothing to decide: its words are no drawing"
    number = stop.rpartition("/")[2]
    for name in ("dagbrief", "gastkaart", "poster"):
        page.goto(f"/planning/speelbeurten/{number}/{name}")
        look(name)
    page.goto("/planning/aanvragen")
    page.locator("tr", has_text="tweede optie").locator("th a").first.click()
    look("request-in-line")


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "no_javascript"])
def test_a_visitor_takes_a_seat_and_gives_it_back(page_at: PageAt, javascript: bool) -> None:
    page = page_at(390, javascript=javascript)
    open_stop(page)
    page.get_by_role("link", name="Neem een plaats").click()
    sit(page, "We komen met z'n tweeën.", "Twee plaatsen vrij")
    expect(page.get_by_role("heading", level=1)).to_have_text("Je hebt een plaats")
    expect(page).to_have_url(re.compile("/plaats/"))
    page.get_by_role("link", name="Wijzig").click()
    page.get_by_text("Ik kom alleen.").click()
    page.get_by_role("button", name="Wijzig").click()
    expect(page.get_by_text("Jij alleen;")).to_be_visible()
    page.get_by_role("link", name="Geef terug").click()
    page.get_by_role("button", name="Ja, geef terug").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Deze plaats is teruggegeven")
