"""What an asker, a host and a planner see of the three answers, and what they can do there."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from booking.clockwork import work_off
from booking.models import BookingRequest, HostConsent
from booking.rules.consent import ConsentState
from core import links
from core.db import session, transact
from core.history import HOST, story
from core.outbox import OutboxMail
from people.models import Person, Role
from tests import builders as b
from tests.asking import CHECK, NO_PLACE, START, WHEN, fill_in, said
from tests.conftest import CountQueries, SetClock, SignIn
from tests.integration.bookings import confirm
from tests.integration.consents import (
    FATIMA,
    NOOR,
    SAM,
    TOMORROW,
    asked_for,
    consent_of,
    letters,
    no,
    says,
    town,
    yes,
)
from tests.pages import CheckingClient, Page
from venues.models import Room

pytestmark = pytest.mark.on("sqlite")

NEAR = {**NO_PLACE, "area": "3563"}
UNANSWERED = ["host_not_answered"]
FACTS: dict[str, dict[str, object]] = {
    "Past": {},
    "Mits": {"is_step_free": False, "has_lift": False},
    "Vraag": {"door_width_cm": None},
    "Laag": {"free_height_cm": 200},
}


@pytest.fixture(autouse=True)
def _at_the_start(set_clock: SetClock, app: object) -> None:
    set_clock(b.NOW)


def member(email: str) -> Person:
    return session.scalars(select(Person).where(Person.email == email)).one()


def key_in(mail: OutboxMail) -> str:
    """The address in a mail to a host or an asker."""
    found = re.search(r"/(?:toestemming|aanvraag)/[\w-]+", mail.text)
    assert found
    return found[0]


def to_host(client: CheckingClient, request: BookingRequest, status: int = 200) -> Page:
    return client.visit(key_in(letters(request, FATIMA)[0]), status=status)


# --- does the cube fit? ------------------------------------------------------------------------


def four_rooms() -> None:
    b.cube()
    b.performer()
    b.person("Noor", Role.PLANNER)
    host = b.person("Fatima", Role.HOST)
    for name, facts in FACTS.items():
        b.room(name, host=host, welcomes_meetings=True, **facts)  # type: ignore[arg-type]


WORDS = {"Past": "past", "Mits": "past als ...", "Vraag": "weten we nog niet", "Laag": "past niet"}

SENTENCES = {
    "Past": "De kubus past hier.",
    "Mits": "De kubus past hier, als je dit regelt:",
    "Vraag": "Dat weten we nog niet: vraag het de beheerder.",
    "Laag": "De kubus past hier niet.",
}


def test_every_room_says_whether_the_cube_fits(client: CheckingClient, signed_in: SignIn) -> None:
    transact(four_rooms)
    where = client.visit(START)
    listed = " ".join(option.get_text() for option in where.soup.select("select[name=room] option"))
    assert "Laag" not in listed
    assert "Laag, Zaal" in where.text, "with the reason"
    host, desk = signed_in(member(FATIMA)), signed_in(member(NOOR))
    finder = client.visit("/ruimtes?postcode=3563&nodig=kubus")
    for number, (name, word) in enumerate(WORDS.items(), 1):
        assert (f"{name}, Zaal (kubus: {word})" in listed) == (name != "Laag")
        assert SENTENCES[name] in client.visit(f"/ruimtes/{number}").text
        for page in (
            host.visit(f"/mijn-ruimtes/ruimtes/{number}"),
            desk.visit(f"/planning/plekken/ruimtes/{number}"),
        ):
            assert SENTENCES[name] in page.text
    assert "Laag" not in finder.text


# --- no place yet ------------------------------------------------------------------------------


def test_who_has_no_place_sees_what_is_near_on_the_same_page(client: CheckingClient) -> None:
    transact(four_rooms)
    page = client.visit(START).form(START).fill(**NEAR).submit()
    assert page.h1 == "Waar?"
    near = page.soup.find(id="near-rooms")
    assert near
    shown = " ".join(near.get_text(" ").split())
    for name, word in WORDS.items():
        assert (name in shown) == (name != "Laag")
        assert (f"kubus: {word}" in shown) == (name != "Laag")
    assert "minuten lopen" in shown
    nothing = page.form(START).submit(status=422)
    assert said(nothing, "near") == "Fout: Kies een plek, of laat het theater zoeken."
    assert nothing.form(START).fields["area"] == "3563", "what was typed is kept"


def test_the_same_with_htmx_gives_the_part_with_the_rooms(client: CheckingClient) -> None:
    town()
    page = client.visit(START).form(START).fill(**NEAR).submit(htmx=True)
    assert page.soup.find(id="near-rooms")


def test_another_postcode_shows_other_rooms(client: CheckingClient) -> None:
    town()
    page = client.visit(START).form(START).fill(**NEAR).submit()
    page = page.form(START).fill(area="3524", near="1").submit()
    near = page.soup.find(id="near-rooms")
    assert near
    assert "De Speler" in near.get_text()
    assert "De Huiskamer" not in near.get_text(), "too far to walk"


def test_a_chosen_room_is_asked_and_the_theatre_may_look(client: CheckingClient) -> None:
    town()
    check = fill_in(client, near="1", **NEAR)
    assert "De beheerder krijgt je vraag" in check.text
    assert "De Huiskamer, Zaal, Overvecht" in check.text
    sent = check.form(CHECK).submit()
    assert "De beheerder van De Huiskamer, Zaal zegt of de kubus welkom is" in sent.text
    [request] = session.scalars(select(BookingRequest))
    assert (request.room_id, request.district_number) == (1, "03")
    assert consent_of(request).state is ConsentState.ASKED

    client.delete_cookie("session")
    fill_in(client, near="theatre", **NEAR).form(CHECK).submit()
    _first, second = session.scalars(select(BookingRequest).order_by(BookingRequest.id))
    assert (second.room_id, second.consent) == (None, None)


def test_where_nothing_is_near_the_theatre_looks(client: CheckingClient) -> None:
    town()
    page = client.visit(START).form(START).fill(**{**NO_PLACE, "area": "3451"}).submit()
    assert page.path.startswith(WHEN)


# --- the host ----------------------------------------------------------------------------------


def test_a_host_answers_from_the_mail(client: CheckingClient) -> None:
    place, *_others = town()
    request = asked_for(place)
    page = to_host(client, request)
    assert page.h1 == "Mag de kubus bij jullie staan?"
    for shown in ("Burennetwerk Zuilen", "donderdag 4 februari 2027, middag", "1 december 2026"):
        assert shown in page.text
    assert consent_of(request).state is ConsentState.ASKED, "looking answers nothing"

    page = page.form("agree").fill(**{"yes-words": "De bus kan achterom."}).submit()
    assert story(request.subject)[-1].actor == HOST
    assert "Nu beslist het theater." in page.text
    assert "Jullie zeiden ja" in page.text
    consent = consent_of(request)
    assert (consent.state, consent.words) == (ConsentState.YES, "De bus kan achterom.")

    page = page.form("refuse").submit(status=422)
    assert page.errors == ["Kies waarom het niet kan."]
    page = page.form("refuse").fill(**{"no-reason": "nobody_there"}).submit()
    assert "Er is dan niemand om open te doen." in page.text
    page = page.form("agree").submit()
    assert consent_of(request).state is ConsentState.YES


def test_a_host_who_does_not_know_yet_says_when(client: CheckingClient) -> None:
    place, *_others = town()
    request = asked_for(place)
    page = to_host(client, request).form("think").submit(status=422)
    assert page.errors == ["Kies tot wanneer je wilt wachten."]
    page = page.form("think").fill(**{"later-days": "3"}).submit()
    assert "vrijdag 4 december 2026" in page.text


def test_a_page_that_is_out_of_date_keeps_what_was_typed(client: CheckingClient) -> None:
    place, *_others = town()
    request = asked_for(place)
    mine, theirs = to_host(client, request), to_host(client, request)
    theirs.form("refuse").fill(**{"no-reason": "in_use"}).submit()
    late = mine.form("agree").fill(**{"yes-words": "Graag!"}).submit(status=409)
    assert late.errors == ["Iemand anders was je net voor. Kijk wat er nu staat."]
    assert "Jullie zeiden nee" in late.text
    again = late.form("agree")
    assert again.fields["yes-words"] == "Graag!"
    again.submit()
    assert consent_of(request).state is ConsentState.YES


def test_a_host_who_is_not_needed_any_more_can_only_read(client: CheckingClient) -> None:
    place, other, _far = town()
    request = asked_for(place)
    page = to_host(client, request)
    confirm(request, other.id, accepted=UNANSWERED)
    refused = page.form("agree").submit(status=409)
    assert "niet meer nodig" in refused.errors[0]
    assert refused.soup.find_all("form", id=["agree", "refuse", "think"]) == []


def test_after_the_confirmation_a_no_is_announced_as_a_call(client: CheckingClient) -> None:
    place, *_others = town()
    request = asked_for(place)
    says(consent_of(request), yes())
    confirm(request, place.id, now=TOMORROW)
    assert "er wordt niets zomaar afgezegd" in to_host(client, request).text


def test_a_key_that_does_not_fit_opens_nothing(client: CheckingClient) -> None:
    place, *_others = town()
    request = asked_for(place)
    mine, theirs = (key_in(letters(request, each)[0]) for each in (FATIMA, SAM))
    client.visit(f"{mine}x", status=404)
    client.visit(theirs.replace("aanvraag", "toestemming"), status=404)
    client.visit(mine)
    transact(links.revoke, *consent_of(request).subject, b.NOW)
    client.visit(mine, status=404)


def test_a_host_who_is_signed_in_sees_and_answers_own_questions_only(signed_in: SignIn) -> None:
    place, *_others = town()
    request = asked_for(place)
    fatima, bea = signed_in(member(FATIMA)), signed_in(member("bea@stut.example"))
    assert "De kubus wil bij jou staan" not in bea.visit("/mijn-ruimtes").text
    bea.visit("/mijn-ruimtes/kubus/1", status=404)
    page = fatima.visit("/mijn-ruimtes").link("Geef antwoord").follow()
    page.form("agree").submit()
    assert consent_of(request).person_id == member(FATIMA).id
    assert "De kubus wil bij jou staan" not in fatima.visit("/mijn-ruimtes").text


# --- the asker ---------------------------------------------------------------------------------


def stances(page: Page) -> list[str]:
    """What each of the three says, in a few words."""
    return [
        " ".join(item.get_text(" ").split()) for item in page.soup.select(".three-answers > li")
    ]


def test_the_asker_sees_three_answers_with_their_terms(
    client: CheckingClient, set_clock: SetClock
) -> None:
    place, *_others = town()
    request = asked_for(place)
    mine = key_in(letters(request, SAM)[0])
    asker, host, theatre = stances(client.visit(mine))
    assert asker.startswith("Jullie graag")
    assert host == "De beheerder wacht op antwoord antwoord voor dinsdag 1 december 2026"
    assert theatre == "Het theater wacht op antwoord antwoord voor dinsdag 1 december 2026"
    says(consent_of(request), yes("Welkom!"))
    _asker, host, _theatre = stances(client.visit(mine))
    assert host == "De beheerder ja sinds woensdag 25 november 2026 “Welkom!”"
    set_clock(b.NOW + 8 * (TOMORROW - b.NOW))
    assert "bel gerust" in stances(client.visit(mine))[2]


def test_after_a_no_the_asker_chooses_another_place(client: CheckingClient) -> None:
    place, *_others = town()
    request = asked_for(place)
    mine = key_in(letters(request, SAM)[0])
    says(consent_of(request), no("Verbouwing."), now=b.NOW)
    page = client.visit(mine)
    assert "Verbouwing." in page.text
    choosing = page.link("Kies een andere plek").follow()
    assert "De Buurtkamer, Zaal" in choosing.text
    assert "De Huiskamer" not in choosing.text
    empty = choosing.form().submit(status=422)
    assert empty.errors == ["Kies een plek."]
    page = empty.form().fill(room="2").submit()
    assert "Gevraagd. De beheerder laat weten of de kubus welkom is." in client.visit(
        mine
    ).text or ("wacht op antwoord" in stances(page)[1])
    consent = consent_of(request)
    assert (consent.room_id, consent.state) == (2, ConsentState.ASKED)
    late = choosing.form().fill(room="2").submit()
    assert late.path.startswith(mine), "there is nothing to choose any more"


def test_whoever_waits_for_a_silent_host_may_choose_another_place(
    client: CheckingClient, set_clock: SetClock
) -> None:
    place, *_others = town()
    request = asked_for(place)
    mine = key_in(letters(request, SAM)[0])
    set_clock(b.NOW + timedelta(days=8))
    work_off(b.NOW + timedelta(days=8))
    page = client.visit(mine)
    assert "De beheerder gaf nog geen antwoord. Het theater belt." in page.text
    page.link("Kies een andere plek").follow().form().fill(room="2").submit()
    assert consent_of(request).room_id == 2


# --- the theatre -------------------------------------------------------------------------------


def test_the_desk_keeps_what_a_host_says_on_the_phone(signed_in: SignIn) -> None:
    place, *_others = town()
    request = asked_for(place)
    desk = signed_in(member(NOOR))
    assert "heeft nog niet ja gezegd" in desk.visit("/planning/aanvragen").text
    page = desk.visit("/planning/aanvragen/1")
    assert len(stances(page)) == 3
    noted = page.link("Schrijf op wat de beheerder zei").follow()
    page = noted.form("agree").submit()
    assert "beheerder zegt ja (Noor)" in page.text
    assert consent_of(request).person_id == member(NOOR).id
    page.link("Bevestig").follow().form("/planning/aanvragen/1/bevestig").submit("Bevestig")
    assert session.get_one(BookingRequest, 1).stop


def test_the_desk_asks_another_place_after_a_no(signed_in: SignIn) -> None:
    place, *_others = town()
    request = asked_for(place)
    says(consent_of(request), no(), now=b.NOW)
    desk = signed_in(member(NOOR))
    page = desk.visit("/planning/aanvragen/1")
    assert "Vrije plekken dichtbij" in page.text
    page = page.form("Vraag deze plek De Buurtkamer, Zaal").submit()
    assert "Gevraagd. De beheerder krijgt een mail." in page.text
    assert consent_of(request).room_id == 2
    desk.visit("/planning/aanvragen/2/beheerder", status=404)


def test_the_desk_is_told_of_a_stop_that_lost_its_host(signed_in: SignIn) -> None:
    place, *_others = town()
    request = asked_for(place)
    says(consent_of(request), yes(), now=b.NOW)
    confirm(request, place.id)
    says(consent_of(request), no("De vloer is stuk."), now=TOMORROW)
    desk = signed_in(member(NOOR))
    for address in ("/planning", "/planning/aanvragen", "/planning/aanvragen/1"):
        assert "Bel de beheerder:" in desk.visit(address).text
    page = desk.visit("/planning/aanvragen/1/beheerder").form("agree").submit()
    assert "Bel de beheerder:" not in page.text


def test_the_desk_asks_for_missing_measures_once_a_day(signed_in: SignIn) -> None:
    transact(four_rooms)
    unknown: Room = session.scalars(select(Room).where(Room.door_width_cm.is_(None))).one()
    request = asked_for(unknown)
    desk = signed_in(member(NOOR))
    for _twice in range(2):
        page = desk.visit("/planning/aanvragen/1").form("Vraag het de beheerder").submit()
        assert "De beheerders krijgen een mail met de vragen." in page.text
    asked = [mail for mail in letters(request, FATIMA) if "We weten nog niet alles" in mail.subject]
    assert len(asked) == 1
    assert "deur" in asked[0].text
    assert session.scalars(select(HostConsent)).one().state is ConsentState.ASKED


# --- many --------------------------------------------------------------------------------------


def test_many_questions_take_no_more_queries(
    signed_in: SignIn, count_queries: CountQueries
) -> None:
    """Of the inbox, of the theatre's day, and of the host's own page."""
    place, other, _far = town()
    readers = {"/planning/aanvragen": NOOR, "/planning": NOOR, "/mijn-ruimtes": FATIMA}
    visitors = {email: signed_in(member(email)) for email in (NOOR, FATIMA)}

    def queries() -> dict[str, int]:
        counted = {}
        for address, email in readers.items():
            with count_queries() as seen:
                visitors[email].visit(address)
            counted[address] = len(seen)
        return counted

    for room in (place, other, place):
        asked_for(room)
    few = queries()
    for number in range(6):
        request = asked_for((place, other)[number % 2])
        if number % 3:
            says(consent_of(request), yes() if number % 3 == 1 else no(), now=b.NOW)
    assert queries() == few
