"""The private page of a request: whoever has the key, and only they; looking changes nothing."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from flask import Flask

from booking import services
from booking.models import BookingRequest
from booking.rules.lifecycle import DeclineReason, RequestState
from booking.rules.norms import DayPart, Wish
from core import links
from core.db import session, transact
from core.history import story
from core.links import token_hash
from tests.builders import AFTERNOON, NOW, PLANNER, THURSDAY, stage
from tests.integration.bookings import LATER, ask, cancel, confirm, option, refused, undo
from tests.pages import CheckingClient, Page
from venues.models import Room

pytestmark = pytest.mark.on("sqlite")

MORNING, EVENING = Wish(THURSDAY, DayPart.MORNING), Wish(THURSDAY, DayPart.EVENING)
FRIDAY = Wish(date(2027, 2, 5), DayPart.AFTERNOON)
SetClock = Callable[[datetime], None]
ACTIONS = ("wijzig", "intrekken", "annuleren", "ander-moment")


@pytest.fixture(autouse=True)
def at_ten(set_clock: SetClock) -> None:
    set_clock(NOW)


@pytest.fixture
def hall(app: Flask) -> Room:
    return stage()


@pytest.fixture
def request_(hall: Room) -> BookingRequest:
    return ask(hall.id, AFTERNOON, hope="Dat buren elkaar groeten")


@pytest.fixture
def address(request_: BookingRequest) -> str:
    token = transact(links.issue, *request_.subject, now=NOW)
    return f"/aanvraag/{token}"


def decline(request: BookingRequest, *alternatives: Wish) -> None:
    transact(
        services.decline,
        request.id,
        reason=DeclineReason.NO_TIME,
        words="De kubus is dan in Zuilen.",
        alternatives=alternatives,
        version=None,
        by=PLANNER,
        now=NOW,
    )


def now_of(request: BookingRequest) -> BookingRequest:
    session.rollback()
    return session.get_one(BookingRequest, request.id)


def actions(page: Page) -> list[str]:
    assert page.soup.main
    hrefs = [str(link["href"]) for link in page.soup.main.find_all("a")]
    return [name for name in ACTIONS if any(href.endswith(f"/{name}") for href in hrefs)]


def test_page_says_how_it_stands(
    client: CheckingClient, request_: BookingRequest, address: str
) -> None:
    page = client.visit(address)
    assert request_.reference in page.h1
    for said in (
        "wacht op antwoord",
        "Je hoort het voor dinsdag 1 december 2026.",
        "De Huiskamer, Zaal, Voorbeeldstraat 1, 3563 CB Utrecht",
        "donderdag 4 februari 2027, middag",
        "Dat buren elkaar groeten",
    ):
        assert said.lower() in page.text.lower()
    assert actions(page) == ["wijzig", "intrekken"]


def test_key_is_told_nowhere(client: CheckingClient, address: str) -> None:
    for path in (address, f"{address}/wijzig", f"{address}/intrekken"):
        headers = client.get(path).headers
        assert headers["Cache-Control"] == "no-store"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["X-Robots-Tag"] == "noindex"


ALTERED: dict[str, Callable[[str], str]] = {
    "unknown": lambda _token: "A" * 43,
    "last letter": lambda token: token[:-1] + ("A" if token[-1] != "A" else "B"),
    "other case": str.swapcase,
    "suffix": lambda token: f"{token}x",
    "very long": lambda token: token * 100,
    "only the start": lambda token: token[:20],
    "hash instead": token_hash,
    "a number": lambda _token: "1",
}


@pytest.mark.parametrize("alter", ALTERED.values(), ids=ALTERED)
def test_altered_key_opens_nothing(
    client: CheckingClient, address: str, alter: Callable[[str], str]
) -> None:
    """The same 404 for each, on every page and every method."""
    form = client.visit(f"{address}/intrekken").form("/intrekken")
    other = f"/aanvraag/{alter(address.rpartition('/')[2])}"
    unknown = client.visit("/aanvraag/x", status=404).text
    assert client.visit(other, status=404).text == unknown
    for action in ("agenda.ics", *ACTIONS):
        assert client.get(f"{other}/{action}").status_code == 404
        sent = client.post(f"{other}/{action}", data=form.fields).status_code
        assert sent in (404, 405)


def test_revoked_key_opens_nothing(
    client: CheckingClient, request_: BookingRequest, address: str
) -> None:
    transact(links.revoke, *request_.subject, NOW)
    client.visit(address, status=404)


def test_key_of_something_else_opens_nothing(
    client: CheckingClient, request_: BookingRequest
) -> None:
    token = transact(links.issue, "organisation", request_.id, now=NOW)
    client.visit(f"/aanvraag/{token}", status=404)


def test_looking_changes_nothing(
    client: CheckingClient, request_: BookingRequest, address: str
) -> None:
    before = (request_.version, len(story(request_.subject)))
    for path in (address, *(f"{address}/{action}" for action in ACTIONS)):
        for method in ("HEAD", "GET", "GET", "OPTIONS"):
            client.open(f"{path}?version=1&why=x&position=1", method=method)
    found = now_of(request_)
    assert (found.version, len(story(found.subject))) == before


# ---- Change ----


def test_numbers_hope_and_phone_can_change(
    client: CheckingClient, request_: BookingRequest, address: str
) -> None:
    form = client.visit(f"{address}/wijzig").form("/wijzig")
    assert (form.fields["live_here"], form.fields["by_key_figure"]) == ("8", "4")
    page = form.fill(live_here=2, walk_in=3, hope="Thee", phone="").submit("Bewaar")
    assert "Je wijziging is bewaard." in page.text
    found = now_of(request_)
    assert (found.visitors, found.hope, found.contact_phone) == (9, "Thee", "")


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"live_here": "0", "by_key_figure": "0", "walk_in": "0"}, "Vul in hoeveel bezoekers"),
        ({"live_here": "10000"}, "Kies een getal van 0 tot en met 500"),
        ({"hope": "x" * 100_000}, "hoogstens 2000 tekens"),
        ({"hope": "a\x00"}, "tekens"),
        ({"phone": "bel\r\nmij"}, "Vul een telefoonnummer in"),
        ({"version": "x"}, "heel getal"),
        ({"version": ""}, "Laad de pagina opnieuw"),
    ],
)
def test_change_that_cannot_be_is_explained(
    client: CheckingClient,
    request_: BookingRequest,
    address: str,
    given: dict[str, str],
    sentence: str,
) -> None:
    form = client.visit(f"{address}/wijzig").form("/wijzig").fill(walk_in=7)
    for name, typed in given.items():
        form.fields.setlist(name, [typed])
    page = form.submit("Bewaar", status=422)
    assert any(sentence in error for error in page.errors), page.errors
    assert page.form("/wijzig").fields["walk_in"] == given.get("walk_in", "7")
    assert now_of(request_).visitors == 12


def test_change_from_an_old_page_shows_both_versions(
    client: CheckingClient, request_: BookingRequest, address: str
) -> None:
    old = client.visit(f"{address}/wijzig").form("/wijzig").fill(live_here=20, hope="Mijn hoop")
    client.visit(f"{address}/wijzig").form("/wijzig").fill(live_here=10).submit("Bewaar")
    page = old.submit("Bewaar", status=409)
    assert "Iemand veranderde deze aanvraag net" in page.errors[0]
    assert "Dit staat er nu" in page.text
    assert page.form("/wijzig").fields["hope"] == "Mijn hoop"
    assert now_of(request_).visitors == 14
    page.form("/wijzig").submit("Bewaar")
    assert (now_of(request_).visitors, now_of(request_).hope) == (24, "Mijn hoop")


def test_unknown_fields_change_nothing(
    client: CheckingClient, request_: BookingRequest, address: str
) -> None:
    form = client.visit(f"{address}/wijzig").form("/wijzig")
    for name in ("state", "id", "contact_email", "organisation_id", "is_closed", "reference"):
        form.fields.add(name, "confirmed")
    form.submit("Bewaar")
    found = now_of(request_)
    assert (found.state, found.contact_email) == (RequestState.SUBMITTED, "sam@buren.example")


def test_change_after_the_decision_shows_what_is_true(
    client: CheckingClient, hall: Room, request_: BookingRequest, address: str
) -> None:
    form = client.visit(f"{address}/wijzig").form("/wijzig").fill(live_here=20)
    confirm(request_, hall.id)
    page = form.submit("Bewaar", status=409)
    assert "gaat door" in page.text
    assert now_of(request_).visitors == 12
    assert client.visit(f"{address}/wijzig").path == address


# ---- Withdraw ----


def test_withdrawing_twice_is_withdrawing_once(
    client: CheckingClient, request_: BookingRequest, address: str
) -> None:
    form = client.visit(f"{address}/intrekken").form("/intrekken")
    assert "Je aanvraag is ingetrokken." in form.submit("Ja, trek in").text
    again = form.submit("Ja, trek in")
    assert again.path == address
    assert actions(again) == []
    assert now_of(request_).state is RequestState.WITHDRAWN
    assert [entry.action for entry in story(request_.subject)].count("withdrawn") == 1


def test_withdrawing_from_an_old_page_is_refused(
    client: CheckingClient, hall: Room, request_: BookingRequest, address: str
) -> None:
    form = client.visit(f"{address}/intrekken").form("/intrekken")
    option(request_, hall.id)
    page = form.submit("Ja, trek in", status=409)
    assert "in optie" in page.text
    assert "Hieronder staat wat nu geldt." in page.text
    assert now_of(request_).state is RequestState.OPTIONED
    client.visit(f"{address}/intrekken").form("/intrekken").submit("Ja, trek in")
    assert now_of(request_).state is RequestState.WITHDRAWN


def test_option_says_until_when(
    client: CheckingClient, hall: Room, request_: BookingRequest, address: str
) -> None:
    option(request_, hall.id, until=NOW + timedelta(days=14))
    page = client.visit(address)
    assert "Je hebt de eerste optie Donderdag 4 februari 2027, middag" in page.text
    assert "We houden dit vrij tot en met dinsdag 8 december 2026." in page.text


# ---- Confirmed ----


def test_confirmed_page_holds_the_appointment(
    client: CheckingClient,
    hall: Room,
    request_: BookingRequest,
    address: str,
    set_clock: SetClock,
) -> None:
    stop = confirm(request_, hall.id)
    page = client.visit(address)
    assert "gaat door" in page.text
    assert "De mail met de afspraak komt over een paar minuten." in page.text
    set_clock(LATER)
    page = client.visit(address)
    assert "komt over een paar minuten" not in page.text
    for said in (
        "donderdag 4 februari 2027, 13.00 – 17.00 uur",
        "11.30 uur op donderdag 4 februari",
        "18.00 uur op donderdag 4 februari",
        "Voorbeeldstraat 1, 3563 CB Utrecht",
        "Christiaan",
    ):
        assert said in page.text
    assert actions(page) == ["annuleren"]
    calendar = client.get(f"{address}/agenda.ics")
    assert calendar.mimetype == "text/calendar"
    assert f"UID:{stop.invitation.uid}" in calendar.text
    assert "DTSTART;TZID=Europe/Amsterdam:20270204T130000" in calendar.text


def test_no_calendar_before_it_is_confirmed(
    client: CheckingClient, hall: Room, request_: BookingRequest, address: str
) -> None:
    assert client.get(f"{address}/agenda.ics").status_code == 404
    confirm(request_, hall.id)
    undo(request_)
    assert client.get(f"{address}/agenda.ics").status_code == 404
    assert "wacht op antwoord" in client.visit(address).text.lower()


def test_cancelling_asks_why_and_frees_the_time(
    client: CheckingClient, hall: Room, request_: BookingRequest, address: str, set_clock: SetClock
) -> None:
    confirm(request_, hall.id)
    set_clock(LATER)
    form = client.visit(f"{address}/annuleren").form("/annuleren")
    assert "Vul in waarom" in form.submit("Ja, annuleer", status=422).errors[0]
    form = form.fill(why="De zaal is\r\nBcc: x@x.example kapot <script>")
    page = form.submit("Ja, annuleer")
    assert "De afspraak is geannuleerd." in page.text
    assert actions(page) == []
    assert form.submit("Ja, annuleer").path == address
    assert now_of(request_).state is RequestState.CANCELLED
    confirm(ask(hall.id, AFTERNOON, "eva"), hall.id, now=LATER)


def test_cancelling_from_an_old_page_is_refused(
    client: CheckingClient, hall: Room, request_: BookingRequest, address: str
) -> None:
    confirm(request_, hall.id)
    form = client.visit(f"{address}/annuleren").form("/annuleren").fill(why="Toch niet")
    undo(request_)
    page = form.submit("Ja, annuleer", status=409)
    assert "wacht op antwoord" in page.text.lower()
    assert now_of(request_).state is RequestState.SUBMITTED


def test_what_is_over_cannot_be_cancelled(
    client: CheckingClient, hall: Room, request_: BookingRequest, address: str, set_clock: SetClock
) -> None:
    confirm(request_, hall.id)
    form = client.visit(f"{address}/annuleren").form("/annuleren").fill(why="Te laat")
    set_clock(NOW + timedelta(days=100))
    page = form.submit("Ja, annuleer")
    assert "De kubus was bij jullie." in page.text
    assert actions(page) == []
    assert now_of(request_).state is RequestState.CONFIRMED


def test_cancelled_page_says_so(
    client: CheckingClient, hall: Room, request_: BookingRequest, address: str, set_clock: SetClock
) -> None:
    confirm(request_, hall.id)
    cancel(request_, why="De kubus is stuk")
    set_clock(LATER)
    page = client.visit(address)
    assert "geannuleerd" in page.text.lower()
    assert "De kubus is stuk" in page.text
    assert client.get(f"{address}/agenda.ics").status_code == 404


# ---- Another moment ----


def test_offered_moment_is_chosen(
    client: CheckingClient, request_: BookingRequest, address: str
) -> None:
    decline(request_, MORNING, EVENING)
    page = client.visit(address)
    assert "De kubus is dan in Zuilen." in page.text
    assert actions(page) == ["ander-moment"]
    form = page.link("Kies een ander moment").follow().form("/ander-moment")
    assert "Kies een moment." in form.submit("Kies dit moment", status=422).errors
    page = form.fill(position="2").submit("Kies dit moment")
    assert "We hebben je nieuwe keuze." in page.text
    found = now_of(request_)
    assert found.state is RequestState.SUBMITTED
    assert [choice.wish for choice in found.choices] == [EVENING]
    assert form.submit("Kies dit moment").path == address


@pytest.mark.parametrize("position", ["0", "3", "-1", "x", "1\x00", "9" * 30])
def test_moment_that_was_not_offered_is_refused(
    client: CheckingClient, request_: BookingRequest, address: str, position: str
) -> None:
    decline(request_, MORNING, EVENING)
    form = client.visit(f"{address}/ander-moment").form("/ander-moment")
    form.fields.setlist("position", [position])
    assert "Kies een moment." in form.submit("Kies dit moment", status=422).errors
    assert now_of(request_).state is RequestState.DECLINED


def give_away(wish: Wish, hall: Room) -> None:
    """The theatre does so knowingly: it is offered to another."""
    week_later = Wish(THURSDAY + timedelta(days=7), DayPart.AFTERNOON)
    other = ask(hall.id, week_later, "eva")
    confirm(other, hall.id, wish, accepted=["offered_to_another"])


def test_offered_moment_that_is_taken_is_named_with_its_reason(
    client: CheckingClient, hall: Room, request_: BookingRequest, address: str
) -> None:
    decline(request_, MORNING, FRIDAY)
    form = client.visit(f"{address}/ander-moment").form("/ander-moment").fill(position="1")
    give_away(MORNING, hall)
    page = form.submit("Kies dit moment", status=422)
    assert "Dit kan niet meer" in page.text
    assert "De kubus is dan in" in page.text
    form = client.visit(f"{address}/ander-moment").form("/ander-moment").fill(position="2")
    form.submit("Kies dit moment")
    assert [choice.wish for choice in now_of(request_).choices] == [FRIDAY]


def test_offered_moment_that_was_just_taken_is_refused(
    hall: Room, request_: BookingRequest
) -> None:
    """Also when the page was made before it was taken."""
    decline(request_, MORNING)
    give_away(MORNING, hall)
    version = now_of(request_).version
    with refused("choice_not_free", "cube_taken", "place_taken"):
        transact(services.choose_alternative, request_.id, position=1, version=version, now=NOW)


def test_decline_without_another_moment_offers_to_ask_again(
    client: CheckingClient, request_: BookingRequest, address: str
) -> None:
    decline(request_)
    page = client.visit(address)
    assert actions(page) == []
    assert page.link("Vraag de kubus opnieuw aan").href == "/kubus/aanvragen"
    assert client.visit(f"{address}/ander-moment").path == address


def test_place_to_be_found_is_said(client: CheckingClient, hall: Room) -> None:
    request = ask(hall.id, AFTERNOON, "kim")
    transact(lambda: setattr(session.get_one(BookingRequest, request.id), "room_id", None))
    token = transact(links.issue, *request.subject, now=NOW)
    assert "we zoeken een ruimte in Overvecht" in client.visit(f"/aanvraag/{token}").text
