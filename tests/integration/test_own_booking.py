"""The private page of a booking of a room: whoever has the key, and only they."""

from collections.abc import Callable
from datetime import datetime, time, timedelta

import pytest
from flask import Flask

from booking.models import RoomBooking
from booking.rules.recurrence import Frequency, Recurrence, Times
from booking.rules.room_changes import Scope
from booking.rules.room_lifecycle import DateState, Side
from core import links
from core.db import transact
from core.history import story
from tests.builders import NOW, THURSDAY, booked, room_asked
from tests.calendars import OwnCalendar
from tests.conftest import CountQueries
from tests.integration.room_changes import (
    LATER,
    asked,
    cancel,
    fresh,
    held,
    host_proposes,
    lent,
    lent_elsewhere,
    move,
    series,
)
from tests.pages import CheckingClient, Page
from venues.models import Venue

pytestmark = pytest.mark.on("sqlite")

SetClock = Callable[[datetime], None]
HOUR, WEEK = timedelta(hours=1), timedelta(weeks=1)
LAST_HOUR = Times(time(21), time(22))
DETAILS = "Wijzig aantal, doel of telefoon"


@pytest.fixture(autouse=True)
def at_ten(app: Flask, set_clock: SetClock) -> None:
    set_clock(NOW)


def key(booking: RoomBooking) -> str:
    return f"/reservering/{transact(links.issue, *booking.subject, now=NOW)}"


def date_page(booking: RoomBooking, number: int, what: str, address: str = "") -> str:
    return f"{address or key(booking)}/data/{booking.dates[number].id}/{what}"


def states(booking: RoomBooking) -> list[DateState]:
    return [date.state for date in fresh(booking).dates]


def says(page: Page, *sentences: str) -> None:
    for sentence in sentences:
        assert sentence in page.text, f"{sentence!r} not in {page.text}"


# ---- How it stands ----


def test_the_page_says_how_it_stands_and_how_to_get_there(client: CheckingClient) -> None:
    room = lent()
    transact(_receive, room.venue)
    booking = series(room)
    page = client.visit(key(booking))
    assert page.h1 == "Taalcafé in De Buurtkamer, Zaal"
    says(
        page,
        f"Reservering {booking.reference}",
        "gaat door De ruimte is voor jullie.",
        "De volgende keer",
        "donderdag 4 februari 2027",
        "19.00 – 21.00 uur",
        "4 data elke week",
        "Voorbeeldstraat 1, 3563 CB Utrecht",
        "030 111 22 33",
        "Bel aan bij de blauwe deur",
        "Je reserveerde.",
    )
    assert "Jo" not in page.text.split(), "names of who works there are nobody's business"


def _receive(venue: Venue) -> None:
    venue.phone, venue.arrival = "030 111 22 33", "Bel aan bij de blauwe deur."


STANDS: dict[str, tuple[Callable[[], RoomBooking], tuple[str, ...]]] = {
    "asked": (asked, ("wacht op antwoord", "Uiterlijk dinsdag 1 december 2026")),
    "withdrawn": (lambda: cancel(asked(), 0, Scope.ALL), ("ingetrokken", "De beheerder weet het")),
    "cancelled": (
        lambda: cancel(series(), 0, Scope.ALL, why="Griep"),
        ("geannuleerd", "De reden: Griep", "Reserveer hier opnieuw"),
    ),
}


@pytest.mark.parametrize("name", STANDS)
def test_each_state_has_a_word_and_what_comes_next(client: CheckingClient, name: str) -> None:
    make, expected = STANDS[name]
    says(client.visit(key(make())), *expected)


def test_what_is_over_says_so(client: CheckingClient, set_clock: SetClock) -> None:
    booking = series()
    address, last = key(booking), booking.dates[-1]
    set_clock(last.starts_at)
    page = client.visit(address)
    says(page, "geweest", "Tot een volgende keer")
    assert client.get(f"{address}/agenda.ics").status_code == 404
    for what in ("verzet", "annuleer"):
        assert client.visit(date_page(booking, -1, what, address)).path == address
    assert client.visit(f"{address}/gegevens").path == address


