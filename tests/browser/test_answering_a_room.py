"""A host answers from the mail, without and with JavaScript; planners see what waits."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import PageAt
from tests.browser.stepping_in import step_in

SIZES = [(1280, False), (390, True), (320, False)]


@pytest.mark.parametrize(("width", "dark"), SIZES, ids=["desk", "phone_dark", "small"])
def test_the_questions_of_a_host_are_open_to_all(
    page_at: PageAt,
    axe: Callable[[Page], list[str]],
    no_overflow: Callable[[Page], None],
    picture: Callable[[Page, str], None],
    width: int,
    dark: bool,
) -> None:
    page = page_at(width, dark=dark)
    size = f"{width}{'-dark' * dark}"

    def look(name: str) -> None:
        picture(page, f"answer-{name}-{size}")
        no_overflow(page)
        assert set(axe(page)) <= {"color-contrast"}, name

    step_in(page, "host")
    look("desk")
    page.goto("/mijn-ruimtes/vragen")
    look("waiting")
    links = page.get_by_role("link", name="Geef antwoord")
    addresses = [links.nth(n).get_attribute("href") for n in range(links.count())]
    assert len(addresses) == 3
    for number, address in enumerate(addresses):
        page.goto(str(address))
        look(f"question{number}")
    for summary in page.locator(".answer-way > summary").all():
        summary.click()
    look("question-open")
    page.get_by_role("button", name="Zeg nee").click()
    look("question-refused")
    step_in(page, "planner")
    page.goto("/planning/reserveringen?stand=wacht")
    look("planner-list")
    page.get_by_role("link", name="Leesclub De Bladzijde").click()
    look("planner-one")
