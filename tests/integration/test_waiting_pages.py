"""The pages of the waiting list, as visitors have them before them."""

from datetime import time, timedelta
from functools import partial
from typing import Any

import pytest

from booking.rules.recurrence import Times
from core.db import session, transact
from people.models import Role
from tests.builders import NOW, THURSDAY, booked, meeting_room, person, room_asked
from tests.conftest import CountQueries, SetClock, SignIn
from tests.pages import CheckingClient, Page
from tests.waiting import clock, free, line, own_address, waits
from venues.models import Room

pytestmark = pytest.mark.on("sqlite")

WHO: dict[str, str | int] = {
    "people": 10,
    "purpose": "Samen eten",
    "organisation": "Kookclub",
    "name": "Sam de Vries",
    "email": "sam@buren.example",
}
MOMENT = "datum=2027-02-04&van=19:00&tot=21:00&mensen=10"


@pytest.fixture(autouse=True)
def at_ten(set_clock: SetClock) -> None:
    set_clock(NOW)


@pytest.fixture
def room(app: Any) -> Room:
    """Somebody has the evening of the fourth of February."""
    del app
    found = transact(partial(meeting_room, host=None))
    booked(room_asked(found))
    return found


def join_at(room: Room, moment: str = MOMENT) -> str:
    return f"/ruimtes/{room.id}/wachtlijst?{moment}"


def test_from_the_week_of_the_room_to_the_thanks(client: CheckingClient, room: Room) -> None:
    week = client.visit(f"/ruimtes/{room.id}?week=2027-02-04")
    page = week.link("Zet me op de wachtlijst").follow()
    assert page.h1 == "Wachten op De Buurtkamer, Zaal"
    assert "De ruimte is dan bezet." in page.text
    assert "Taalcafé" not in page.text  # never who
    page = page.form("join-form").fill(**WHO).submit()
    assert page.h1 == "Je staat op de wachtlijst"
    assert "Je bent de eerste in de rij." in page.text
    again = client.visit(f"/ruimtes/{room.id}/wachtlijst/verstuurd")
    assert again.h1 == page.h1
    assert line() == {"sam de vries": "waiting"}


def test_what_is_free_leads_to_booking_it(client: CheckingClient, room: Room) -> None:
    page = client.visit(join_at(room, "datum=2027-02-05&van=19:00&tot=21:00&mensen=10"))
    assert "Deze tijd is vrij. Je hoeft niet te wachten: reserveer meteen." in page.text
    address = page.link("Reserveer deze tijd").href
    assert (
        address == f"/ruimtes/{room.id}/reserveren?datum=2027-02-05&van=19:00&tot=21:00&mensen=10"
    )
    assert not page.soup.select_one("form#join-form")


def test_what_came_free_while_somebody_typed_loses_nothing(
    client: CheckingClient, room: Room
) -> None:
    form = client.visit(join_at(room)).form("join-form").fill(**WHO)
    free(1)
    sent = form.submit(status=409)
    assert sent.errors == ["Deze tijd is vrij. Je hoeft niet te wachten: reserveer meteen."]
    assert "/reserveren?" in sent.link("Reserveer deze tijd").href
    assert sent.form("join-form").fields["purpose"] == "Samen eten"


def test_other_free_times_are_shown(client: CheckingClient, room: Room) -> None:
    page = client.visit(join_at(room))
    assert "Dit is wel vrij" in page.text
    assert "vrijdag 5 februari 2027, 19.00 – 21.00 uur" in page.text


NOT_TO_BE_HAD = {
    "datum=2027-02-04&van=05:00&tot=06:00": "De ruimte is op do 4 feb open van",
    "datum=2026-01-04&van=19:00&tot=21:00": "Dit moment is al voorbij of begint zo.",
    "datum=2027-02-04&van=14:00&tot=22:00": "Pas het hieronder aan.",
}


def test_what_cannot_be_waited_for_says_why(client: CheckingClient, room: Room) -> None:
    for moment, says in NOT_TO_BE_HAD.items():
        assert says in client.visit(join_at(room, moment)).text
    for address in ("/ruimtes/99/wachtlijst", "/wachtlijst/geen-sleutel"):
        client.visit(address, status=404)


WRONG: list[tuple[str, dict[str, str | int]]] = [
    ("email", {"email": "niet"}),
    ("ends", {"ends": "18:00"}),
    ("starts", {"day": "2027-03-28", "starts": "02:30", "ends": "04:00"}),
    ("people", {"people": 99}),
    ("starts", {"starts": "05:00", "ends": "06:00"}),
]