def test_the_whole_thing_goes_into_a_calendar(client: CheckingClient) -> None:
    booking = series()
    move(booking, 1, LATER)
    answer = client.get(f"{key(booking)}/agenda.ics")
    assert answer.mimetype == "text/calendar"
    found = OwnCalendar()
    for entry in answer.text.split("BEGIN:VEVENT")[1:]:
        head = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT"
        found.take(
            (head + entry.partition("END:VEVENT")[0] + "END:VEVENT\r\nEND:VCALENDAR").encode()
        )
    assert found.shown == held(booking)


def test_nothing_to_put_in_a_calendar_while_it_is_asked(client: CheckingClient) -> None:
    assert client.get(f"{key(asked())}/agenda.ics").status_code == 404


def test_an_altered_key_opens_nothing(client: CheckingClient) -> None:
    booking = series()
    other = transact(links.issue, "booking_request", booking.id, now=NOW)
    for token in ("x", other, key(booking)[13:-1]):
        for page in ("", "/agenda.ics", "/gegevens", f"/data/{booking.dates[0].id}/verzet"):
            client.visit(f"/reservering/{token}{page}", status=404)
    elsewhere = booked(room_asked(lent_elsewhere()))
    client.visit(date_page(elsewhere, 0, "annuleer", key(booking)), status=404)


def test_looking_changes_nothing(client: CheckingClient) -> None:
    booking = series()
    before = booking.version, len(story(booking.subject))
    address = key(booking)
    asked_for = "?scope=all&voor=all&van=10:00&tot=11:00&datum=2027-02-04&ruimte=0"
    pages = [address, f"{address}/gegevens", f"{address}/agenda.ics"]
    pages += [date_page(booking, 0, what, address) for what in ("verzet", "annuleer")]
    for path in pages:
        for method in ("GET", "HEAD"):
            client.open(
                f"{path}{asked_for}",
                method=method,
            )
        headers = client.get(path).headers
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["Cache-Control"] == "no-store"
    found = fresh(booking)
    assert (found.version, len(story(found.subject))) == before


def test_a_year_of_dates_costs_no_more_queries(
    client: CheckingClient, count_queries: CountQueries
) -> None:
    room = lent(dates_ahead=60)
    few, many = (
        series(room, 2),
        booked(
            room_asked(
                room,
                THURSDAY + timedelta(days=1),
                Recurrence(Frequency.WEEKLY, count=40),
                email="a@b.example",
            )
        ),
    )
    counts = []
    for booking in (few, many):
        address = key(booking)
        look = "?voor=all&datum=2027-02-05&van=18:00&tot=19:00&ruimte=0"
        found = []
        for path in (address, date_page(booking, 0, f"verzet{look}", address)):
            with count_queries() as seen:
                client.visit(path)
            found.append(len(seen))
        counts.append(found)
    assert counts[0] == counts[1]
    assert max(counts[0]) <= 30


# ---- Cancel ----


def test_one_date_is_cancelled_and_twice_is_once(client: CheckingClient) -> None:
    booking = series()
    address = key(booking)
    page = client.visit(address)
    form = client.visit(date_page(booking, 1, "annuleer", address)).form("/annuleer")
    page = form.fill(scope="this", why="Ziek").submit("Ja, annuleer")
    says(page, "Geannuleerd. De beheerder weet het", "3 data elke week", "De reden: Ziek")
    assert form.submit("Ja, annuleer").path == address
    assert states(booking).count(DateState.CANCELLED) == 1
    assert [entry.action for entry in story(booking.subject)].count("dates cancelled") == 1


def test_all_are_cancelled_from_one_button(client: CheckingClient) -> None:
    booking = series()
    page = client.visit(key(booking)).link("Annuleer alles").follow()
    says(page, "4 data, vanaf donderdag 4 februari 2027")
    says(page.form("/annuleer").submit("Ja, annuleer"), "geannuleerd", "Je annuleerde: 4 data.")
    assert set(states(booking)) == {DateState.CANCELLED}


