"""The pages on which hosts, and planners for them, answer who asked for a room."""

from datetime import timedelta

import pytest
from flask import Flask

from booking.models import RoomBooking
from booking.rules.recurrence import Frequency, Recurrence
from booking.rules.room_lifecycle import DateState, Side
from booking.services import reserving
from booking.services.reserving.dates import confirm_date
from core import links
from core.db import session, transact
from core.history import HOST, story
from people.models import Person, Role
from tests.builders import NOW, THURSDAY, booked, person, room_asked
from tests.conftest import CountQueries, SetClock, SignIn
from tests.integration.room_answers import (
    a_host,
    answer,
    by_hand,
    fresh,
    mailed_address,
    propose,
    states,
)
from tests.pages import CheckingClient, Page
from venues.models import Room

pytestmark = pytest.mark.on("sqlite")

WEEKLY = Recurrence(Frequency.WEEKLY, count=4)
A, C, D = DateState.ASKED, DateState.CONFIRMED, DateState.DECLINED
YES, NO, OTHER = "Ja, het kan", "Zeg nee", "Stel deze tijd voor"
CHOOSE = "Ja, kies Taalcafé Overvecht"  # with others who ask for the same time


@pytest.fixture(autouse=True)
def at_ten(set_clock: SetClock) -> None:
    set_clock(NOW)


@pytest.fixture
def host(app: Flask) -> Person:
    return a_host()


@pytest.fixture
def room(host: Person) -> Room:
    return by_hand(host=host)


@pytest.fixture
def booking(room: Room) -> RoomBooking:
    return booked(room_asked(room))


@pytest.fixture
def address(booking: RoomBooking) -> str:
    """From the mail to the host."""
    return mailed_address()


def koor(room: Room, weeks: int = 0) -> RoomBooking:
    day = THURSDAY + timedelta(weeks=weeks)
    return booked(room_asked(room, day, email="koor@buren.example", organisation="Koor"))


def buttons(page: Page) -> set[str]:
    return {button.get_text(strip=True) for button in page.soup.select("#answer-forms button")}


# ---- By the link in the mail ----


def test_from_the_mail_it_is_one_button_to_a_yes(
    client: CheckingClient, booking: RoomBooking, address: str
) -> None:
    page = client.visit(address)
    assert page.h1 == "Taalcafé Overvecht vraagt De Buurtkamer, Zaal"
    for said in (
        "Taalcafé, met 12 mensen.",
        "Antwoord kan tot dinsdag 1 december 2026, 10.00 uur.",
        "Kan het op donderdag 4 februari 2027, 19.00 – 21.00 uur?",
        "De ruimte is dan open en vrij.",
        "Noor Bakker 030 123 45 67",
    ):
        assert said in page.text
    page = page.form(YES).submit(YES)
    assert "De organisatie krijgt nu een mail met de afspraak." in page.text
    assert "gaat door" in page.text
    assert buttons(page) == set()
    assert states(booking) == [C]
    assert story(booking.subject)[-1].actor == HOST


def test_looking_changes_nothing(
    client: CheckingClient, booking: RoomBooking, address: str
) -> None:
    before = (booking.version, len(story(booking.subject)))
    for method in ("HEAD", "GET", "OPTIONS"):
        client.open(f"{address}?answer=yes&yes-dates=1", method=method)
    found = fresh(booking)
    assert (found.version, len(story(found.subject))) == before
    headers = client.get(address).headers
    assert (headers["Cache-Control"], headers["Referrer-Policy"]) == ("no-store", "no-referrer")


def test_a_key_opens_the_dates_of_its_own_place_only(
    client: CheckingClient, room: Room, booking: RoomBooking, address: str
) -> None:
    form = client.visit(address).form(YES)
    token = address.rpartition("/")[2]
    other = transact(links.issue, "room_answer:99", booking.id, now=NOW)
    for wrong in (f"{token[:-1]}x", token.swapcase(), f"{room.venue_id}/{token}", f"98/{other}"):
        client.visit(f"/antwoord/{wrong}", status=404)
        assert client.post(f"/antwoord/{wrong}", data=form.fields).status_code == 404
    client.visit(f"/toestemming/{token}", status=404)
    assert states(booking) == [A]


