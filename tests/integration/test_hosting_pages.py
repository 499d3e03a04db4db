"""The desk of hosts: their own places and rooms, from an empty page to a room online."""

import re
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import func, select

from core.db import session
from people.models import Person, Role
from tests import builders as b
from tests.conftest import CountQueries, SetClock, SignIn
from tests.hosting import DESK, FACTS, MONDAY, ONWARD, csrf, room_address, told_at
from tests.pages import CheckingClient, Page
from venues.models import Room, RoomState
from venues.rules.opening import END_OF_DAY

pytestmark = pytest.mark.on("sqlite")

COPY = "Neem maandag over voor dinsdag tot en met vrijdag"


@pytest.fixture
def fatma() -> Person:
    return b.person("Fatma", Role.HOST)


@pytest.fixture
def here(fatma: Person) -> Room:
    """A room of hers that is online."""
    return b.meeting_room("De Ronde", host=fatma)


@pytest.fixture
def desk(signed_in: SignIn, fatma: Person, set_clock: SetClock) -> CheckingClient:
    visitor = signed_in(fatma)
    set_clock(b.NOW)
    return visitor


def stored(room_id: int) -> Room:
    session.rollback()
    return session.get_one(Room, room_id, populate_existing=True)


def tasks(page: Page) -> list[str]:
    return [item.get_text(" ", strip=True) for item in page.soup.select(".tasks li")]


def test_a_room_from_nothing_to_online_in_four_pages(
    desk: CheckingClient, fatma: Person, client: CheckingClient
) -> None:
    b.meeting_room("De Ronde", host=fatma)
    page = desk.visit(DESK).link("Voeg een ruimte toe").follow()
    assert page.title.startswith("Een nieuwe ruimte (stap 1 van 4)")
    page = page.form("facts-form").fill(**FACTS).submit(ONWARD)
    assert page.title.startswith("Wanneer kan het in Grote zaal? (stap 2 van 4)")
    room_id = int(re.findall(r"\d+", page.path)[0])
    assert stored(room_id).state is RoomState.DRAFT
    client.visit(f"/ruimtes/{room_id}", status=404)
    assert "Grote zaal" in desk.visit(room_address(room_id, "/nakijken")).text

    page = page.form("times").fill(**MONDAY).submit(COPY)
    assert page.form("times").fields["closes_4_1"] == "17:00"
    assert page.form("times").fields["opens_5_0"] == ""
    assert stored(room_id).opening_hours == [], "copying keeps nothing yet"
    page = page.form("times").submit(ONWARD)
    assert page.title.startswith("Foto's van Grote zaal (stap 3 van 4)")
    page = page.link("Sla over en ga verder").follow()
    assert page.title.startswith("Kijk Grote zaal na (stap 4 van 4)")
    for said in ("Alles wat nodig is, staat erin.", "tot 40 mensen", "13.00 – 17.00 uur"):
        assert said in page.text
    page = page.form("online").submit("Zet online")
    assert "Deze ruimte is nu te boeken." in page.text
    assert stored(room_id).state is RoomState.PUBLISHED
    assert client.visit(f"/ruimtes/{room_id}").h1 == "De Ronde, Grote zaal"


def test_a_draft_waits_and_says_what_it_still_needs(desk: CheckingClient, here: Room) -> None:
    page = desk.visit(f"{DESK}/plekken/{here.venue_id}/ruimtes/nieuw")
    page = page.form().fill(**{**FACTS, "people": ""}).submit("Bewaar en stop voor nu")
    assert page.h1 == "De Ronde, Grote zaal"
    assert tasks(page) == [
        "Adres en ontvangst Grote zaal ontvangst nog leeg",
        "Gegevens van de ruimte Grote zaal nog niet compleet",
        "Openingstijden en voorwaarden Grote zaal nog niet compleet",
        "Foto's Grote zaal nog geen",
        "Online zetten Grote zaal nog niet",
    ]
    page = page.link("Bekijk hoe anderen").follow()
    assert "Vul in hoeveel mensen erin mogen." in page.text
    assert "Vul in wanneer de ruimte open is." in page.text
    draft = session.scalars(select(Room).where(Room.state == RoomState.DRAFT)).one()
    forced = {"state": "published", "version": str(draft.version), **csrf(page)}
    answer = desk.post(room_address(draft.id, "/stand"), data=forced)
    assert answer.status_code == 422
    assert stored(draft.id).state is RoomState.DRAFT
    page = desk.visit(room_address(draft.id, "/nakijken")).link("Vul de gegevens aan").follow()
    assert page.form("facts-form").fields["name"] == "Grote zaal"


