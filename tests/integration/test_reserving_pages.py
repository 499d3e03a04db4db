"""Booking a room on the pages: what can be chosen, what is wrong, and nothing that is lost."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

import pytest
from flask import Flask

from booking.rules.recurrence import Frequency, Recurrence, Times
from booking.rules.room_lifecycle import DateState
from booking.services.reserving.booking import BOOKINGS_PER_ADDRESS
from booking.views.drafting import DRAFTS_AT_MOST, Draft
from core import rate_limit
from core.db import transact
from tests import asking
from tests.builders import EVENING, NOW, THURSDAY, booked, meeting_room, room_asked, stage
from tests.conftest import CountQueries
from tests.pages import CheckingClient
from tests.reserving import (
    WEEKLY,
    WHAT,
    WHO,
    bookings_kept,
    dates_form,
    said,
    start_of,
    to_check,
    to_contact,
)
from venues.models import Room, RoomState

pytestmark = [pytest.mark.usefixtures("app"), pytest.mark.on("sqlite")]
A_WEEK = timedelta(weeks=1)


@pytest.fixture(autouse=True)
def at_ten(set_clock: Callable[[datetime], None]) -> None:
    set_clock(NOW)


def lent(**facts: object) -> Room:
    return transact(partial(meeting_room, **facts))  # type: ignore[arg-type]


def take(room: Room, *days: date, times: Times = EVENING) -> None:
    """By somebody else."""
    for day in days:
        booked(room_asked(room, day, times=times, email="ander@groep.example"))


def test_one_date_in_four_pages(client: CheckingClient) -> None:
    room = lent()
    page = client.visit(f"{start_of(room)}?datum=2027-02-04&van=19:00&tot=21:00&mensen=12")
    assert page.title.startswith("Stap 1 van 3")
    assert "De ruimte is vrij donderdag 4 februari 2027, 19.00 – 21.00 uur" in page.text
    page = page.form("reserve").fill(waarvoor="Taalcafé").submit("Verder")
    assert page.title.startswith("Stap 2 van 3: Wie ben je?")
    page = page.form().fill(**WHO).submit("Verder")
    assert page.title.startswith("Stap 3 van 3: Controleer")
    for words in ("De Buurtkamer, Zaal", "donderdag 4 februari 2027", "Taalcafé Overvecht", "12"):
        assert words in page.text
    assert "meteen van jullie" in page.text
    assert not bookings_kept()
    page = page.form().submit("Reserveer nu")
    assert page.h1 == "Je reservering staat vast"
    (booking,) = bookings_kept()
    assert booking.reference in page.text
    assert [each.state for each in booking.dates] == [DateState.CONFIRMED]
    assert (booking.contact_email, booking.purpose) == (WHO["email"], "Taalcafé")
    assert client.visit(f"{start_of(room)}/controleer").path == start_of(room)


WRONG: dict[str, tuple[dict[str, Any], str, str]] = {
    "ends_before_it_starts": ({"tot": "18:00"}, "tot", "later is dan de begintijd"),
    "too_short": ({"tot": "19:15"}, "tot", "minstens 30 minuten"),
    "too_long": ({"van": "10:00"}, "tot", "hoogstens 4 uur"),
    "400_days": ({"herhaling": "weekly", "tot_en_met": "2028-03-10"}, "tot_en_met", "een jaar"),
    "no_end": ({"herhaling": "weekly"}, "tot_en_met", "een van de twee"),
    "count_0": ({"herhaling": "weekly", "keer": 0}, "keer", "2 tot en met 53"),
    "count_words": ({"herhaling": "weekly", "keer": "vaak"}, "keer", "in cijfers"),
    "nobody": ({"mensen": 0}, "mensen", "van 1 tot"),
    "too_many": ({"mensen": 33}, "mensen", "30 mensen in: 3 te weinig"),
    "no_purpose": ({"waarvoor": ""}, "waarvoor", "bijvoorbeeld taalcafé"),
    "no_date": ({"datum": "gisteren"}, "datum", "dag-maand-jaar"),
    "past": ({"datum": "2026-11-23"}, "datum", "al voorbij"),
    "closed": ({"van": "05:00", "tot": "06:30"}, "datum", "open van 7.00"),
    "no_such_time": (
        {"datum": "2027-03-28", "van": "02:15", "tot": "03:30"},
        "van",
        "verspringt de klok",
    ),
}


def test_what_is_wrong_is_said_at_its_field_and_stays_typed(client: CheckingClient) -> None:
    room = lent()
    for case, (typed, field, words) in WRONG.items():
        page = dates_form(client, room, **typed).submit("Verder", status=422)
        assert words in said(page, field), case
        fields = page.form("reserve").fields
        assert {name: fields[name] for name in typed} == {n: str(v) for n, v in typed.items()}, case


def test_an_address_that_says_nonsense_says_nothing(client: CheckingClient) -> None:
    start = start_of(lent())
    for day in ("gisteren", "9999-12-31", "0001-01-01", "2027-02-30"):
        query = f"?datum={day}&van=99:99&tot=&mensen=veel&keuze-=x&vrij=y"
        page = client.visit(start + query)
        assert page.form("reserve").fields["datum"] == ""
        assert "Vul een datum en de tijden in" in page.text
        client.visit(f"{start}?datum={day}&van=19:00&tot=21:00", htmx=True)


def test_a_series_shows_what_is_taken_before_anybody_goes_on(client: CheckingClient) -> None:
    """As without JavaScript: the first time the dates were not shown yet."""
    room, other = lent(), lent(name="De Overkant")
    take(room, THURSDAY + A_WEEK, THURSDAY + 2 * A_WEEK)
    page = dates_form(client, room, **WEEKLY).submit("Verder")
    assert page.h1 == "Reserveer De Buurtkamer, Zaal"
    assert "2 data kunnen niet zo Kies wat je daar wilt." in page.text
    assert "Elke donderdag, 19.00 – 21.00 uur".lower() in page.text.lower()
    assert page.text.count("De ruimte is dan bezet.") == 2
    form = page.form("reserve").fill(**{"keuze-2027-02-18": "In De Overkant, Zaal"})
    page = form.fill(**{"keuze-2027-03-04": False}).submit("Verder")
    page = page.form().fill(**WHO).submit("Verder")
    assert "donderdag 18 februari 2027, 19.00 – 21.00 uur, in De Overkant, Zaal" in page.text
    assert "Deze data sla je over do 11 feb 2027 do 4 mrt 2027" in page.text
    page.form().submit("Reserveer nu")
    booking = bookings_kept()[-1]
    assert [(each.day_on.isoformat(), each.room_id) for each in booking.dates] == [
        ("2027-02-04", room.id),
        ("2027-02-18", other.id),
        ("2027-02-25", room.id),
    ]


def test_a_series_without_taken_dates_goes_on_at_once(client: CheckingClient) -> None:
    """The twin of the one above: nothing has to be seen first."""
    assert to_contact(client, lent(), **WEEKLY).h1 == "Wie ben je?"


def test_dates_can_be_looked_at_first(client: CheckingClient) -> None:
    monthly = {"herhaling": "monthly", "keer": 4, "datum": "2027-02-18"}
    page = dates_form(client, lent(), **monthly).submit("Bekijk de data")
    assert "elke derde donderdag van de maand" in page.text.lower()
    assert "Alle 4 data" in page.text
    assert page.path.endswith("/reserveren")


def test_the_dates_follow_what_is_filled_in(client: CheckingClient) -> None:
    """htmx asks with what stands in the form, also when it is not finished."""
    room = lent()
    take(room, THURSDAY + A_WEEK)
    ask = partial(client.get, start_of(room), headers={"HX-Request": "true"})
    said_now = ask(query_string={**WHAT, **WEEKLY, "waarvoor": ""}).get_data(as_text=True)
    assert 'id="dates"' in said_now
    assert "4 van de 5 data" in said_now
    assert "Kies een eindtijd" in ask(query_string={**WHAT, "tot": "18:00"}).get_data(as_text=True)
    assert "Vul een datum" in ask(query_string={"datum": "20"}).get_data(as_text=True)


def test_one_taken_date_offers_what_is_near(client: CheckingClient) -> None:
    room, other = lent(), lent(name="De Overkant")
    take(room, THURSDAY)
    page = dates_form(client, room).submit("Verder", status=422)
    assert "bezet. Kies hieronder wat je wilt op do 4 feb." in said(page, "datum")
    waiting = page.link("Of kom op de wachtlijst voor dit moment").href
    assert waiting.endswith("/wachtlijst?datum=2027-02-04&van=19:00&tot=21:00&mensen=12")
    for offered in ("16.45 – 18.45", "21.15 – 23.15", "vrijdag 5 februari", "In De Overkant"):
        assert offered in page.text
    choice = {"keuze-2027-02-04": "In De Overkant"}
    page = page.form("reserve").fill(**choice).submit("Verder")
    page = page.form().fill(**WHO).submit("Verder")
    page.form().submit("Reserveer nu")
    booking = bookings_kept()[-1]
    assert (booking.room_id, booking.dates[0].is_apart) == (other.id, False)


def test_what_is_taken_between_check_and_send_comes_back(client: CheckingClient) -> None:
    """All that was filled in is still there, and what can be done stands beside it."""
    room = lent()
    page = to_check(client, room, **WEEKLY)
    take(room, THURSDAY + A_WEEK)
    page = page.form().submit("Reserveer nu", status=409)
    assert page.h1 == "Reserveer De Buurtkamer, Zaal"
    assert page.errors[0] == "Donderdag 11 februari 2027 kan niet."
    assert "De ruimte is dan bezet." in page.text
    assert len(bookings_kept()) == 1
    earlier = {"keuze-2027-02-11": "Zelfde dag, 16.45"}
    page = page.form("reserve").fill(**earlier).submit("Verder")
    assert page.h1 == "Controleer je reservering"
    assert "donderdag 11 februari 2027, 16.45 – 18.45 uur" in page.text
    assert WHO["email"] in page.text
    assert page.form().submit("Reserveer nu").h1 == "Je reservering staat vast"
    assert len(bookings_kept()[-1].dates) == 5


def test_what_was_chosen_instead_is_never_left_out_silently(client: CheckingClient) -> None:
    room = lent()
    take(room, THURSDAY + A_WEEK)
    page = dates_form(client, room, **WEEKLY).submit("Verder")
    form = page.form("reserve").fill(**{"keuze-2027-02-11": "Zelfde dag, 16.45"})
    take(room, THURSDAY + A_WEEK, times=Times(time(16), time(18)))
    page = form.submit("Verder", status=422)
    assert "Wat je koos voor do 11 feb kan niet meer. Kies opnieuw." in said(page, "datum")
    assert page.form("reserve").submit("Verder").h1 == "Wie ben je?"


def test_the_check_says_what_was_taken_meanwhile(client: CheckingClient) -> None:
    room = lent()
    to_check(client, room, **WEEKLY)
    take(room, THURSDAY + A_WEEK)
    page = client.visit(f"{start_of(room)}/controleer")
    assert "1 datum is net bezet geraakt." in page.text
    assert page.link("Kies wat je daar wilt").follow().path == start_of(room)


def test_nobody_else_came_between_so_all_dates_are_booked(client: CheckingClient) -> None:
    """The twin of the two above."""
    page = to_check(client, lent(), **WEEKLY)
    assert "net bezet" not in page.text
    page.form().submit("Reserveer nu")
    assert [len(each.dates) for each in bookings_kept()] == [5]


def test_going_back_loses_nothing(client: CheckingClient) -> None:
    room = lent()
    page = dates_form(client, room, **WEEKLY).submit("Bekijk de data")
    form = page.form("reserve").fill(**{"keuze-2027-02-25": False})
    form.submit("Verder").form().fill(**WHO).submit("Verder")
    page = client.visit(start_of(room))
    fields = page.form("reserve").fields
    assert {name: fields[name] for name in WHAT} == {n: str(v) for n, v in WHAT.items()}
    assert "4 van de 5 data" in page.text
    assert "keuze-2027-02-25" not in fields
    who = client.visit(f"{start_of(room)}/wie-ben-je").form().fields
    assert {name: who[name] for name in WHO} == WHO


def test_a_date_left_out_stays_out_when_the_time_changes(client: CheckingClient) -> None:
    room = lent()
    page = dates_form(client, room, **WEEKLY).submit("Bekijk de data")
    form = page.form("reserve").fill(**{"keuze-2027-02-25": False}).fill(tot="22:00")
    assert "4 van de 5 data" in form.submit("Bekijk de data").text


def test_the_cube_and_two_rooms_can_be_filled_in_at_once(client: CheckingClient) -> None:
    stage()
    first, second = lent(), lent(name="De Overkant")
    asking.say_where(client)
    to_check(client, first)
    to_contact(client, second, datum="2027-02-05")
    assert client.visit(f"{start_of(first)}/controleer").h1 == "Controleer je reservering"
    client.visit(f"{start_of(first)}/controleer").form().submit("Reserveer nu")
    assert client.visit(f"{start_of(second)}/wie-ben-je").h1 == "Wie ben je?"
    assert client.visit(asking.WHEN).path == asking.WHEN


def test_a_cookie_keeps_so_many_drafts_and_no_more(app: Flask) -> None:
    drafts = [Draft(f"room-{n}") for n in range(DRAFTS_AT_MOST + 1)]
    with app.test_request_context():
        for n, draft in enumerate(drafts):
            draft.keep("dates", {"n": n})
        assert drafts[0].token is None
        assert [draft.answers["dates"]["n"] for draft in drafts[1:]] == [*range(1, len(drafts))]
        drafts[1].forget()
        assert (drafts[1].answers, drafts[2].answers) == ({}, {"dates": {"n": 2}})


def test_the_same_form_sent_twice_books_once(client: CheckingClient) -> None:
    page = to_check(client, lent())
    first, second = page.form().submit("Reserveer nu"), page.form().submit("Reserveer nu")
    assert first.h1 == second.h1 == "Je reservering staat vast"
    assert len(bookings_kept()) == 1


def test_a_host_who_answers_has_a_term(client: CheckingClient) -> None:
    page = to_check(client, lent(confirms_at_once=False))
    assert "antwoordt uiterlijk dinsdag 1 december 2026" in page.text
    page = page.form().submit("Verstuur je vraag")
    assert page.h1 == "Je vraag is verstuurd"
    assert "De beheerder antwoordt uiterlijk dinsdag 1 december 2026." in page.text


def test_a_room_for_neighbours_asks_the_postcode(client: CheckingClient) -> None:
    room = lent(bookable_by="neighbours")
    page = to_contact(client, room)
    form = page.form().fill(**WHO, postcode="3524")
    page = form.submit("Verder", status=422)
    assert "organisaties uit de wijk" in said(page, "postcode")
    assert page.link("Of zoek een ruimte voor iedereen").href == "/ruimtes"
    page = page.form().fill(postcode="3563 CB").submit("Verder")
    page.form().submit("Reserveer nu")
    assert bookings_kept()[0].pc4 == "3563"


def test_a_room_for_who_was_there_before_says_how_to_become_that(client: CheckingClient) -> None:
    room = lent()
    booked(room_asked(room, THURSDAY + A_WEEK, email=WHO["email"]))
    transact(lambda: setattr(room, "bookable_by", "known"))
    page = client.visit(start_of(room))
    assert "Ben je nieuw? Bel dan eerst: 030" in page.text
    page = dates_form(client, room).submit("Verder")
    page = page.form().fill(**{**WHO, "email": "nieuw@groep.example"}).submit("Verder", status=422)
    assert "die er eerder waren" in said(page, "email")
    assert page.form().fill(**WHO).submit("Verder").h1 == "Controleer je reservering"


def test_more_dates_than_one_organisation_may_have_is_said_on_page_1(
    client: CheckingClient,
) -> None:
    page = dates_form(client, lent(dates_ahead=4), **WEEKLY).submit("Verder", status=422)
    assert "Kies er nu hoogstens 4." in said(page, "datum")
    form = page.form("reserve").fill(**{"keuze-2027-02-25": False})
    assert form.submit("Verder").h1 == "Wie ben je?"


def test_a_room_that_takes_nothing_new(client: CheckingClient) -> None:
    cases: list[tuple[dict[str, Any], int]] = [
        ({"state": RoomState.PAUSED}, 200),
        ({"state": RoomState.DRAFT}, 404),
        ({"state": RoomState.RETIRED}, 404),
        ({"welcomes_meetings": False}, 404),
    ]
    for facts, status in cases:
        page = client.visit(start_of(lent(**facts)), status=status)
        assert not page.soup.select("form#reserve"), facts


def test_a_room_paused_meanwhile_is_said(client: CheckingClient) -> None:
    room = lent()
    page = to_check(client, room)
    transact(lambda: setattr(room, "state", RoomState.PAUSED))
    page = page.form().submit("Reserveer nu", status=409)
    assert "nu even niet te boeken" in page.text
    assert not bookings_kept()


def test_the_language_is_kept_for_the_letters(client: CheckingClient) -> None:
    room = lent()
    to_check(client, room)
    page = client.visit(f"/en{start_of(room)}/controleer")
    page.form().submit()
    assert bookings_kept()[0].language == "en"


def test_more_dates_cost_no_more_queries(
    client: CheckingClient, count_queries: CountQueries
) -> None:
    room, half_a_year = lent(dates_ahead=60), Recurrence(Frequency.WEEKLY, count=30)
    lent(name="De Overkant")
    booked(room_asked(room, recurrence=half_a_year, email="ander@groep.example"))

    def queries(count: int) -> int:
        with count_queries() as seen:
            query = {**WHAT, **WEEKLY, "keer": count}
            client.get(start_of(room), query_string=query, headers={"HX-Request": "true"})
        return len(seen)

    few = queries(2)
    assert queries(40) == few
    assert few <= 20


def test_who_books_all_day_long_is_asked_to_wait(client: CheckingClient) -> None:
    """Nothing is lost: it can be sent tomorrow."""
    room = lent()
    transact(_count_bookings)
    page = to_check(client, room).form().submit("Reserveer nu", status=429)
    assert "Probeer het morgen weer, of bel ons." in page.errors[0]
    assert page.h1 == "Controleer je reservering"


def _count_bookings() -> None:
    """As many as one address may make on a day."""
    key = rate_limit.address_key(WHO["email"])
    for _n in range(BOOKINGS_PER_ADDRESS):
        rate_limit.allowed("booking_address", key, BOOKINGS_PER_ADDRESS, rate_limit.A_DAY, NOW)
