"""Sharing out encounters and swapping them: no barriers, on any width, also without JavaScript."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import PageAt
from tests.browser.looking import NOTHING, Look
from tests.browser.stepping_in import step_in

COMING = "section[aria-labelledby=coming] li a"


def test_casting_and_swapping_are_open_to_all(page_at: PageAt, look: Look) -> None:
    page = page_at(1280)
    step_in(page, "planner")
    to_the_last_stop(page)
    look(page, "casting-choose", "Wie speelt welke ontmoeting", undecided=NOTHING)
    share(page)
    page.get_by_role("heading", name="Wat dit betekent").wait_for()
    look(page, "casting-means", undecided=NOTHING)
    keep(page)
    page.get_by_text("ontmoetingen verdeeld").first.wait_for()
    page.goto("/planning/post")
    page.get_by_role("link", name="vraagt of jij speelt").first.click()
    answer_at = re.search(r"/ruil/[\w-]+", page.content())
    assert answer_at, "the demo has an open request"
    page.goto(answer_at[0])
    look(page, "casting-answer", undecided=NOTHING)
    step_in(page, "performer")
    page.goto("/mijn-speelbeurten")
    page.get_by_role("link", name="Vraag een collega").last.click()
    look(page, "casting-ask", undecided=NOTHING)
    page.locator("label[for^=encounters]").last.click()
    page.locator("label[for^=colleague]").first.click()
    page.get_by_role("button", name="Vraag het").click()
    expect(page.locator(".flash")).to_be_visible()
    look(page, "casting-asked", undecided=NOTHING)


def test_casting_works_without_javascript(page_at: PageAt) -> None:
    page = page_at(390, javascript=False)
    step_in(page, "planner")
    to_the_last_stop(page)
    share(page)
    keep(page)
    expect(page.get_by_text("ontmoetingen verdeeld").first).to_be_visible()


def to_the_last_stop(page: Page) -> None:
    page.goto("/planning")
    page.locator(COMING).last.click()
    page.get_by_role("link", name="Wie speelt welke ontmoeting").click()


def share(page: Page) -> None:
    """All from the third encounter on go to the first who does not play it now."""
    page.locator("#first").select_option(index=2)
    now = page.locator("table select").last.input_value()
    others = page.locator("#player option").evaluate_all("found => found.map(each => each.value)")
    page.locator("#player").select_option(next(each for each in others if each != now))
    page.get_by_role("button", name="Vul in vanaf daar").click()


def keep(page: Page) -> None:
    for each in page.locator("label[for^=accept]").all():
        each.click()
    page.get_by_role("button", name="Bewaar wie er speelt").click()