def test_a_room_is_paused_stopped_and_online_again(
    desk: CheckingClient, here: Room, client: CheckingClient
) -> None:
    page = desk.visit(room_address(here.id))
    for button, state, seen_by_all in (
        ("Neem even geen reserveringen aan", RoomState.PAUSED, 200),
        ("Stop met deze ruimte", RoomState.RETIRED, 404),
        ("Zet weer online", RoomState.PUBLISHED, 200),
    ):
        page = page.form("room-state").submit(button)
        assert stored(here.id).state is state
        client.visit(f"/ruimtes/{here.id}", status=seen_by_all)


def test_a_button_pressed_too_late_changes_nothing(desk: CheckingClient, here: Room) -> None:
    page, late = (desk.visit(room_address(here.id)) for _ in "12")
    page.form("room-state").submit("Neem even geen reserveringen aan")
    page = late.form("room-state").submit("Stop met deze ruimte", status=409)
    assert "Iemand anders veranderde dit net." in page.text
    assert stored(here.id).state is RoomState.PAUSED
    page.form("room-state").submit("Stop met deze ruimte")
    assert stored(here.id).state is RoomState.RETIRED, "now it is done knowingly"


def test_a_place_of_an_asker_does_not_go_online_by_itself(desk: CheckingClient, here: Room) -> None:
    here.state, here.venue.is_listed = RoomState.PAUSED, False
    page = (
        desk.visit(room_address(here.id)).form("room-state").submit("Zet weer online", status=422)
    )
    assert "Vraag het theater om de plek open te zetten." in page.text
    assert stored(here.id).state is RoomState.PAUSED


@pytest.mark.parametrize(
    ("where", "field", "mine", "theirs", "told"),
    [
        pytest.param("/gegevens", "people", "25", "35", "25 35", id="facts"),
        pytest.param(
            "/tijden", "notice_hours", "48", "72", "2 dagen van tevoren 3 dagen", id="times"
        ),
    ],
)
def test_a_late_form_shows_both_versions_and_loses_nothing(
    desk: CheckingClient, here: Room, where: str, field: str, mine: str, theirs: str, told: str
) -> None:
    late, other = (desk.visit(room_address(here.id, where)).form() for _ in "12")
    other.fill(**{field: theirs}).submit("Bewaar")
    page = late.fill(**{field: mine}).submit("Bewaar", status=409)
    assert told in page.text
    assert page.form().fields[field] == mine
    assert str(getattr(stored(here.id), field)) == theirs
    page.form().submit("Bewaar")
    assert str(getattr(stored(here.id), field)) == mine


def test_a_late_form_of_a_place_shows_both_versions(desk: CheckingClient, here: Room) -> None:
    late, other = (desk.visit(f"{DESK}/plekken/{here.venue_id}/wijzig").form() for _ in "12")
    other.fill(coffee="Alleen thee").submit("Bewaar")
    page = late.fill(coffee="Koffie").submit("Bewaar", status=409)
    assert "Koffie en thee Koffie Alleen thee" in page.text
    page = page.form().submit("Bewaar")
    assert "Koffie" in page.text


WRONG: list[tuple[str, dict[str, str], str, str]] = [
    ("/gegevens", {"name": ""}, "name", "Vul de naam"),
    ("/gegevens", {"people": "veel"}, "people", "in cijfers"),
    ("/tijden", {"opens_1_1": "08:00", "closes_1_1": "10:00"}, "opens_1_1", "door elkaar"),
    ("/tijden", {"closes_1_0": "06:00"}, "opens_1_0", "Maak de tweede tijd later"),
    ("/tijden", {"closes_1_0": ""}, "closes_1_0", "allebei"),
    ("/tijden", {"opens_1_0": "25:00"}, "opens_1_0", "Vul een tijd in"),
    ("/tijden", {"shortest_minutes": "180", "longest_minutes": "60"}, "longest_minutes", "korter"),
]


def test_what_is_wrong_is_said_at_the_field_and_kept(desk: CheckingClient, here: Room) -> None:
    for where, typed, field, says in WRONG:
        form = desk.visit(room_address(here.id, where)).form("Bewaar").fill(**typed)
        page = form.submit("Bewaar", status=422)
        assert says in told_at(page, field)
        assert page.title.startswith("Fout:")
        assert {name: page.form("Bewaar").fields[name] for name in typed} == typed
    assert stored(here.id).version == 1


def test_terms_a_form_does_not_know_are_refused(desk: CheckingClient, here: Room) -> None:
    page = desk.visit(room_address(here.id, "/tijden"))
    fields = {**page.form("Bewaar").fields, "longest_minutes": "99999", "bookable_by": "nobody"}
    assert desk.post(room_address(here.id, "/tijden"), data=fields).status_code == 422
    assert stored(here.id).longest_minutes == 240


