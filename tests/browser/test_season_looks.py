"""The season and the week of the theatre: no barriers, no sideways scrolling, and on paper."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page

from booking.demo.season import CLOSES
from booking.rules.calendar import Week
from core.clock import local_date, utcnow
from tests.browser.conftest import PageAt
from tests.browser.stepping_in import step_in

# What axe leaves to people: contrast over a drawn mark, and the heads of groups, which name the
# rows below them. Both were looked at.
UNDECIDED = {"color-contrast", "th-has-data-cells"}


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_season_is_open_to_all_and_leads_to_moving(
    page_at: PageAt,
    axe: Callable[[Page], list[str]],
    no_overflow: Callable[[Page], None],
    picture: Callable[[Page, str], None],
    width: int,
) -> None:
    page = page_at(width, dark=width == 390)
    step_in(page, "planner")

    def look(name: str) -> None:
        picture(page, f"season-{name}-{width}")
        no_overflow(page)
        assert set(axe(page)) <= UNDECIDED, name

    page.goto("/planning/seizoen")
    look("all")
    if width == 1280:
        look_at_one_district(page)
        page.goto("/planning/seizoen")
        page.emulate_media(media="print")
        assert not page.locator("#season-filter").is_visible()
        picture(page, "season-print")
        page.emulate_media(media="screen")
    week = Week.of(local_date(utcnow()) + timedelta(days=CLOSES.in_days))
    page.goto(f"/planning/rooster?week={week.name}")
    page.get_by_role("heading", level=3, name="Wat past er niet?").wait_for()
    look("week")


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
