"""Booking a room in a real browser, with and without JavaScript: once, and a series of which two
dates are taken."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from booking.rules.recurrence import Times
from core.clock import utcnow
from core.db import session
from tests.browser.conftest import PageAt, Site
from tests.browser.looking import Look
from tests.builders import booked, room_asked
from venues.models import Room, Venue

ROOM, NEARBY = "De Dreef", "ZIMIHC theater Stefanus"


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


def is_taken(site: Site, day: date) -> None:
    """Somebody else booked it; how that goes, `book_once` shows."""
    times, who = Times(time(10), time(12)), f"Buren {day}"
    with site.at_hand():
        found = session.scalars(select(Room).join(Room.venue).where(Venue.name == ROOM)).first()
        assert found
        asked = room_asked(found, day, times=times, organisation=who)
        booked(replace(asked, purpose="Breien"), utcnow())


@pytest.mark.parametrize(
    ("javascript", "width", "later"),
    [(True, 1280, 9), (False, 390, 30)],
    ids=["script", "no_script"],
)
def test_a_series_of_which_two_dates_are_taken(
    page_at: PageAt, site: Site, look: Look, javascript: bool, width: int, later: int
) -> None:
    # Beyond the weeks for which the demo season has plans, each series in weeks of its own.
    first, name = a_friday(later), f"Breiclub {width}"
    skipped, elsewhere = first + timedelta(weeks=1), first + timedelta(weeks=3)
    book_once(page_at(width, javascript=javascript), skipped, f"Ander {width}")
    is_taken(site, elsewhere)

    page = page_at(width, javascript=javascript)
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
    look(page, "reserve-1-reeks")
    go_on(page)
    say_who(page, name)
    look(page, "reserve-2-wie")
    go_on(page)
    expect(page).to_have_title("Stap 3 van 3: Controleer je reservering – Speelplek")
    expect(page.locator("main")).to_contain_text("elke vrijdag, 10.00 – 12.00 uur")
    look(page, "reserve-3-controleer")
    page.get_by_role("button", name="Verstuur je vraag").click()
    expect(page).to_have_title("Je vraag is verstuurd – Speelplek")
    expect(page.locator("main")).to_contain_text("19 data")
    look(page, "reserve-4-verstuurd")


def test_one_taken_date_and_what_is_wrong(page_at: PageAt, site: Site, look: Look) -> None:
    """The list follows what is typed; focus stays where it was, and goes to what is wrong."""
    day = a_friday(1)
    is_taken(site, day)
    page = page_at(390)
    open_room(page)
    fill_dates(page, day, "")
    expect(page.locator("#dates")).to_contain_text("Dit moment kan niet")
    expect(page.locator("input[name=waarvoor]")).to_be_focused()
    look(page, "reserve-1-bezet")
    page.fill("input[name=tot]", "09:00")
    expect(page.locator("#dates")).to_contain_text("later is dan de begintijd")
    go_on(page)
    expect(page.locator(".error-summary")).to_be_focused()
    look(page, "reserve-1-fout")