def test_what_has_expired_says_how_it_can_still_be(
    client: CheckingClient, booking: RoomBooking, address: str
) -> None:
    transact(reserving.expire_room_question, booking.id, now=NOW + timedelta(days=7))
    page = client.visit(address)
    assert "De tijd om te antwoorden is voorbij." in page.text
    assert buttons(page) == set()


def test_hosts_of_another_place_have_a_door_of_their_own(
    client: CheckingClient, room: Room
) -> None:
    booking = booked(room_asked(room, recurrence=WEEKLY))
    other = by_hand(name="De Overkant", host=a_host("Kim", "kim@overkant.example"))

    def put_elsewhere() -> str:
        session.get_one(RoomBooking, booking.id).dates[-1].room_id = other.id
        key = links.issue(f"room_answer:{other.venue_id}", booking.id, now=NOW)
        return f"/antwoord/{other.venue_id}/{key}"

    page = client.visit(transact(put_elsewhere))
    assert page.h1 == "Taalcafé Overvecht vraagt De Overkant, Zaal"
    assert "25 februari" in page.text
    assert "18 februari" not in page.text
    page.form(YES).submit(YES)
    assert states(booking) == [A, A, A, C]
    nowhere = transact(links.issue, "room_answer:99", booking.id, now=NOW)
    client.visit(f"/antwoord/99/{nowhere}", status=404)


def test_a_no_needs_a_reason_and_another_reason_needs_words(
    client: CheckingClient, booking: RoomBooking, address: str
) -> None:
    form = client.visit(address).form(NO)
    page = form.submit(NO, status=422)
    assert page.errors == ["Kies waarom het niet kan."]
    assert page.title.startswith("Fout:")
    assert page.soup.select_one("#no-way[open]")
    page = form.fill(**{"no-reason": "other"}).submit(NO, status=422)
    assert page.errors == ["Schrijf kort waarom het niet kan."]
    words = "Dan is er <b>bingo</b>"
    page = page.form(NO).fill(**{"no-words": words}).submit(NO)
    assert words in page.text
    assert (states(booking), fresh(booking).dates[0].words) == ([D], words)


def test_another_time_is_proposed_on_another_day_or_hour(
    client: CheckingClient, booking: RoomBooking, address: str
) -> None:
    form = client.visit(address).form(OTHER)
    assert form.fields["other-starts"] == "19:00"
    page = form.fill(**{"other-ends": "18:00"}).submit(OTHER, status=422)
    assert page.errors == ["Kies een eindtijd die later is dan de begintijd."]
    assert page.form(OTHER).fields["other-ends"] == "18:00"
    skipped = {"other-day": "2027-03-28", "other-starts": "02:30", "other-ends": "04:00"}
    page = form.fill(**skipped).submit(OTHER, status=422)
    assert "verspringt de klok" in page.errors[0]
    closed = {"other-day": "2027-02-05", "other-starts": "05:00", "other-ends": "07:00"}
    page = form.fill(**closed).submit(OTHER, status=422)
    assert "De ruimte is op vr 5 feb open van 7.00 – 23.30 uur." in page.errors
    page = form.fill(**{"other-starts": "20:00", "other-ends": "22:00"}).submit(OTHER)
    assert "wacht op de organisatie" in page.text
    (date,) = fresh(booking).dates
    assert (date.state, date.proposed_by) == (A, Side.HOST)
    assert "Je stelde vrijdag 5 februari 2027, 20.00 – 22.00 uur voor." in page.text


def test_a_later_time_for_a_certain_date_shows_old_and_new(
    client: CheckingClient, booking: RoomBooking, address: str
) -> None:
    answer(booking, yes=booking.dates)
    (date,) = fresh(booking).dates
    propose(date, date.period.shifted(timedelta(hours=1)))
    page = client.visit(address)
    assert "Kan het op donderdag 4 februari 2027, 20.00 – 22.00 uur?" in page.text
    assert "Nu staat donderdag 4 februari 2027, 19.00 – 21.00 uur vast." in page.text
    page.form(NO).fill(**{"no-reason": "nobody_there"}).submit(NO)
    (date,) = fresh(booking).dates
    assert (date.state, date.proposed) == (C, None)


