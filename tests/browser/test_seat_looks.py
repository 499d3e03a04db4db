"""Taking a seat, and the desk around it, in a real browser: the demo season has an open stop."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PageAt
from tests.browser.looking import CONTRAST, NOTHING, Look
from tests.browser.stepping_in import step_in

DESK = {"coverage": "/planning/dekking", "figures": "/planning/cijfers"}
UNDECIDED = {"coverage": CONTRAST, "figures": NOTHING}  # the words of a chart are no drawing


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


def is_headed(page: Page, says: str) -> None:
    """It waits until it is."""
    expect(page.get_by_role("heading", level=1)).to_have_text(says)


def sit(page: Page, how: str, where: str) -> None:
    page.locator("label", has_text=where).first.click()
    page.get_by_text(how).click()
    page.get_by_role("button", name="Neem deze plaats").click()


def offered(page: Page, stop: str) -> str:
    """The page of somebody who waited for a seat that was given back."""
    page.goto(f"{stop}/plaats")
    sit(page, "We komen met z'n tweeën.", "Twee plaatsen vrij")
    is_headed(page, "Je hebt een plaats")
    seat = page.url
    [time] = re.findall(r"\d\d\.\d\d – \d\d\.\d\d uur", page.locator(".lead").inner_text())
    page.goto(f"{stop}/wachten")
    page.locator("label", has_text=time).click()
    page.get_by_text("Ik kom alleen.").click()
    page.get_by_role("button", name="Zet me in de rij").click()
    is_headed(page, "Je staat in de rij")
    own = page.url
    page.goto(f"{seat}/terug")
    page.get_by_role("button", name="Ja, geef terug").click()
    is_headed(page, "Deze plaats is teruggegeven")
    return own


def test_pages_of_visitors_and_planners_are_open_to_all(page_at: PageAt, look: Look) -> None:
    page = page_at()
    stop = open_stop(page)
    look(page, "stop-with-seats")
    page.get_by_role("link", name="Neem een plaats").click()
    page.get_by_role("button", name="Neem deze plaats").click()
    expect(page.locator(".error-summary")).to_be_visible()
    look(page, "seat-wrong")
    sit(page, "Ik kom alleen.", "uur")
    look(page, "seat-own", "Je hebt een plaats")
    wait_in_line(page)
    page.get_by_role("button", name="Zet me in de rij").click()
    expect(page.locator(".error-summary")).to_be_visible()
    look(page, "seat-line-wrong")
    page.get_by_text("Elke tijd is goed").click()
    page.get_by_text("Ik kom alleen.").click()
    page.get_by_role("button", name="Zet me in de rij").click()
    look(page, "seat-line-own", "Je staat in de rij")
    page.goto(offered(page, stop))
    look(page, "seat-line-offered")
    page.get_by_role("button", name="Nee, niet meer nodig").click()
    look(page, "seat-line-left", "Je bent uit de rij gegaan")
    step_in(page, "planner")
    for name, address in DESK.items():
        page.goto(address)
        look(page, name, undecided=UNDECIDED[name])
    number = stop.rpartition("/")[2]
    for name in ("dagbrief", "gastkaart", "poster"):
        page.goto(f"/planning/speelbeurten/{number}/{name}")
        look(page, name)
    page.goto("/planning/aanvragen")
    second = page.locator("tr", has_text="tweede optie").locator("th a").first
    who = second.inner_text()
    second.click()
    look(page, "request-in-line", who)


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "no_javascript"])
def test_a_visitor_takes_a_seat_and_gives_it_back(page_at: PageAt, javascript: bool) -> None:
    page = page_at(390, javascript=javascript)
    open_stop(page)
    page.get_by_role("link", name="Neem een plaats").click()
    sit(page, "We komen met z'n tweeën.", "Twee plaatsen vrij")
    is_headed(page, "Je hebt een plaats")
    expect(page).to_have_url(re.compile("/plaats/"))
    page.get_by_role("link", name="Wijzig").click()
    page.get_by_text("Ik kom alleen.").click()
    page.get_by_role("button", name="Wijzig").click()
    expect(page.get_by_text("Jij alleen;")).to_be_visible()
    page.get_by_role("link", name="Geef terug").click()
    page.get_by_role("button", name="Ja, geef terug").click()
    is_headed(page, "Deze plaats is teruggegeven")
