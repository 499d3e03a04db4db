"""What hosts, performers and planners see of calendars that are kept elsewhere."""

from datetime import timedelta
from io import BytesIO

import pytest
from flask import Flask
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from booking.models import Performer
from core.clock import utcnow
from core.db import session, transact
from core.rate_limit import A_DAY, allowed
from people.models import Person, Role
from tests.builders import meeting_room, performer, person
from tests.conftest import CountQueries, SignIn
from tests.integration.test_outside_calendars import CHOIR, PERHAPS
from tests.markup import text_of
from tests.pages import CheckingClient, Page
from tests.unit.test_calendar_reading import calendar
from venues.models import OutsideCalendar, Room
from venues.outside.failures import Failure
from venues.queries.outside import calendars_of
from venues.rules.outside import ADDRESSES_A_DAY
from venues.services.outside_reading import Read, claim_calendar, settle_calendar
from venues.views.outside import desk

pytestmark = pytest.mark.on("sqlite")

ADDRESS = "webcal://agenda.example/geheim-5f2b/zaal.ics"


@pytest.fixture
def mila(app: Flask) -> Person:
    return person("Mila", Role.HOST)


@pytest.fixture
def room(mila: Person) -> Room:
    return meeting_room(host=mila)


@pytest.fixture
def host(mila: Person, room: Room, signed_in: SignIn) -> CheckingClient:
    return signed_in(mila)


def desk_of(host: CheckingClient, room: Room) -> Page:
    return host.visit(f"/mijn-ruimtes/ruimtes/{room.id}").link("Agenda's van deze ruimte").follow()


def send_file(page: Page, content: bytes, status: int = 200, **fields: str) -> Page:
    """What a browser does that has chosen a file."""
    form = page.form("calendar-form")
    values = {name: form.fields[name] for name in ("csrf_token", "form_token")}
    file = FileStorage(BytesIO(content), "rooster.ics")
    boundary, body = encode_multipart({"name": "Rooster", **values, **fields, "file": file})
    kind = f"multipart/form-data; boundary={boundary}"
    answer = page.client.post(page.path, data=body, content_type=kind)
    return page.client.arrive(answer, status)


def read_as(failure: Failure) -> None:
    """The worker comes by and this is what becomes of it."""
    now = utcnow()
    claimed = transact(claim_calendar, now)
    assert claimed
    assert transact(settle_calendar, claimed, Read(failure), now)


def test_a_host_adds_a_file(host: CheckingClient, room: Room) -> None:
    page = desk_of(host, room)
    assert "Je hebt nog geen agenda toegevoegd." in page.text
    page = send_file(page, calendar(CHOIR, PERHAPS, ("UID:3", "DTSTART:ooit")))
    assert "De agenda is gelezen: 2 bezette momenten." in page.text
    assert "1 afspraak konden we niet lezen." in page.text
    assert "Een bestand lezen we één keer." in page.text
    assert host.visit(f"/mijn-ruimtes/ruimtes/{room.id}").h1 == "De Buurtkamer, Zaal"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"<html>", "Dit is een webpagina, geen agenda. Zoek het adres dat eindigt op .ics."),
        (b"", "Er staat niets in. Kies een agenda waar iets in staat."),
        (b"PK\x03\x04", "Dit is geen agenda. Zoek een bestand dat eindigt op .ics."),
        (b"BEGIN:VCALENDAR" + b" " * (2 * 1024 * 1024), "De agenda is te groot"),
    ],
    ids=["page", "empty", "package", "too_big"],
)
def test_what_is_no_calendar_is_said_at_the_field(
    host: CheckingClient, room: Room, content: bytes, said: str
) -> None:
    page = send_file(desk_of(host, room), content, 422)
    assert page.errors[0].startswith(said)
    assert page.form("calendar-form").fields["name"] == "Rooster"
    assert calendars_of(room.resource_id) == []