# ---- A series ----


def test_yes_to_these_and_no_to_the_rest_is_one_press(client: CheckingClient, room: Room) -> None:
    booking = booked(room_asked(room, recurrence=WEEKLY))
    page = client.visit(mailed_address())
    assert "elke week, 4 keer" in page.text
    first_two = [str(date.id) for date in booking.dates[:2]]
    form = page.form("say-yes-form").fill(**{"yes-dates": first_two})
    form = form.fill(**{"yes-rest": "nobody_there"})
    page = form.submit("Ja, deze data kunnen")
    assert states(booking) == [C, C, D, D]
    assert page.text.count("Er is dan niemand om open te doen.") == 2


def test_what_is_taken_is_named_and_cannot_be_ticked(client: CheckingClient, room: Room) -> None:
    booking = booked(room_asked(room, recurrence=WEEKLY))
    address = mailed_address()
    taken = koor(room, weeks=1)
    transact(_confirm, taken.id)
    page = client.visit(address)
    form = page.form("say-yes-form")
    assert len(form.fields.getlist("yes-dates")) == 3
    assert "donderdag 11 februari 2027, 19.00 – 21.00 uur: De ruimte is dan bezet." in page.text
    form.submit("Ja, deze data kunnen")  # what becomes of the other one is said later
    assert states(booking) == [C, A, C, C]
    page = client.visit(address)
    assert "Ja zeggen kan nu niet" in page.text
    assert page.soup.select_one("#other-way[open]")
    assert YES not in buttons(page)


def test_the_one_date_that_can_be_is_named(client: CheckingClient, room: Room) -> None:
    two = Recurrence(Frequency.WEEKLY, count=2)
    booking = booked(room_asked(room, recurrence=two))
    address = mailed_address()
    transact(_confirm, koor(room).id)
    form = client.visit(address).form("say-yes-form")
    form.fill(**{"yes-dates": "donderdag 11 februari 2027"})
    form.fill(**{"yes-rest": "in_use"}).submit("Ja, deze data kunnen")
    assert states(booking) == [D, C]


def test_a_time_that_was_taken_meanwhile_is_refused_with_the_reason(
    client: CheckingClient, room: Room, booking: RoomBooking, address: str
) -> None:
    form = client.visit(address).form(YES)
    transact(_confirm, koor(room).id)
    page = form.submit(YES, status=422)
    assert page.errors[1] == "De ruimte is dan bezet."
    assert page.title.startswith("Fout:")
    assert states(booking) == [A]


def _confirm(booking_id: int) -> None:
    """As a room that confirms at once does."""
    confirm_date(session.get_one(RoomBooking, booking_id).dates[0], NOW)


# ---- Others who ask ----


def test_who_loses_by_a_yes_is_shown_with_what_they_will_read(
    client: CheckingClient, room: Room, booking: RoomBooking, address: str
) -> None:
    other = koor(room)
    page = client.visit(address)
    for said in (
        "Kies je Taalcafé Overvecht, dan gaat dit niet door:",
        "Koor: Taalcafé, met 12 mensen",
        "Een andere organisatie vroeg dezelfde tijd en krijgt de ruimte.",
    ):
        assert said in page.text
    page.form(CHOOSE).submit(CHOOSE)
    assert (states(booking), states(other)) == ([C], [D])


def test_who_came_meanwhile_is_shown_first_and_then_it_is_done_knowingly(
    client: CheckingClient, room: Room, booking: RoomBooking, address: str
) -> None:
    first = koor(room)
    form = client.visit(address).form(CHOOSE).fill(**{"yes-words": "Welkom!"})
    second = booked(room_asked(room, email="c@buren.example", organisation="Naaiclub"))
    page = form.submit(CHOOSE, status=409)
    assert "Er kwam net nog een vraag bij" in page.errors[0]
    assert "Koor: Taalcafé" in page.text
    assert "Naaiclub: Taalcafé" in page.text
    assert [states(each) for each in (booking, first, second)] == [[A], [A], [A]]
    again = page.form(CHOOSE)
    assert again.fields["yes-words"] == "Welkom!"
    again.submit(CHOOSE)
    assert [states(each) for each in (booking, first, second)] == [[C], [D], [D]]