def test_a_term_that_is_none_of_the_choices_stays(desk: CheckingClient, here: Room) -> None:
    here.notice_hours, here.dates_ahead = 36, None
    page = desk.visit(room_address(here.id, "/tijden"))
    assert page.form("Bewaar").fields["notice_hours"] == "36"
    page.form("Bewaar").fill(cancel_hours="48").submit("Bewaar")
    found = stored(here.id)
    assert (found.notice_hours, found.dates_ahead, found.cancel_hours) == (36, None, 48)


def test_all_terms_are_kept(desk: CheckingClient, here: Room) -> None:
    given = {
        "confirms_at_once": "by_hand",
        "bookable_by": "neighbours",
        "notice_hours": "72",
        "shortest_minutes": "60",
        "longest_minutes": "480",
        "before_minutes": "15",
        "after_minutes": "45",
        "dates_ahead": "8",
        "cancel_hours": "168",
    }
    desk.visit(room_address(here.id, "/tijden")).form("Bewaar").fill(**given).submit("Bewaar")
    terms = stored(here.id).terms
    kept = {name: str(getattr(terms, name)) for name in given if name != "confirms_at_once"}
    assert kept == {name: said for name, said in given.items() if name != "confirms_at_once"}
    assert terms.confirms_at_once is False
    assert terms.welcomes_meetings, "asked on another page, so it stays"


def test_midnight_is_written_as_24_hours(desk: CheckingClient, here: Room) -> None:
    address = room_address(here.id, "/tijden")
    for typed in ("24", "24.00", "24:00", "0:00", "23:59"):
        desk.visit(address).form("Bewaar").fill(closes_6_0=typed).submit("Bewaar")
        assert stored(here.id).opening_hours[-1].closes_at == END_OF_DAY
        assert desk.visit(address).form("Bewaar").fields["closes_6_0"] == "24:00"
    page = desk.visit(address).form("Bewaar").fill(closes_6_0="24:01").submit("Bewaar", status=422)
    assert "Vul een tijd in" in told_at(page, "closes_6_0")


def test_a_new_room_sent_twice_is_one(desk: CheckingClient, here: Room) -> None:
    form = desk.visit(f"{DESK}/plekken/{here.venue_id}/ruimtes/nieuw").form().fill(**FACTS)
    first, second = form.submit(ONWARD), form.submit(ONWARD)
    assert first.path == second.path
    assert session.scalar(select(func.count()).select_from(Room)) == 2


def test_a_second_place_has_its_district(desk: CheckingClient, here: Room) -> None:
    page = desk.visit(DESK).link("Voeg nog een plek toe").follow()
    given = {"name": "De Tweede", "street": "Dam", "postcode": "1012 AB"}
    page = page.form().fill(**given).submit("Bewaar", status=422)
    assert "ligt niet in Utrecht" in told_at(page, "postcode")
    page = page.form().fill(postcode="3524", street="").submit("Bewaar", status=422)
    assert "Vul de straat in" in told_at(page, "street")
    page = page.form().fill(street="Laan").submit("Bewaar")
    assert page.h1 == "Een nieuwe ruimte"
    page = page.link("De Tweede").follow()
    assert "Wijk: Zuid." in page.text
    assert "dat ben jij" in page.text


TOMORROW = date(2026, 11, 25)
EVERY_ROOM_PAGE = ["", "/gegevens", "/tijden", "/fotos", "/nakijken", "/dagen", "/sluiting"]
EVERY_ROOM_PAGE += ["/andere-tijden", "/vakanties"]
EVERY_ROOM_BUTTON = ["/gegevens", "/tijden", "/fotos", "/stand", "/sluiting", "/sluiting/1/weg"]
EVERY_ROOM_BUTTON += ["/andere-tijden", "/andere-tijden/2027-02-04/weg", "/vakanties"]
EVERY_ROOM_BUTTON += ["/fotos/1/tekst", "/fotos/1/eerder", "/fotos/1/weg"]
EVERY_PLACE_PAGE = ["", "/wijzig", "/ruimtes/nieuw", "/beheerders/nieuw"]
EVERY_PLACE_BUTTON = ["/wijzig", "/ruimtes/nieuw", "/beheerders/nieuw", "/beheerders/1/weg"]


def test_a_place_of_somebody_else_is_not_there(
    desk: CheckingClient, here: Room, count_queries: CountQueries
) -> None:
    theirs = b.meeting_room("Geheim", host=b.person("Kees", Role.HOST))
    pages = [room_address(theirs.id, rest) for rest in EVERY_ROOM_PAGE]
    pages += [f"{DESK}/plekken/{theirs.venue_id}{rest}" for rest in EVERY_PLACE_PAGE]
    buttons = [room_address(theirs.id, rest) for rest in EVERY_ROOM_BUTTON]
    buttons += [f"{DESK}/plekken/{theirs.venue_id}{rest}" for rest in EVERY_PLACE_BUTTON]
    token = csrf(desk.visit(DESK))
    for address in pages:
        assert "Geheim" not in desk.visit(address, status=404).text
    with count_queries() as seen:
        for address in buttons:
            assert desk.post(address, data=token).status_code == 404, address
    assert not [each for each in seen if each.startswith(("INSERT", "UPDATE", "DELETE"))]
    assert "Geheim" not in desk.visit(DESK).text


