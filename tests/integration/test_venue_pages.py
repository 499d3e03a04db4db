"""The planner's pages about places: as a visitor fills them in."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import func, select

from core.db import session
from people.models import Role
from tests.builders import person, room
from tests.conftest import CountQueries, SignIn
from tests.pages import CheckingClient, Page
from venues.models import Closure, Room, RoomState, Venue

pytestmark = pytest.mark.on("sqlite")

PLACES = "/planning/plekken"
HUNDRED_KB = "a" * 100_000


@pytest.fixture
def planner(signed_in: SignIn) -> CheckingClient:
    return signed_in(person("Noor", Role.PLANNER))


def stored_room() -> Room:
    return session.scalars(select(Room)).one()


def room_form(planner: CheckingClient, found: Room) -> Page:
    return planner.visit(f"{PLACES}/ruimtes/{found.id}/wijzig")


def told_at(page: Page, field: str) -> str:
    """The error beside a field, whose aria-describedby points at it."""
    control = page.soup.select_one(f"[name='{field}']")
    assert control
    assert control.get("aria-invalid") == "true"
    error = page.soup.find(id=f"{field}-error")
    assert error
    assert f"{field}-error" in str(control.get("aria-describedby"))
    return error.get_text(" ", strip=True)


def typed_in(page: Page, field: str) -> str:
    return page.form("Bewaar").fields[field]


def test_without_places_every_district_is_named(planner: CheckingClient) -> None:
    page = planner.visit(PLACES)
    assert page.h1 == "Plekken"
    assert page.text.count("In deze wijk is nog geen plek.") == 10


def test_a_place_and_its_room_from_nothing(planner: CheckingClient) -> None:
    page = planner.visit(PLACES).link("Voeg een plek toe").follow()
    page = (
        page.form("Bewaar")
        .fill(
            name="Buurthuis De Ronde",
            street="Voorbeelddreef",
            house_number="12a",
            postcode="3563cb",
            phone="030 123 45 67",
            arrival="Achterom.\nBel aan.",
            coffee="Altijd",
        )
        .submit("Bewaar")
    )
    assert page.h1 == "Buurthuis De Ronde"
    assert "Voorbeelddreef 12a, 3563 CB Utrecht. Wijk: Overvecht." in page.text

    page = page.link("Voeg een ruimte toe").follow()
    page = (
        page.form("Bewaar")
        .fill(
            name="Grote zaal",
            is_outdoors="Binnen",
            people="40",
            floor_length_cm="500",
            floor_width_cm="400",
            free_height_cm="300",
            door_width_cm="95",
            is_step_free="Ja",
            has_power="Ja",
            is_quiet="Nee",
            opens_0_0="9:00",
            closes_0_0="12.00",
            opens_0_1="13",
            closes_0_1="17:00",
            opens_5_0="20:00",
            closes_5_0="0:00",
        )
        .submit("Bewaar")
    )
    assert page.h1 == "Buurthuis De Ronde, Grote zaal"
    assert "De kubus past hier, als je dit regelt:" in page.text
    assert "Het is er niet stil" in page.text
    assert "maandag 9.00 – 12.00 en 13.00 – 17.00 uur" in page.text
    assert "zaterdag 20.00 – 24.00 uur" in page.text
    assert "ruimte toegevoegd , door Noor" in page.text.replace("toegevoegd,", "toegevoegd ,")

    page = planner.visit(PLACES)
    assert "Buurthuis De Ronde" in page.text
    assert "past als" in page.text


def test_what_is_not_known_is_asked(planner: CheckingClient) -> None:
    found = room(is_step_free=None, has_power=None)
    page = planner.visit(f"{PLACES}/ruimtes/{found.id}")
    assert "Dat weten we nog niet: vraag het de beheerder." in page.text
    assert "We weten niet of er een stopcontact is" in page.text


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        pytest.param({}, "De kubus past hier.", id="fits"),
        pytest.param({"door_width_cm": 70}, "De kubus past hier niet.", id="does not fit"),
        pytest.param({"is_step_free": False}, "als je dit regelt", id="fits if"),
        pytest.param({"welcomes_cube": False}, "wil de kubus hier niet", id="not welcome"),
    ],
)
def test_a_room_says_whether_the_cube_fits(
    planner: CheckingClient, facts: dict[str, Any], says: str
) -> None:
    found = room(**facts)
    assert says in planner.visit(f"{PLACES}/ruimtes/{found.id}").text


def test_the_form_of_a_room_shows_what_is_stored(planner: CheckingClient) -> None:
    found = room(hours=None, is_outdoors=True, has_lift=False)
    page = room_form(planner, found)
    form = page.form("Bewaar")
    assert (form.fields["is_outdoors"], form.fields["has_lift"]) == ("yes", "no")
    assert form.fields["ground"] == "firm"
    assert form.fields["opens_0_0"] == ""
    page = form.submit("Bewaar")
    session.expire_all()
    assert stored_room().version == 1, "nothing was changed, so it is the same version"


def test_opening_hours_are_replaced(planner: CheckingClient) -> None:
    found = room()
    form = room_form(planner, found).form("Bewaar")
    assert form.fields["opens_2_0"] == "07:00"
    emptied = {
        f"{which}_{day}_{n}": "" for which in ("opens", "closes") for day in range(7) for n in "012"
    }
    page = form.fill(**{**emptied, "opens_1_0": "10:00", "closes_1_0": "12:00"}).submit("Bewaar")
    assert "dinsdag 10.00 – 12.00 uur" in page.text
    now, _before = page.text.split("Wat er veranderde")
    assert "maandag" not in now


def test_a_late_edit_of_a_venue_shows_both_versions(planner: CheckingClient) -> None:
    found = room().venue
    mine = planner.visit(f"{PLACES}/{found.id}/wijzig").form("Bewaar")
    theirs = planner.visit(f"{PLACES}/{found.id}/wijzig").form("Bewaar")
    theirs.fill(coffee="Alleen thee", name="De Kamer").submit("Bewaar")
    page = mine.fill(coffee="Koffie", name="De Huiskamer").submit("Bewaar", status=409)
    assert page.errors == [
        "Iemand anders veranderde dit net. Kijk hieronder wat er nu staat en wat jij invulde."
    ]
    assert "Koffie en thee Koffie Alleen thee" in page.text
    assert "Naam De Huiskamer De Kamer" in page.text
    assert typed_in(page, "coffee") == "Koffie"
    page = page.form("Bewaar").submit("Bewaar")
    assert "Koffie" in page.text
    assert page.h1 == "De Huiskamer"


def test_a_late_edit_of_a_room_shows_both_versions(planner: CheckingClient) -> None:
    found = room()
    mine, theirs = (room_form(planner, found).form("Bewaar") for _ in "12")
    theirs.fill(closes_6_0="12:00", people="").submit("Bewaar")
    page = mine.fill(people="25", has_lift="Ja").submit("Bewaar", status=409)
    assert "Hoeveel mensen mogen erin? 25 leeg" in page.text
    assert "zondag 7.00 – 12.00 uur" in page.text
    assert "Lift ja leeg" in page.text
    assert typed_in(page, "people") == "25"
    session.expire_all()
    assert stored_room().people is None
    page.form("Bewaar").submit("Bewaar")
    session.expire_all()
    assert (stored_room().people, stored_room().has_lift) == (25, True)


def test_a_late_press_of_a_button_is_refused(planner: CheckingClient) -> None:
    found = room()
    page = planner.visit(f"{PLACES}/ruimtes/{found.id}")
    late = planner.visit(f"{PLACES}/ruimtes/{found.id}")
    page = page.form("room-state").submit("Even geen boekingen")
    assert "Deze ruimte is nu even niet te boeken." in page.text
    late.form("room-state").submit("Stop met deze ruimte", status=409)
    session.expire_all()
    assert stored_room().state is RoomState.PAUSED


@pytest.mark.parametrize(
    ("field", "typed", "says"),
    [
        pytest.param("name", "", "Vul de naam van de plek in.", id="no name"),
        pytest.param("name", "a" * 121, "hoogstens 120 tekens", id="long name"),
        pytest.param("name", HUNDRED_KB, "hoogstens 120 tekens", id="100 kB"),
        pytest.param("name", "Zaal\x00", "tekens in die we niet kunnen lezen", id="NUL"),
        pytest.param("postcode", "", "Vul een postcode in", id="no postcode"),
        pytest.param("postcode", "utrecht", "Vul een postcode in", id="no postcode at all"),
        pytest.param("postcode", "1012 AB", "ligt niet in Utrecht", id="Amsterdam"),
        pytest.param("postcode", "3401", "ligt niet in Utrecht", id="IJsselstein"),
        pytest.param("phone", "bel maar", "Vul een telefoonnummer in", id="no number"),
        pytest.param("phone", "+31 (0)30 / 123.45.67 89", "één telefoonnummer", id="two numbers"),
        pytest.param("arrival", "a" * 1001, "hoogstens 1000 tekens", id="long story"),
    ],
)
def test_what_is_wrong_with_a_venue_is_said_at_the_field(
    planner: CheckingClient, field: str, typed: str, says: str
) -> None:
    good = {"name": "De Ronde", "postcode": "3563 CB", "coffee": "<b>Ja</b> & thee"}
    page = planner.visit(f"{PLACES}/nieuw")
    page = page.form("Bewaar").fill(**{**good, field: typed}).submit("Bewaar", status=422)
    assert says in told_at(page, field)
    assert len(page.errors) == 1
    assert page.title.startswith("Fout:")
    assert typed_in(page, "coffee") == "<b>Ja</b> & thee"
    if field != "name":
        assert typed_in(page, field).strip() == typed
    assert session.scalar(select(func.count()).select_from(Venue)) == 0


@pytest.mark.parametrize(
    ("field", "typed", "says"),
    [
        pytest.param("name", "", "Vul de naam van de ruimte in.", id="no name"),
        pytest.param("people", "0", "van 1 tot en met", id="nobody"),
        pytest.param("people", "99999", "van 1 tot en met", id="too many"),
        pytest.param("people", "1e3", "in cijfers", id="exponent"),
        pytest.param("people", "1_0", "in cijfers", id="underscore"),
        pytest.param("people", "\uff11\uff12", "in cijfers", id="fullwidth digits"),
        pytest.param("people", "-3", "in cijfers", id="negative"),
        pytest.param("floor_length_cm", "3 meter", "in cijfers", id="metres"),
        pytest.param("door_width_cm", "0", "van 1 tot en met", id="no door"),
        pytest.param("opens_3_1", "25:00", "Vul een tijd in", id="no such time"),
        pytest.param("opens_3_1", "10:00", "door elkaar", id="overlap"),
        pytest.param("opens_3_1", "19:00", "Maak de tweede tijd later", id="backwards"),
        pytest.param("opens_3_1", "", "allebei de tijden", id="only an end"),
    ],
)
def test_what_is_wrong_with_a_room_is_said_at_the_field(
    planner: CheckingClient, field: str, typed: str, says: str
) -> None:
    found = room(hours=None)
    good = {
        "name": "Zaal & <tuin>",
        "opens_3_0": "09:00",
        "closes_3_0": "12:00",
        "opens_3_1": "13:00",
        "closes_3_1": "17:00",
    }
    page = room_form(planner, found).form("Bewaar").fill(**{**good, field: typed})
    answered = page.submit("Bewaar", status=422)
    assert says in told_at(answered, field)
    assert typed_in(answered, field) == typed
    assert typed_in(answered, "closes_3_1") == "17:00"
    assert typed_in(answered, "floor_width_cm") == ("400" if field != "floor_width_cm" else typed)
    session.expire_all()
    assert stored_room().version == 1


def test_a_form_sent_twice_adds_one_place(planner: CheckingClient) -> None:
    form = planner.visit(f"{PLACES}/nieuw").form("Bewaar").fill(name="Eén", postcode="3563")
    first, second = form.submit("Bewaar"), form.submit("Bewaar")
    assert first.path == second.path
    assert session.scalar(select(func.count()).select_from(Venue)) == 1


def test_closing_and_reopening_a_room(planner: CheckingClient) -> None:
    found = room()
    page = planner.visit(f"{PLACES}/ruimtes/{found.id}").link("Voeg een sluiting toe").follow()
    page = (
        page.form("Sluit de ruimte")
        .fill(first_on="21-12-2099", last_on="2100-01-03", reason="kerstvakantie")
        .submit()
    )
    says = "maandag 21 december 2099 tot en met zondag 3 januari 2100"
    assert f"{says}: kerstvakantie" in page.text
    page = page.form(f"Haal weg {says}").submit()
    assert "Er is geen sluiting." in page.text
    assert "sluiting weggehaald" in page.text


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        pytest.param({"first_on": "1-6-2099"}, "maandag 1 juni 2099, de hele dag", id="a day"),
        pytest.param(
            {"first_on": "1-6-2099", "starts": "12:00", "ends": "14:00"},
            "maandag 1 juni 2099, 12.00 – 14.00 uur",
            id="some hours",
        ),
        pytest.param(
            {"first_on": "1-6-2099", "starts": "12:00"},
            "maandag 1 juni 2099, 12.00 – 24.00 uur",
            id="the rest of the day",
        ),
        pytest.param(
            {"first_on": "29-3-2099"}, "zondag 29 maart 2099, de hele dag", id="a day of 23 hours"
        ),
    ],
)
def test_a_closure_in_words(planner: CheckingClient, typed: dict[str, str], says: str) -> None:
    found = room()
    page = planner.visit(f"{PLACES}/ruimtes/{found.id}/sluiting")
    assert says in page.form("Sluit de ruimte").fill(**typed).submit().text


@pytest.mark.parametrize(
    ("typed", "field", "says"),
    [
        pytest.param({}, "first_on", "Vul een datum in", id="nothing"),
        pytest.param({"first_on": "31-2-2099"}, "first_on", "Vul een datum in", id="no such day"),
        pytest.param({"first_on": "1-1-9999"}, "first_on", "jaartal", id="far away"),
        pytest.param({"first_on": "1-6-2001"}, "", "al voorbij", id="in the past"),
        pytest.param(
            {"first_on": "2-6-2099", "last_on": "1-6-2099"}, "last_on", "laatste dag", id="order"
        ),
        pytest.param(
            {"first_on": "1-6-2099", "starts": "14:00", "ends": "13:00"},
            "ends",
            "later",
            id="backwards",
        ),
        pytest.param(
            {"first_on": "28-3-2027", "starts": "02:30"},
            "starts",
            "bestaat die dag niet",
            id="skipped",
        ),
        pytest.param(
            {"first_on": "31-10-2027", "ends": "02:30"}, "ends", "twee keer", id="doubled"
        ),
    ],
)
def test_what_is_wrong_with_a_closure_is_said(
    planner: CheckingClient, typed: dict[str, str], field: str, says: str
) -> None:
    found = room()
    form = planner.visit(f"{PLACES}/ruimtes/{found.id}/sluiting").form("Sluit de ruimte")
    page = form.fill(reason="verbouwing", **typed).submit(status=422)
    assert says in (told_at(page, field) if field else " ".join(page.errors))
    assert page.form("Sluit de ruimte").fields["reason"] == "verbouwing"
    assert session.scalar(select(func.count()).select_from(Closure)) == 0


def test_a_host_comes_and_goes(planner: CheckingClient) -> None:
    found = room()
    page = planner.visit(f"{PLACES}/{found.venue_id}").link("Voeg een beheerder toe").follow()
    page = page.form("Voeg toe").fill(name="Fatma", email="Fatma@DeRonde.example").submit()
    assert "fatma@deronde.example" in page.text
    page = page.form("Haal weg Fatma").submit()
    assert "Nog niemand spreekt voor deze plek." in page.text


def test_a_host_needs_an_address(planner: CheckingClient) -> None:
    found = room()
    page = planner.visit(f"{PLACES}/{found.venue_id}/beheerders/nieuw")
    page = page.form("Voeg toe").fill(name="Fatma", email="fatma@").submit(status=422)
    assert "Vul een e-mailadres in" in told_at(page, "email")
    assert page.form("Voeg toe").fields["name"] == "Fatma"


def test_what_people_type_is_shown_as_text(planner: CheckingClient) -> None:
    tricky = '"><script>alert(1)</script>'
    page = (
        planner.visit(f"{PLACES}/nieuw")
        .form("Bewaar")
        .fill(name=tricky, postcode="3563", arrival=tricky, coffee="{{ 7*7 }}")
        .submit("Bewaar")
    )
    assert page.h1 == tricky
    assert "{{ 7*7 }}" in page.text
    assert tricky in planner.visit(PLACES).text


ADDRESSES: list[Callable[[Room], str]] = [
    lambda _room: PLACES,
    lambda _room: f"{PLACES}/nieuw",
    lambda found: f"{PLACES}/{found.venue_id}",
    lambda found: f"{PLACES}/{found.venue_id}/wijzig",
    lambda found: f"{PLACES}/{found.venue_id}/ruimtes/nieuw",
    lambda found: f"{PLACES}/{found.venue_id}/beheerders/nieuw",
    lambda found: f"{PLACES}/ruimtes/{found.id}",
    lambda found: f"{PLACES}/ruimtes/{found.id}/wijzig",
    lambda found: f"{PLACES}/ruimtes/{found.id}/sluiting",
]


@pytest.mark.parametrize("role", [Role.HOST, Role.PERFORMER, None])
def test_only_planners_get_in(signed_in: SignIn, role: Role | None) -> None:
    found = room()
    visitor = signed_in(person("Sam", role))
    for address in ADDRESSES:
        visitor.visit(address(found), status=403)


def test_who_is_not_signed_in_is_sent_to_sign_in(client: CheckingClient) -> None:
    found = room()
    for address in ADDRESSES:
        assert client.visit(address(found)).path.startswith("/inloggen?next=")
    state = client.post(f"{PLACES}/ruimtes/{found.id}/stand", data={"state": "retired"})
    assert state.status_code in (400, 403)
    session.expire_all()
    assert stored_room().state is RoomState.PUBLISHED


def test_what_is_not_there_is_not_found(planner: CheckingClient) -> None:
    for address in ("999", "999/wijzig", "ruimtes/999", "ruimtes/999/sluiting", "ruimtes/x"):
        planner.visit(f"{PLACES}/{address}", status=404)


def test_the_list_takes_the_same_number_of_queries(
    planner: CheckingClient, count_queries: CountQueries
) -> None:
    def look() -> int:
        session.commit()
        with count_queries() as seen:
            planner.visit(PLACES)
        return len(seen)

    room()
    few = look()
    for number in range(6):
        room(f"Plek {number}")
    assert look() == few