def test_two_hosts_with_the_same_page_open_give_one_answer(
    client: CheckingClient, booking: RoomBooking, address: str
) -> None:
    one, two = client.visit(address), client.visit(address)
    one.form(YES).submit(YES)
    page = two.form(NO).fill(**{"no-reason": "in_use"}).submit(NO, status=409)
    assert "Iemand veranderde deze reservering net." in page.errors[0]
    assert "gaat door" in page.text
    assert states(booking) == [C]
    again = one.form(YES).submit(YES)  # the very same form: said once
    assert again.status == 200
    assert [entry.action for entry in story(booking.subject)].count("room agreed") == 1


# ---- Signed in ----


def test_hosts_see_and_answer_only_what_is_asked_of_them(
    signed_in: SignIn, room: Room, host: Person, booking: RoomBooking
) -> None:
    other = a_host("Kim", "kim@overkant.example")
    by_hand(name="De Overkant", host=other)
    kim, jo = signed_in(other), signed_in(host)
    assert "Niemand wacht op jouw antwoord." in kim.visit("/mijn-ruimtes/vragen").text
    here = f"/mijn-ruimtes/vragen/{booking.id}"
    kim.visit(here, status=404)
    kim.visit("/mijn-ruimtes/vragen/99", status=404)
    assert "1 vraag wacht op jou" in jo.visit("/mijn-ruimtes").text
    page = jo.visit("/mijn-ruimtes/vragen").link("Geef antwoord").follow()
    form = page.form(YES)
    assert kim.post(here, data=form.fields).status_code in (400, 404)
    form.submit(YES)
    entry = story(booking.subject)[-1]
    assert (entry.action, entry.person_id) == ("room agreed", host.id)
    assert "Niemand wacht op jouw antwoord." in jo.visit("/mijn-ruimtes/vragen").text


def test_the_first_to_end_stands_on_top(signed_in: SignIn, room: Room, host: Person) -> None:
    later = koor(room, weeks=2)
    sooner = booked(room_asked(room, THURSDAY + timedelta(days=1)), now=NOW - timedelta(days=2))
    jo = signed_in(host)
    text = jo.visit("/mijn-ruimtes/vragen").text
    assert text.index(sooner.organisation.name) < text.index(later.organisation.name)


@pytest.mark.parametrize("path", ["/mijn-ruimtes/vragen", "/planning/reserveringen"])
def test_a_list_takes_as_many_queries_for_one_as_for_many(
    signed_in: SignIn, room: Room, host: Person, count_queries: CountQueries, path: str
) -> None:
    visitor = signed_in(transact(_planner) if "planning" in path else host)
    counted = []
    for weeks in (0, 1, 2, 3):
        koor(room, weeks)
        with count_queries() as seen:
            visitor.visit(path)
        counted.append(len(seen))
    assert counted[-1] == counted[1] <= counted[0] + 1


def _planner() -> Person:
    return person("Pia", Role.PLANNER)


def test_a_planner_sees_what_waits_and_answers_for_a_host_who_calls(
    signed_in: SignIn, room: Room, booking: RoomBooking
) -> None:
    planner = transact(_planner)
    desk = signed_in(planner)
    waits = "/planning/reserveringen?stand=wacht"
    page = desk.visit(waits).link("Taalcafé Overvecht").follow()
    assert "wacht op de beheerder" in page.text
    page = page.form(NO).fill(**{"no-reason": "does_not_fit"}).submit(NO)
    assert page.path == f"/planning/reserveringen/{booking.id}"
    assert "beheerder zegt nee, Pia: Wat jullie willen doen past niet" in page.text
    assert states(booking) == [D]
    assert "Geen beheerder hoeft iets te beantwoorden." in desk.visit(waits).text
    assert "afgewezen" in desk.visit("/planning/reserveringen").text
    desk.visit("/planning/reserveringen/99", status=404)
