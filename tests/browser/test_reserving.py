"""Booking a room in a real browser, with and without JavaScript: once, and a series of which two
dates are taken."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PageAt

SMALLEST = 320
ROOM, NEARBY = "De Dreef", "ZIMIHC theater Stefanus"
Judge = Callable[[Page], object]
Take = Callable[[Page, str], None]


def a_friday(weeks: int) -> date:
    """Series from here on meet the change of the clock in March."""
    today = date.today()  # noqa: DTZ011 - as the site's
    return today + timedelta(days=(4 - today.weekday()) % 7 + 7 * weeks)


def open_room(page: Page) -> None:
    """From finding it to the first page."""
    page.set_default_timeout(10_000)
    page.goto("/ruimtes?postcode=3561")
    page.get_by_role("link", name=ROOM).first.click()
    page.get_by_role("link", name="Reserveer deze ruimte").click()


def fill_dates(page: Page, day: date, purpose: str) -> None:
    page.fill("input[name=datum]", day.isoformat())
    page.fill("input[name=van]", "10:00")
    page.fill("input[name=tot]", "12:00")
    page.fill("input[name=mensen]", "12")
    page.fill("input[name=waarvoor]", purpose)


def go_on(page: Page) -> None:
    page.get_by_role("button", name="Verder").click()


def say_who(page: Page, organisation: str) -> None:
    expect(page).to_have_title("Stap 2 van 3: Wie ben je? – Speelplek")
    page.fill("input[name=organisation]", organisation)
    page.fill("input[name=name]", "Noor Bakker")
    page.fill("input[name=email]", f"{organisation.replace(' ', '.').lower()}@groep.example")


def book_once(page: Page, day: date, organisation: str) -> None:
    open_room(page)
    fill_dates(page, day, "Breien")
    go_on(page)
    say_who(page, organisation)
    go_on(page)
    page.get_by_role("button", name="Reserveer nu").click()
    expect(page).to_have_title("Je reservering staat vast – Speelplek")


@pytest.mark.parametrize(
    ("javascript", "width", "later"),
    [(True, 1280, 9), (False, 390, 30)],
    ids=["script", "no_script"],
)
def test_a_series_of_which_two_dates_are_taken(
    page_at: PageAt, axe: Judge, picture: Take, javascript: bool, width: int, later: int
) -> None:
    # Beyond the weeks for which the demo season has plans, each series in weeks of its own.
    first, name = a_friday(later), f"Breiclub {width}"
    skipped, elsewhere = first + timedelta(weeks=1), first + timedelta(weeks=3)
    book_once(page_at(width, javascript=javascript), skipped, f"Ander {width}")
    book_once(page_at(width, javascript=javascript), elsewhere, f"Nog een {width}")

    page = page_at(width, javascript=javascript)
    shown = partial(look, axe, picture) if javascript else partial(see, picture)
    open_room(page)
    fill_dates(page, first, "Breien")
    page.get_by_text("Elke week").click()
    page.fill("input[name=keer]", "20")
    if not javascript:
        go_on(page)
        expect(page.get_by_text("2 data kunnen niet zo")).to_be_visible()
    expect(page.locator("#dates .lead")).to_contain_text("18 van de 20 data")
    page.locator(".taken-dates li").last.get_by_text(NEARBY).click()
    if javascript:
        expect(page.locator("#dates .lead")).to_contain_text("19 van de 20 data")
    shown(page, "1-reeks", (1280, 390, SMALLEST))
    go_on(page)
    say_who(page, name)
    shown(page, "2-wie")
    go_on(page)
    expect(page).to_have_title("Stap 3 van 3: Controleer je reservering – Speelplek")
    expect(page.locator("main")).to_contain_text("elke vrijdag, 10.00 – 12.00 uur")
    shown(page, "3-controleer", (1280, SMALLEST))
    page.get_by_role("button", name="Verstuur je vraag").click()
    expect(page).to_have_title("Je vraag is verstuurd – Speelplek")
    expect(page.locator("main")).to_contain_text("19 data")
    shown(page, "4-verstuurd")


def look(
    axe: Judge, picture: Take, page: Page, name: str, widths: tuple[int, ...] = (SMALLEST,)
) -> None:
    """Without barriers and without scrolling sideways."""
    before = page.viewport_size
    for width in widths:
        page.set_viewport_size({"width": width, "height": 844})
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 0, f"{name} is {wide} px too wide at {width}"
        axe(page)
        picture(page, f"reserve-{name}-{width}")
    if before:
        page.set_viewport_size(before)


def see(picture: Take, page: Page, name: str, _widths: tuple[int, ...] = ()) -> None:
    """Without scripts no page can be judged by one."""
    picture(page, f"reserve-{name}-no-script")


def test_one_taken_date_and_what_is_wrong(page_at: PageAt, axe: Judge, picture: Take) -> None:
    """The list follows what is typed; focus stays where it was, and goes to what is wrong."""
    day = a_friday(1)
    book_once(page_at(390), day, "Ander eerst")
    page = page_at(390, dark=True)
    open_room(page)
    fill_dates(page, day, "")
    expect(page.locator("#dates")).to_contain_text("Dit moment kan niet")
    expect(page.locator("input[name=waarvoor]")).to_be_focused()
    look(axe, picture, page, "1-bezet-donker", (390,))
    page.fill("input[name=tot]", "09:00")
    expect(page.locator("#dates")).to_contain_text("later is dan de begintijd")
    go_on(page)
    expect(page.locator(".error-summary")).to_be_focused()
    look(axe, picture, page, "1-fout-donker")
