"""A host answers who asked for a room, from the mail and signed in; planners see what waits.

What one test answers, the next finds answered: looking comes first.
"""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PageAt, Picture
from tests.browser.looking import Look
from tests.browser.stepping_in import step_in

WAITING = "/mijn-ruimtes/vragen"


def questions(page: Page) -> list[str]:
    page.goto(WAITING)
    links = page.get_by_role("link", name="Geef antwoord")
    return [str(links.nth(n).get_attribute("href")) for n in range(links.count())]


def test_the_questions_are_open_to_all(page_at: PageAt, look: Look) -> None:
    page = page_at()
    step_in(page, "host")
    series, *_others, single = questions(page)
    look(page, "answer-waiting")
    page.goto(series)
    page.get_by_role("checkbox").last.uncheck(force=True)
    look(page, "answer-series")
    page.goto(single)
    for summary in page.locator(".answer-way > summary").all():
        summary.click()
    page.get_by_role("button", name="Zeg nee").click()
    expect(page.locator(".error-summary")).to_be_focused()
    look(page, "answer-refused")
    step_in(page, "planner")
    page.goto("/planning/reserveringen?stand=wacht")
    look(page, "answer-planner-list")
    page.get_by_role("link", name="Leesclub De Bladzijde").click()
    look(page, "answer-planner-one", "Leesclub De Bladzijde")


@pytest.mark.parametrize("javascript", [False, True], ids=["without", "with"])
def test_a_host_answers_without_and_with_javascript(
    page_at: PageAt, picture: Picture, javascript: bool
) -> None:
    """Without: the series, by which another organisation loses; with: from the mail."""
    page = page_at(390, javascript=javascript)
    if javascript:
        from_the_mail(page, page_at(1280))
        page.get_by_role("button", name="Ja, het kan").click()
        expect(page.get_by_text("Hier hoef je niets meer te doen.")).to_be_visible()
        picture(page, "answer-said-yes-390")
        return
    step_in(page, "host")
    page.goto(questions(page)[0])
    rest = page.get_by_role("radio", name="Nee: er is dan niemand om open te doen")
    expect(rest).to_be_hidden()
    dates = page.get_by_role("checkbox").count()
    page.get_by_role("checkbox").last.uncheck(force=True)
    rest.check(force=True)
    page.get_by_role("button", name="Ja, kies Buurtkoor Overvecht").click()
    expect(page.get_by_text("gaat door", exact=True)).to_have_count(dates - 1)
    expect(page.get_by_text("afgewezen", exact=True)).to_have_count(1)
    picture(page, "answer-said-series-390")
    assert len(questions(page)) == 1, "who asked for the same time has an answer too"


def from_the_mail(page: Page, desk: Page) -> None:
    """Whoever has the link answers; nobody is signed in."""
    step_in(desk, "planner")
    desk.goto("/planning/reserveringen?stand=wacht")
    desk.get_by_role("link", name="Bewonersgroep Noord").click()
    desk.get_by_role("link", name="Bewonersgroep Noord vraagt").click()
    found = re.search(r"/antwoord/[\w-]+", desk.locator("pre").first.inner_text())
    assert found
    page.goto(found[0])