def test_a_file_that_cannot_be_read_at_once_is_for_the_worker(
    host: CheckingClient, room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk, "read_at_once", lambda _content, _now: None)
    page = send_file(desk_of(host, room), calendar(CHOIR))
    assert "We lezen hem binnen een minuut." in page.text
    [kept] = calendars_of(room.resource_id)
    assert kept.upload
    assert kept.next_read_at


def test_a_host_adds_an_address(host: CheckingClient, room: Room) -> None:
    page = desk_of(host, room)
    page = page.form("calendar-form").fill(name="Zaalrooster", address=ADDRESS).submit()
    assert "wordt gelezen" in page.text
    assert "agenda.example" in page.text
    assert "geheim" not in page.response.get_data(as_text=True)
    fragment = host.visit(page.path, htmx=True)
    assert fragment.soup.select_one("#calendars[hx-trigger='every 4s']")
    read_as(Failure.IS_PAGE)
    fragment = host.visit(page.path, htmx=True)
    assert text_of(fragment.soup.select_one("[hx-swap-oob]")) == "Zaalrooster: lezen lukt niet."
    page = host.visit(page.path)
    assert "Dit is een webpagina, geen agenda." in page.text
    assert not page.soup.select_one("#calendars[hx-trigger]")


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"name": "", "address": ADDRESS}, "Geef de agenda een naam."),
        ({"name": "x"}, "Vul het adres van je agenda in, of kies een bestand."),
        ({"name": "x", "address": "http://agenda.example/"}, "Dit adres is niet beveiligd."),
        ({"name": "x", "address": "https://10.0.0.1/"}, "Dit adres is van een afgesloten netwerk."),
        ({"name": "x", "address": "https://s:g@agenda.example/"}, "In dit adres staat een naam"),
        ({"name": "x", "address": "geen adres"}, "Dit is geen adres van een agenda."),
    ],
    ids=["no_name", "nothing", "not_secure", "inside", "password", "no_address"],
)
def test_an_address_that_will_not_do_is_said_at_the_field(
    host: CheckingClient, room: Room, fields: dict[str, str], said: str
) -> None:
    page = desk_of(host, room).form("calendar-form").fill(**fields).submit(status=422)
    assert [error for error in page.errors if error.startswith(said)]
    assert page.form("calendar-form").fields["name"] == fields["name"]


def test_a_file_and_an_address_are_too_much(host: CheckingClient, room: Room) -> None:
    page = send_file(desk_of(host, room), calendar(CHOIR), 422, address=ADDRESS)
    assert page.errors == ["Vul een adres in of kies een bestand, niet allebei."]


def test_the_same_form_twice_adds_one(host: CheckingClient, room: Room) -> None:
    page = desk_of(host, room)
    for _each in range(2):
        page.form("calendar-form").fill(name="Zaal", address=ADDRESS).submit()
    assert len(calendars_of(room.resource_id)) == 1


def test_a_calendar_is_renamed_read_again_and_removed(host: CheckingClient, room: Room) -> None:
    page = desk_of(host, room).form("calendar-form").fill(name="Zaal", address=ADDRESS).submit()
    read_as(Failure.GONE)
    page = host.visit(page.path).link("Wijzig Zaal").follow()
    assert "agenda.example" in page.text
    assert page.form("calendar-form").fill(name="").submit(status=422).errors == [
        "Geef de agenda een naam."
    ]
    page = page.form("calendar-form").fill(name="Grote zaal").submit()
    assert "Op dit adres staat geen agenda meer." in page.text  # the same address, so the same
    [kept] = calendars_of(room.resource_id)
    kept.tried_at = utcnow() - timedelta(hours=1)
    page = host.visit(page.path).form("Lees nu opnieuw Grote zaal").submit()
    assert "We lezen de agenda zo opnieuw." in page.text
    page = page.link("Wijzig Grote zaal").follow()
    page = page.form("calendar-form").fill(address="https://elders.example/a.ics").submit()
    assert "elders.example" in page.text
    page = page.form("Haal weg Grote zaal").submit()
    assert "Je hebt nog geen agenda toegevoegd." in page.text
    assert "agenda van buiten weggehaald" in host.visit(f"/mijn-ruimtes/ruimtes/{room.id}").text


