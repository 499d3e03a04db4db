"""The season and the week of the theatre: no barriers, no sideways scrolling, and on paper."""

from datetime import timedelta

from playwright.sync_api import Page, expect

from booking.demo.season import CLOSES
from booking.rules.calendar import Week
from core.clock import local_date, utcnow
from tests.browser.conftest import PageAt, Picture
from tests.browser.looking import HEADS, Look
from tests.browser.stepping_in import step_in


def test_season_is_open_to_all(page_at: PageAt, look: Look, picture: Picture) -> None:
    page = page_at()
    step_in(page, "planner")
    page.goto("/planning/seizoen")
    look(page, "season-all", undecided=HEADS)
    page.emulate_media(media="print")
    expect(page.locator("#season-filter")).to_be_hidden()
    picture(page, "season-print")
    page.emulate_media(media="screen")
    look_at_one_district(page)
    week = Week.of(local_date(utcnow()) + timedelta(days=CLOSES.in_days))
    page.goto(f"/planning/rooster?week={week.name}")
    page.get_by_role("heading", level=3, name="Wat past er niet?").wait_for()
    look(page, "season-week", undecided=HEADS)


def test_season_leads_to_moving_without_scripts(page_at: PageAt) -> None:
    page = page_at(390, javascript=False)
    step_in(page, "planner")
    page.goto("/planning/seizoen")
    page.get_by_role("link", name="Verplaats").last.click()
    page.get_by_role("heading", level=1, name="Verplaats").wait_for()
    page.get_by_role("heading", level=2, name="Dit kan wel, dichtbij").wait_for()
    page.goto("/planning/seizoen")
    look_at_one_district(page)


def look_at_one_district(page: Page) -> None:
    page.get_by_label("Wijk").select_option(label="Overvecht")
    page.get_by_role("button", name="Laat zien").click()
    page.get_by_role("heading", level=2, name="Overvecht").wait_for()
    assert "wijk=" in page.url
