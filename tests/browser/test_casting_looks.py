"""Sharing out encounters and swapping them: no barriers, on any width, also without JavaScript."""

import re
from collections.abc import Callable

from playwright.sync_api import Page

from tests.browser.conftest import PageAt
from tests.browser.stepping_in import step_in

COMING = "section[aria-labelledby=coming] li a"


def test_casting_and_swapping_are_open_to_all(
    page_at: PageAt,
    axe: Callable[[Page], list[str]],
    no_overflow: Callable[[Page], None],
    picture: Callable[[Page, str], None],
) -> None:
    page = page_at(1280)

    def look(name: str) -> None:
        for width in (390, 320, 1280):
            page.set_viewport_size({"width": width, "height": 844})
            picture(page, f"casting-{name}-{width}")
            no_overflow(page)
        assert axe(page) == [], name
        page.set_viewport_size({"width": 320, "height": 844})
        assert axe(page) == [], name

    step_in(page, "planner")
    to_the_last_stop(page)
    look("choose")
    share(page)
    page.get_by_role("heading", name="Wat dit betekent").wait_for()
    look("means")
    keep(page)
    page.get_by_text("ontmoetingen verdeeld").first.wait_for()
    page.goto("/planning/post")
    page.get_by_role("link", name="vraagt of jij speelt").first.click()
    answer_at = re.search(r"/ruil/[\w-]+", page.content())
    assert answer_at, "the demo has an open request"
    page.goto(answer_at[0])
    look("answer")
    step_in(page, "performer")
    page.goto("/mijn-speelbeurten")
    page.get_by_role("link", name="Vraag een collega").last.click()
    look("ask")
    page.locator("label[for^=encounters]").last.click()
    page.locator("label[for^=colleague]").first.click()
    page.get_by_role("button", name="Vraag het").click()
    page.wait_for_load_state()
    look("asked")


def test_casting_works_without_javascript(page_at: PageAt) -> None:
    page = page_at(390, javascript=False)
    step_in(page, "planner")
    to_the_last_stop(page)
    share(page)
    keep(page)
    assert page.get_by_text("ontmoetingen verdeeld").count()


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
    page.wait_for_load_state()