def test_close_to_the_date_the_phone_comes_first(
    client: CheckingClient, set_clock: SetClock
) -> None:
    room = lent(cancel_hours=24)
    transact(_receive, room.venue)
    booking = series(room)
    address, first = key(booking), booking.dates[0].starts_at
    set_clock(first - timedelta(hours=24))
    path = date_page(booking, 0, "annuleer", address)
    assert "Het is al bijna zover" not in client.visit(path).text
    set_clock(first - timedelta(hours=23))
    says(client.visit(path), "Het is al bijna zover.", "030 111 22 33")


def test_an_old_page_of_cancelling_is_refused_with_all_that_was_typed(
    client: CheckingClient,
) -> None:
    booking = series()
    address = key(booking)
    old = client.visit(date_page(booking, 1, "annuleer", address)).form("/annuleer")
    cancel(booking, 0)
    page = old.fill(scope="following", why="Wij stoppen").submit("Ja, annuleer", status=409)
    says(page, "Iemand veranderde deze reservering net", "Hieronder staat wat nu geldt.")
    again = page.form("/annuleer")
    assert (again.fields["why"], again.fields["scope"]) == ("Wij stoppen", "following")
    again.submit("Ja, annuleer")
    assert set(states(booking)) == {DateState.CANCELLED}


# ---- Move ----


def look(client: CheckingClient, booking: RoomBooking, number: int = 1, **typed: str) -> Page:
    form = client.visit(date_page(booking, number, "verzet")).form("Bekijk of het kan")
    return form.fill(**typed).submit("Bekijk of het kan")


def test_shorter_is_at_once_and_longer_is_asked(client: CheckingClient) -> None:
    booking = series(confirms_at_once=False)
    page = look(client, booking, voor="following", tot="20:00")
    says(page, "Zo wordt het", "19.00 – 20.00 uur", "meteen")
    says(page.form("Ja, verzet 3 data").submit(), "Verzet. De nieuwe tijd staat vast")
    page = look(client, fresh(booking), 0, tot="22:00")
    says(page, "de beheerder antwoordt", "Tot de beheerder ja zegt")
    form = page.form("Vraag het de beheerder")
    page = form.submit()
    says(
        page,
        "Gevraagd.",
        "Je vroeg een andere tijd",
        "Jij vroeg: 19.00 – 22.00 uur",
    )
    assert fresh(booking).dates[0].proposed_by is Side.ASKER
    assert form.submit().path == page.path, "twice is once"
    form = page.form("Laat toch maar")
    says(form.submit(), "Alles blijft zoals het was.")
    assert form.submit().path == page.path
    assert fresh(booking).dates[0].proposed_by is None


def test_what_cannot_move_stays_and_says_why(client: CheckingClient) -> None:
    room = lent(after_minutes=0)
    booking = series(room)
    booked(
        room_asked(
            room,
            THURSDAY + WEEK,
            times=Times(LATER.starts.replace(hour=21), LATER.ends),
            email="a@b.example",
        )
    )
    page = look(client, fresh(booking), 0, voor="all", van="20:00", tot="22:00")
    says(
        page, "kan niet", "De ruimte is dan bezet.", "1 datum kan niet, en blijft zoals die nu is."
    )
    page.form("Ja, verzet 3 data").submit()
    assert [start.hour for start, _end, _place in held(booking)] == [19, 18, 19, 19]


def test_a_taken_time_comes_with_what_can_be_had(client: CheckingClient) -> None:
    room = lent(after_minutes=0)
    booking = series(room, 2)
    booked(room_asked(room, THURSDAY + timedelta(days=1), email="a@b.example"))
    page = look(client, fresh(booking), 0, datum="2027-02-05")
    says(page, "Dit kan wel")
    assert page.soup.main
    free = page.soup.main.select("a.action-link")
    page = client.visit(str(free[0]["href"]).partition("#")[0])
    says(page, "meteen")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"tot": "18:00"}, "Kies een eindtijd die later is"),
        ({"van": "x"}, "Vul een tijd in"),
        ({"datum": ""}, "Vul een datum in"),
    ],
)
def test_what_is_typed_wrong_is_explained(
    client: CheckingClient, typed: dict[str, str], sentence: str
) -> None:
    form = client.visit(date_page(series(), 0, "verzet")).form("Bekijk of het kan")
    page = form.fill(**typed).submit("Bekijk of het kan", status=422)
    assert any(sentence in error for error in page.errors), page.errors


