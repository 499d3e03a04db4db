"""The main job in a real browser: ask, confirm, think better of it. With and without JavaScript."""

from datetime import date, timedelta

from playwright.sync_api import Page, expect

from tests.browser.conftest import PageAt
from tests.browser.looking import HEADS, Look
from tests.browser.stepping_in import step_in

ASKER = {"organisation": "De Buurtkeuken", "name": "Sam", "email": "sam@buurtkeuken.example"}


def go_on(page: Page) -> None:
    page.get_by_role("button", name="Verder").last.click()


def choose_room(page: Page, name: str) -> None:
    """The list says more of each room than its name."""
    option = page.locator("select[name=room] option", has_text=name).first
    page.locator("select[name=room]").select_option(option.get_attribute("value"))


def ask(page: Page, look: Look, organisation: str) -> None:
    """The five pages, as a person goes through them."""
    page.goto("/kubus/aanvragen")
    page.get_by_text("Op een plek uit de lijst").click()
    choose_room(page, "Buurtcentrum Zuilen, Zaal 1")
    go_on(page)
    expect(page).to_have_title("Stap 2 van 5: Wanneer? – Speelplek")
    look(page, "ask-when")
    page.get_by_role("button", name="ochtend").last.click()
    expect(page.get_by_text("1e keuze").first).to_be_visible()
    go_on(page)
    expect(page).to_have_title("Stap 3 van 5: Voor wie? – Speelplek")
    page.get_by_text("Open: iedereen mag komen").click()
    page.fill("input[name=live_here]", "8")
    look(page, "ask-whom")
    go_on(page)
    expect(page).to_have_title("Stap 4 van 5: Wie ben je? – Speelplek")
    page.fill("input[name=organisation]", organisation)
    go_on(page)
    expect(page.locator(".error-summary")).to_be_focused()
    expect(page.locator("input[name=organisation]")).to_have_value(organisation)
    look(page, "ask-who-wrong")
    for name, typed in ASKER.items():
        page.fill(f"input[name={name}]", organisation if name == "organisation" else typed)
    go_on(page)
    expect(page).to_have_title("Stap 5 van 5: Controleer je aanvraag – Speelplek")
    page.get_by_role("button", name="Verstuur de aanvraag").click()
    expect(page).to_have_title("Je aanvraag is verstuurd – Speelplek")
    look(page, "ask-sent")


def confirm_anyway(desk: Page, organisation: str) -> None:
    """Where something speaks against it the theatre is asked once more."""
    done = desk.locator(".notice", has_text="Net bevestigd").filter(has_text=organisation)
    anyway = desk.get_by_role("button", name="Bevestig toch")
    expect(done.or_(anyway).first).to_be_visible()
    if anyway.is_visible():
        anyway.click()
    expect(done).to_be_visible()


def test_asking_and_confirming(page_at: PageAt, look: Look) -> None:
    organisation = "Buurtkeuken"
    ask(page_at(), look, organisation)

    desk = page_at()
    step_in(desk, "planner")
    desk.goto("/planning/aanvragen")
    desk.get_by_role("link", name=f"Bevestig toch {organisation}").or_(
        desk.get_by_role("button", name=f"Bevestig {organisation}")
    ).click()
    confirm_anyway(desk, organisation)
    look(desk, "inbox-just-confirmed", undecided=HEADS)
    desk.locator(".notice", has_text=organisation).get_by_role("button").click()
    expect(desk.get_by_text("wacht op antwoord").first).to_be_visible()


def test_all_of_it_works_without_javascript(page_at: PageAt) -> None:
    organisation = "Buurtkeuken zonder script"
    page = page_at(390, javascript=False)
    page.goto("/kubus/aanvragen")
    page.get_by_text("We zoeken nog een ruimte").click()
    page.fill("input[name=area]", "3544")
    go_on(page)
    page.get_by_text("Geen van deze: het theater zoekt een plek").click()
    go_on(page)
    page.get_by_role("button", name="middag").last.click()
    go_on(page)
    page.get_by_text("Besloten: alleen onze mensen").click()
    page.fill("input[name=by_key_figure]", "10")
    go_on(page)
    for name, typed in ASKER.items():
        page.fill(f"input[name={name}]", organisation if name == "organisation" else typed)
    go_on(page)
    page.get_by_role("button", name="Verstuur de aanvraag").click()
    expect(page).to_have_title("Je aanvraag is verstuurd – Speelplek")

    desk = page_at(390, javascript=False)
    step_in(desk, "planner")
    desk.goto("/planning/aanvragen")
    desk.get_by_role("link", name=f"Kies een plek {organisation}").click()
    choose_room(desk, "RAUM, Berlijnplein")
    desk.get_by_role("button", name="Kijk opnieuw").click()
    confirm_anyway(desk, organisation)


def test_the_check_follows_what_is_filled_in(page_at: PageAt) -> None:
    """The same sentences while filling in as after sending, and focus stays where it was."""
    desk = page_at(1280)
    step_in(desk, "planner")
    desk.goto("/planning/aanvragen/1/bevestig")
    expect(desk.locator("#judged")).to_contain_text("De kubus is dan in Overvecht.")
    day = desk.locator("input[name=day]")
    day.fill((date.today() + timedelta(days=60)).isoformat())  # noqa: DTZ011 - as the browser's
    desk.locator("select[name=part]").focus()
    expect(desk.locator("#judged")).not_to_contain_text("De kubus is dan in Overvecht.")
    expect(desk.locator("select[name=part]")).to_be_focused()