def test_a_form_that_is_refused_keeps_what_was_typed(client: CheckingClient, room: Room) -> None:
    for field, typed in WRONG:
        form = client.visit(join_at(room)).form("join-form").fill(**WHO).fill(**typed)
        page = form.submit(status=422)
        assert page.soup.select_one(f"#{field}-error"), typed
        assert page.form("join-form").fields["purpose"] == "Samen eten"
    assert line() == {}


def test_without_a_moment_it_is_asked(client: CheckingClient, room: Room) -> None:
    page = client.visit(f"/ruimtes/{room.id}/wachtlijst?datum=onzin&van=&mensen=-1")
    moment = {"day": "2027-02-04", "starts": "19:00", "ends": "21:00"}
    assert page.form("join-form").fill(**WHO, **moment).submit().h1 == "Je staat op de wachtlijst"


def test_the_private_page_says_which_number_and_why(client: CheckingClient, room: Room) -> None:
    waits(room, "noor")
    page = client.visit(own_address(waits(room, "sam")))
    assert "Je bent nummer 2 in de rij" in page.text
    assert "De ruimte is dan bezet." in page.text
    assert "Noor" not in page.text
    assert page.response.headers["Referrer-Policy"] == "no-referrer"
    page = page.form("Haal me van de wachtlijst").submit()
    assert "Je staat niet meer op de wachtlijst." in page.text
    assert line() == {"noor": "waiting", "sam": "left"}


def offered(client: CheckingClient, room: Room) -> Page:
    place = waits(room, "sam")
    waits(room, "noor")
    free(1)
    clock()
    return client.visit(own_address(place))


def test_an_offer_is_taken_with_one_button(client: CheckingClient, room: Room) -> None:
    page = offered(client, room)
    assert "Neem de tijd uiterlijk woensdag 25 november 2026 om 10.00 uur." in page.text
    taking = page.form("Neem deze tijd")
    page = taking.submit()
    assert "De tijd is voor jullie. Je krijgt een mail" in page.text
    assert line() == {"sam": "taken", "noor": "waiting"}
    again = taking.submit()  # the button pressed twice
    assert "genomen" in again.text


def test_an_offer_that_lapsed_meanwhile_is_said(
    client: CheckingClient, room: Room, set_clock: SetClock
) -> None:
    page = offered(client, room)
    set_clock(NOW + timedelta(days=1, minutes=1))
    late = page.form("Neem deze tijd").submit(status=409)
    assert late.errors == ["De tijd om te antwoorden is om. De volgende is aan de beurt."]
    assert "verlopen" in late.text
    clock(NOW + timedelta(days=1, minutes=1))
    assert line() == {"sam": "lapsed", "noor": "offered"}


def test_who_no_longer_needs_it_says_so(client: CheckingClient, room: Room) -> None:
    page = offered(client, room).form("answer").submit("Nee, niet meer nodig")
    assert "Je hebt je afgemeld." in page.text
    clock()
    assert line() == {"sam": "left", "noor": "offered"}


def test_the_private_page_asks_as_much_for_one_in_line_as_for_many(
    client: CheckingClient, room: Room, count_queries: CountQueries
) -> None:
    last = own_address(waits(room, "sam"))
    with count_queries() as first:
        client.visit(last)
    for number in range(5):
        last = own_address(waits(room, f"buur{number}"))
    with count_queries() as sixth:
        client.visit(last)
    assert len(first) == len(sixth)


# --- who is hit by a closure -------------------------------------------------------------------


@pytest.fixture
def host(app: Any, signed_in: SignIn) -> CheckingClient:
    """At the desk of a room in which three dates are agreed."""
    del app
    jo = transact(partial(person, "Jo", Role.HOST, "jo@plek.example"))
    found = transact(partial(meeting_room, host=jo))
    for week in range(3):
        day = THURSDAY + timedelta(weeks=week)
        booked(room_asked(found, day, email=f"club{week}@buren.example"))
    return signed_in(session.merge(jo))


CLOSED = {"first_on": "2027-02-04", "last_on": "2027-02-18", "reason": "De vloer wordt nieuw."}


def close(host: CheckingClient) -> Page:
    return (
        host.visit("/mijn-ruimtes/ruimtes/1/sluiting").form("closure-form").fill(**CLOSED).submit()
    )