def test_nobody_else_has_a_desk(signed_in: SignIn, client: CheckingClient, here: Room) -> None:
    for visitor, status in (
        (signed_in(b.person("Noor", Role.PLANNER)), 403),
        (signed_in(b.person("Elias", Role.PERFORMER)), 403),
        (client, 303),
    ):
        for rest in EVERY_ROOM_PAGE:
            answer = visitor.get(room_address(here.id, rest))
            assert answer.status_code == status
            assert b"De Ronde" not in answer.data


def test_no_page_of_the_desk_is_forgotten_above(app: Flask) -> None:
    """The lists above name every address of the desk."""
    known = {
        re.sub(r"/(\d+|2027-02-04)(?=/|$)", "/*", f"{start}{rest}")
        for start, rests in (
            (f"{DESK}/ruimtes/1", EVERY_ROOM_PAGE + EVERY_ROOM_BUTTON),
            (f"{DESK}/plekken/1", EVERY_PLACE_PAGE + EVERY_PLACE_BUTTON),
        )
        for rest in rests
    }
    rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith("hosting.")]
    own = {re.sub(r"<[^>]+>", "*", rule.rule) for rule in rules} - {f"{DESK}/plekken/nieuw"}
    assert own == known


def test_hosts_of_one_place_and_the_last_one_stays(
    desk: CheckingClient, here: Room, signed_in: SignIn
) -> None:
    place = f"{DESK}/plekken/{here.venue_id}"
    page = desk.visit(place)
    assert "Haal weg" not in page.text, "the last one stays"
    page = page.link("Voeg een beheerder toe").follow()
    page = page.form("host-form").fill(name="", email="kees").submit(status=422)
    assert len(page.errors) == 2
    page = page.form("host-form").fill(name="Kees", email="kees@deronde.example").submit()
    assert "kees@deronde.example" in page.text
    kees = session.scalars(select(Person).where(Person.email == "kees@deronde.example")).one()
    other = signed_in(kees)
    assert "De Ronde" in other.visit(DESK).text
    late = other.visit(place).form("Haal weg Fatma")
    page = page.form("Haal weg Fatma").submit()
    assert page.path == "/", "she has no place any more, and so no desk"
    desk.visit(place, status=403)
    late.submit()
    page = other.visit(place)
    forced = f"{place}/beheerders/{kees.id}/weg"
    page = other.arrive(other.post(forced, data=csrf(page)))
    assert "Een plek heeft minstens één beheerder." in page.soup.get_text(" ", strip=True)


def test_the_desk_asks_the_same_however_many_rooms(
    desk: CheckingClient, here: Room, fatma: Person, count_queries: CountQueries
) -> None:
    def look() -> int:
        with count_queries() as seen:
            page = desk.visit(DESK)
        assert len(page.soup.select(".host-room")) == rooms
        return len(seen)

    rooms = 1
    session.commit()
    b.booked(b.room_asked(here, TOMORROW))
    few = look()
    for number in range(6):
        room = b.meeting_room(f"Plek {number}", host=fatma)
        session.commit()
        b.booked(b.room_asked(room, TOMORROW, email=f"groep{number}@buren.example"))
    for number in range(3):
        room = b.meeting_room("Nog een")
        session.flush()
        room.venue_id, room.name = here.venue_id, f"Zaal {number}"
    session.commit()
    rooms = 10
    assert look() == few


def test_a_room_online_says_what_would_help(desk: CheckingClient, here: Room) -> None:
    page = desk.visit(DESK)
    assert page.link("Voeg foto's toe").href == room_address(here.id, "/fotos")
    page = page.link("Vertel wie er opendoet").follow()
    page.form("venue-form").fill(opened_by="De beheerder").submit("Bewaar")
    assert "Vertel wie er opendoet" not in desk.visit(DESK).text


def test_an_empty_desk_says_how_to_begin(desk: CheckingClient) -> None:
    page = desk.visit(DESK)
    assert "Je hebt nog geen plek." in page.text
    assert page.link("Voeg een plek toe").follow().h1 == "Een nieuwe plek"


def test_what_is_typed_is_shown_as_typed(desk: CheckingClient, here: Room) -> None:
    for name in ("<b>Zaal</b>", "Zaal & 'tuin'", "🌷 Zaal"):
        form = desk.visit(room_address(here.id, "/gegevens")).form()
        page = form.fill(name=name, description=name).submit("Bewaar")
        assert page.h1 == f"De Ronde, {name}"
        assert name in desk.visit(room_address(here.id, "/nakijken")).text