def test_an_address_that_changes_all_the_time_is_refused_at_its_field(
    host: CheckingClient, room: Room
) -> None:
    page = desk_of(host, room).form("calendar-form").fill(name="Zaal", address=ADDRESS).submit()
    for _each in range(ADDRESSES_A_DAY):
        allowed("calendar_address", str(room.resource_id), ADDRESSES_A_DAY, A_DAY, utcnow())
    page = host.visit(page.path).link("Wijzig Zaal").follow()
    page = page.form("calendar-form").fill(name="Tuin", address=ADDRESS).submit(status=422)
    assert page.errors[0].startswith("Je veranderde vandaag heel vaak een adres.")
    assert page.form("calendar-form").fields["name"] == "Tuin"


def test_a_host_sees_no_calendars_of_others(
    host: CheckingClient, room: Room, signed_in: SignIn
) -> None:
    desk_of(host, room).form("calendar-form").fill(name="Zaal", address=ADDRESS).submit()
    [kept] = calendars_of(room.resource_id)
    bo = person("Bo", Role.HOST)
    other = meeting_room("De Garage", host=bo)
    stranger = signed_in(bo)
    stranger.visit(f"/mijn-ruimtes/ruimtes/{room.id}/agendas", status=404)
    stranger.visit(f"/mijn-ruimtes/ruimtes/{other.id}/agendas/{kept.id}", status=404)
    page = stranger.visit(f"/mijn-ruimtes/ruimtes/{other.id}/agendas")
    token = page.form("calendar-form").fields["csrf_token"]
    own = f"/mijn-ruimtes/ruimtes/{other.id}/agendas/{kept.id}/weg"
    stranger.arrive(stranger.post(own, data={"csrf_token": token}))
    assert calendars_of(room.resource_id)


def test_a_performer_looks_after_his_own(app: Flask, signed_in: SignIn) -> None:
    elias = performer(of=person("Elias", Role.PERFORMER))
    page = signed_in(person_of(elias)).visit("/mijn-speelbeurten").link("Mijn agenda's").follow()
    assert page.h1 == "Mijn agenda's"
    page = send_file(page, calendar(CHOIR))
    assert "1 bezet moment" in page.text
    page = page.link("Wijzig Rooster").follow()
    assert "address" not in page.form("calendar-form").names
    page = page.form("calendar-form").fill(name="Mijn werk").submit()
    page = page.form("Haal weg Mijn werk").submit()
    assert calendars_of(elias.resource_id) == []


def test_who_plays_no_more_has_no_calendars(app: Flask, signed_in: SignIn) -> None:
    elias = performer(of=person("Elias", Role.PERFORMER))
    elias.retired_at = utcnow()
    signed_in(person_of(elias)).visit("/mijn-speelbeurten/agendas", status=404)


def person_of(player: Performer) -> Person:
    assert player.person
    return player.person


def test_a_planner_sees_how_it_stands(host: CheckingClient, room: Room, signed_in: SignIn) -> None:
    desk_of(host, room).form("calendar-form").fill(name="Zaalrooster", address=ADDRESS).submit()
    read_as(Failure.UNTRUSTED)
    planner = signed_in(person("Noor", Role.PLANNER))
    page = planner.visit(f"/planning/plekken/ruimtes/{room.id}")
    assert "Zaalrooster: lezen lukt niet" in page.text


def test_the_page_costs_the_same_with_five(
    host: CheckingClient, room: Room, count_queries: CountQueries
) -> None:
    address = desk_of(host, room).path
    with count_queries() as none:
        host.visit(address)
    session.add_all(
        OutsideCalendar(resource_id=room.resource_id, name=f"{n}", created_at=utcnow())
        for n in range(5)
    )
    session.commit()
    with count_queries() as five:
        page = host.visit(address)
    assert len(five) == len(none)
    assert "Je hebt 5 agenda's: dat is het meeste." in page.text