def test_a_closure_shows_who_is_hit_and_then_tells_them(host: CheckingClient) -> None:
    page = close(host)
    assert page.h1 == "Dit raakt 3 afspraken"
    assert "Er is nog niets veranderd." in page.text
    for day in (4, 11, 18):
        assert f"donderdag {day} februari 2027, 19.00 – 21.00 uur" in page.text
    form = page.form("hits-form")
    assert form.fields["hits_words"] == "De vloer wordt nieuw."
    done = form.submit("Sluit en stel hen op de hoogte")
    assert "De sluiting is bewaard." in done.text


def test_a_booking_that_came_in_meanwhile_is_a_409_and_nothing_is_lost(
    host: CheckingClient,
) -> None:
    page = close(host)
    booked(room_asked(session.get_one(Room, 1), THURSDAY + timedelta(days=1), email="a@b.example"))
    late = page.form("hits-form").fill(hits_words="Sorry!").submit(status=409)
    assert late.errors == ["Er kwam net iets bij, of er veranderde iets. Kijk de lijst opnieuw na."]
    assert late.h1 == "Dit raakt 4 afspraken"
    assert late.form("hits-form").fields["hits_words"] == "Sorry!"
    assert "De sluiting is bewaard." in late.form("hits-form").submit().text


def test_words_that_are_too_long_are_said_first(host: CheckingClient) -> None:
    page = close(host).form("hits-form").fill(hits_words="x" * 501).submit(status=422)
    assert page.h1 == "Dit raakt 3 afspraken"
    assert page.soup.select_one("#hits_words-error")


def test_other_changes_show_the_same_list(host: CheckingClient) -> None:
    day = {"day_on": "2027-02-04", "opens_0": "9:00", "closes_0": "17:00"}
    special = host.visit("/mijn-ruimtes/ruimtes/1/andere-tijden").form("special-form")
    assert special.fill(**day).submit().h1 == "Dit raakt 1 afspraak"
    hours = host.visit("/mijn-ruimtes/ruimtes/1/tijden").form("times")
    assert hours.fill(opens_3_0="9:00", closes_3_0="17:00").submit("Bewaar").h1 == (
        "Dit raakt 3 afspraken"
    )
    facts = host.visit("/mijn-ruimtes/ruimtes/1/gegevens")
    smaller = facts.form("facts-form").fill(people=10).submit("Bewaar")
    assert "Gaat wel door" in smaller.text
    room = host.visit("/mijn-ruimtes/ruimtes/1").form("room-state")
    stopping = room.submit("Stop met deze ruimte")
    assert stopping.h1 == "Dit raakt 3 afspraken"
    stopped = stopping.form("hits-form").submit("Stop en stel hen op de hoogte")
    assert "Nee, je bent ermee gestopt." in stopped.text


def test_holidays_and_going_back_to_usual_hours_show_the_list_too(host: CheckingClient) -> None:
    room = session.get_one(Room, 1)
    booked(room_asked(room, THURSDAY + timedelta(weeks=3), email="club3@buren.example"))
    holidays = host.visit("/mijn-ruimtes/ruimtes/1/vakanties").form("holidays-form")
    page = holidays.fill(days=["Voorjaarsvakantie"]).submit()
    assert page.h1 == "Dit raakt 1 afspraak"
    assert page.form("hits-form").fields["hits_words"] == "Voorjaarsvakantie"
    done = page.form("hits-form").submit("Sluit en stel hen op de hoogte")
    assert "De ruimte is dicht op de dagen die je aanvinkte." in done.text
    late = {"day_on": "2027-02-05", "opens_0": "6:00", "closes_0": "23:30"}
    host.visit("/mijn-ruimtes/ruimtes/1/andere-tijden").form("special-form").fill(**late).submit()
    early = Times(time(6), time(8))
    booked(room_asked(room, THURSDAY + timedelta(1), times=early, email="vroeg@buren.example"))
    days = host.visit("/mijn-ruimtes/ruimtes/1/dagen")
    usual = days.form("/andere-tijden/2027-02-05/weg").submit()
    assert usual.h1 == "Dit raakt 1 afspraak"
    back = usual.form("hits-form").submit("Sluit en stel hen op de hoogte")
    assert "Die dag gelden weer de gewone tijden." in back.text


def test_a_planner_sees_the_same_list(host: CheckingClient, signed_in: SignIn) -> None:
    del host
    planner = signed_in(transact(partial(person, "Noor", Role.PLANNER)))
    form = planner.visit("/planning/plekken/ruimtes/1/sluiting").form("closure-form")
    page = form.fill(**CLOSED).submit()
    assert page.h1 == "Dit raakt 3 afspraken"
    assert "De sluiting is bewaard." in page.form("hits-form").submit().text