def test_what_is_taken_between_looking_and_sending_is_said(client: CheckingClient) -> None:
    room = lent(after_minutes=0)
    booking = series(room, 2)
    page = look(client, booking, 0, van="21:00", tot="22:00")
    booked(room_asked(room, times=LAST_HOUR, email="a@b.example"))
    page = page.form("Ja, verzet deze datum").submit(status=409)
    says(page, "Dit is niet gelukt", "De ruimte is dan bezet.")
    assert page.form("Bekijk of het kan").fields["van"] == "21:00"


def test_another_room_nearby_is_offered_only_when_it_is_sure(client: CheckingClient) -> None:
    booking, other = series(), lent_elsewhere()
    page = look(client, booking, 1, voor="following", ruimte=str(other.id))
    says(page, "in De Overkant, Zaal")
    page = page.form("Ja, verzet 3 data").submit()
    says(page, "De Overkant, Zaal")
    assert {date.room_id for date in fresh(booking).dates[1:]} == {other.id}


# ---- The host proposes ----


def test_the_time_of_the_host_is_taken_or_left(client: CheckingClient) -> None:
    booking = series(confirms_at_once=False)
    before = held(booking)
    host_proposes(booking, 0, 1)
    page = client.visit(key(booking))
    says(page, "andere tijd De beheerder stelt een andere tijd voor.", "20.00 – 22.00 uur")
    first, second = (str(date.id) for date in fresh(booking).dates[:2])
    page = page.form("/voorstel").fill(dates=[first]).submit("Neem de nieuwe tijd")
    says(page, "Afgesproken.")
    assert held(booking)[0][0] == before[0][0] + HOUR
    form = page.form("/voorstel")
    assert form.fields["dates"] == second
    says(form.submit("Nee, dit past niet"), "dat de andere tijd niet past")
    assert held(booking)[1] == before[1]
    assert form.submit("Neem de nieuwe tijd").path == page.path
    assert held(booking)[1] == before[1], "a page that is out of date changes nothing"


def test_no_date_chosen_and_an_old_page(client: CheckingClient) -> None:
    booking = series()
    host_proposes(booking, 0, 1)
    form = client.visit(key(booking)).form("/voorstel")
    page = form.fill(dates=[]).submit("Neem de nieuwe tijd", status=422)
    assert "Kies minstens één datum." in page.errors
    old = client.visit(key(booking)).form("/voorstel")
    cancel(fresh(booking), 3)
    page = old.submit("Neem de nieuwe tijd", status=409)
    says(page, "Iemand veranderde deze reservering net")


# ---- Details ----


def test_details_change_and_a_small_room_is_said(client: CheckingClient) -> None:
    booking = series(people=14)
    form = client.visit(key(booking)).link(DETAILS).follow().form("/gegevens")
    page = form.fill(people=15).submit("Bewaar", status=422)
    assert any("passen 14 mensen" in error for error in page.errors)
    form = page.form("/gegevens").fill(people=14, purpose="Leeskring")
    page = form.submit("Bewaar")
    assert form.submit("Bewaar").path == page.path, "twice is once"
    assert page.h1.startswith("Leeskring")
    says(page, "Je paste gegevens aan.")


def test_details_from_an_old_page_show_both_versions(client: CheckingClient) -> None:
    booking = series()
    old = client.visit(f"{key(booking)}/gegevens").form("/gegevens").fill(people=9)
    cancel(booking, 3)
    page = old.submit("Bewaar", status=409)
    says(page, "Iemand veranderde deze reservering net", "Dit staat er nu")
    assert page.form("/gegevens").fields["people"] == "9"
    page.form("/gegevens").submit("Bewaar")
    assert fresh(booking).people == 9
