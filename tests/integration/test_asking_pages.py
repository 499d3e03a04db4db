"""The five pages: what they offer, what they refuse, and that nothing typed is ever lost."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from booking.models import RequestDraft
from booking.rules.norms import DayPart, Wish
from core.db import session, transact
from tests.asking import (
    AUDIENCE,
    CHECK,
    CONTACT,
    OWN_PLACE,
    SEND,
    START,
    VISITORS,
    WHEN,
    WHO,
    choose,
    fill_in,
    offered_keys,
    push,
    requests_kept,
    said,
    say_where,
    to,
)
from tests.builders import (
    AFTERNOON,
    LUNETTEN,
    NOW,
    THURSDAY,
    asked,
    confirmed,
    room,
    stage,
    submitted,
)
from tests.pages import CheckingClient
from venues.models import Room, RoomState

pytestmark = pytest.mark.on("sqlite")

MORNING, EVENING = Wish(THURSDAY, DayPart.MORNING), Wish(THURSDAY, DayPart.EVENING)
FRIDAY = Wish(date(2027, 2, 5), DayPart.AFTERNOON)


@pytest.fixture(autouse=True)
def at_ten(set_clock: Callable[[datetime], None]) -> None:
    set_clock(NOW)


@pytest.fixture
def hall(app: Flask) -> Room:
    return stage()


# ---- Where ----

WRONG_PLACES: dict[str, tuple[dict[str, Any], str, str]] = {
    "nothing chosen": ({"name": "Zaal"}, "kind", "Kies waar de kubus kan staan."),
    "no room": ({"kind": "known"}, "room", "Kies een plek uit de lijst."),
    "postcode elsewhere": (
        {**OWN_PLACE, "postcode": "1012 AB"},
        "postcode",
        "Deze postcode ligt niet in Utrecht",
    ),
    "area elsewhere": ({"kind": "none", "area": "1012"}, "area", "ligt niet in Utrecht"),
    "no postcode": ({"kind": "none", "area": "abc"}, "area", "Vul een postcode in"),
    "no name": ({**OWN_PLACE, "name": " "}, "name", "Vul in hoe de plek heet"),
    "in nor out": ({**OWN_PLACE, "setting": []}, "setting", "Kies binnen of buiten."),
    "small floor": ({**OWN_PLACE, "floor": "no"}, "floor", "3 bij 3 meter"),
    "low ceiling": ({**OWN_PLACE, "height": "no"}, "height", "De kubus is hoger"),
}


@pytest.mark.parametrize(("given", "field", "sentence"), WRONG_PLACES.values(), ids=WRONG_PLACES)
def test_place_that_cannot_be_is_explained(
    client: CheckingClient, hall: Room, given: dict[str, Any], field: str, sentence: str
) -> None:
    page = client.visit(START).form(START).fill(**given).submit("Verder", status=422)
    assert sentence in said(page, field)
    for name, typed in given.items():
        assert page.form(START).fields.get(name, []) == (typed.strip() if typed else typed)
    assert session.scalars(select(RequestDraft)).all() == []


def test_only_the_chosen_way_counts_and_the_others_are_kept(
    client: CheckingClient, hall: Room
) -> None:
    say_where(client, **{**OWN_PLACE, "kind": "none", "area": "3524", "street": ""})
    page = client.visit(START)
    assert page.form(START).fields["name"] == OWN_PLACE["name"]
    assert page.form(START).fields["kind"] == "none"


def test_list_holds_only_places_that_welcome_the_cube(client: CheckingClient, hall: Room) -> None:
    room("Gesloten huis", welcomes_cube=False)
    room("Huis met pauze", state=RoomState.PAUSED)
    names = client.visit(START).form(START).form.find("select", attrs={"name": "room"})
    assert names
    assert "De Huiskamer" in names.get_text()
    assert "Gesloten huis" not in names.get_text()
    assert "Huis met pauze" not in names.get_text()


@pytest.mark.parametrize("number", ["0", "-1", "9223372036854775808", "1,2", "x", "1\x00"])
def test_room_that_is_not_in_the_list_is_refused(
    client: CheckingClient, hall: Room, number: str
) -> None:
    form = client.visit(START).form(START)
    form.fields.setlist("kind", ["known"])
    form.fields.setlist("room", [number])
    page = form.submit("Verder", status=422)
    assert said(page, "room").endswith("Kies een plek uit de lijst.")


def test_outdoors_asks_for_ground_and_not_for_height(client: CheckingClient, hall: Room) -> None:
    outside = {**OWN_PLACE, "setting": "outdoors", "height": "no", "ground": "soft"}
    fill_in(client, **outside)
    page = client.visit(CHECK)
    assert "De ondergrond is zacht" in page.text
    page.form().submit(SEND)
    place = requests_kept()[0].room
    assert place
    assert (place.is_outdoors, place.ground, place.free_height_cm) == (True, "soft", None)


# ---- When ----


def test_every_moment_that_is_offered_is_accepted(client: CheckingClient, hall: Room) -> None:
    """And what is left out is refused with its reason."""
    other = transact(room, "Bovenzaal", LUNETTEN)
    confirmed(submitted(asked(other.id)), other.id)
    say_where(client, kind="known", room=str(hall.id))
    page = client.visit(f"{WHEN}?vanaf={THURSDAY}")
    keys = offered_keys(page)
    assert AFTERNOON.key not in keys
    every = [Wish(THURSDAY + timedelta(days=day), part).key for day in range(5) for part in DayPart]
    for key in every:
        again = client.visit(f"{WHEN}?vanaf={THURSDAY}")
        answer = push(again, {"add": key}, status=200 if key in keys else 422)
        if key in keys:
            push(answer, {"remove": key})
        else:
            assert "kan niet meer" in answer.errors[0]
            assert len(answer.errors) > 1, "it does not say why"
    assert set(every) - set(keys), "something had to be taken"


def test_first_week_starts_at_the_first_day_that_can_be_asked(
    client: CheckingClient, hall: Room
) -> None:
    page = to(client, WHEN)
    first = Wish(date(2026, 12, 4), DayPart.MORNING)
    assert offered_keys(page)[0] == first.key
    assert "Week 49, 30 november – 6 december" in page.text
    assert "Eerdere weken" not in page.text
    later = page.link("Latere weken").follow()
    assert "Week 53, 28 december – 3 januari" in later.text
    assert later.link("Eerdere weken").follow().path.endswith("vanaf=2026-12-04&dagdelen=1")


@pytest.mark.parametrize(
    "query",
    [
        "vanaf=2019-01-01",
        "vanaf=9999-12-31",
        "vanaf=2027-02-30",
        "vanaf=",
        "vanaf=1e9",
        "dagdelen=0",
        "dagdelen=99",
        "dagdelen=x",
        "dagdelen=1&dagdelen=2",
        "vanaf=2027-03-28",
    ],
)
def test_address_of_the_weeks_may_say_anything(
    client: CheckingClient, hall: Room, query: str
) -> None:
    to(client, WHEN)
    assert client.visit(f"{WHEN}?{query}").h1 == "Wanneer?"


def test_weeks_end_where_planning_ends(client: CheckingClient, hall: Room) -> None:
    to(client, WHEN)
    page = client.visit(f"{WHEN}?vanaf=2100-01-01")
    assert "Latere weken" not in page.text
    assert offered_keys(page)


def test_moments_are_kept_in_order_over_all_weeks(client: CheckingClient, hall: Room) -> None:
    say_where(client)
    far = Wish(date(2027, 4, 8), DayPart.EVENING, 2)
    page = choose(client, AFTERNOON, far, EVENING)
    assert [item.get_text(" ") for item in page.soup.select(".chosen li strong")] == [
        "1e keuze:",
        "2e keuze:",
        "3e keuze:",
    ]
    page = push(page, {"up": EVENING.key})
    page = push(page, {"remove": AFTERNOON.key})
    kept = [str(button["value"]) for button in page.soup.select(".chosen [name=remove]")]
    assert kept == [EVENING.key, far.key]
    assert client.visit(WHEN).text.count("keuze:") == 2


def test_fourth_moment_is_refused(client: CheckingClient, hall: Room) -> None:
    say_where(client)
    page = choose(client, MORNING, AFTERNOON, EVENING)
    page = push(page, {"add": FRIDAY.key}, status=422)
    assert page.errors == ["Je hebt al 3 keuzes. Haal er eerst een weg."]
    assert page.text.count("keuze:") == 3


@pytest.mark.parametrize(
    ("key", "sentence"),
    [
        ("2020-01-06.morning.1", "Vraag minstens 10 dagen van tevoren aan"),
        ("2026-11-24.evening.1", "Vraag minstens 10 dagen van tevoren aan"),
        ("2035-01-01.morning.1", "Zo ver vooruit plannen we nog niet"),
        ("0001-01-01.morning.1", "Vraag minstens 10 dagen van tevoren aan"),
        ("9999-12-31.evening.4", "Zo ver vooruit plannen we nog niet"),
        ("2027-02-04.afternoon.99", "Kies 1 tot en met 4 dagdelen"),
        ("2027-02-30.morning.1", "Kies een moment uit de lijst"),
        ("2027-02-04.night.1", "Kies een moment uit de lijst"),
        ("2027-02-04.morning.0", "Kies een moment uit de lijst"),
        ("'; DROP TABLE claim", "Kies een moment uit de lijst"),
        ("\x00", "Kies een moment uit de lijst"),
        ("x" * 100_000, "Kies een moment uit de lijst"),
    ],
)
def test_moment_that_was_never_offered_is_refused(
    client: CheckingClient, hall: Room, key: str, sentence: str
) -> None:
    page = push(to(client, WHEN), {"add": key}, status=422)
    assert any(sentence in error for error in page.errors), page.errors
    assert "Je hebt nog niets gekozen" in page.text


def test_going_on_needs_a_moment(client: CheckingClient, hall: Room) -> None:
    page = to(client, WHEN).form("moments").submit("Verder", status=422)
    assert page.errors == ["Kies minstens één moment."]


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("2027-02-04", "Dit kan."),
        ("4-2-2027", "Dit kan."),
        ("2027-03-28", "Dit kan."),
        ("2026-11-23", "Vraag minstens 10 dagen van tevoren aan"),
        ("2027-11-24", "Zo ver vooruit plannen we nog niet"),
        ("2027-02-30", "Vul een datum in"),
        ("", "Vul een datum in"),
        ("morgen", "Vul een datum in"),
        ("12027-02-04", "Vul een datum in"),
    ],
)
@pytest.mark.parametrize("htmx", [False, True])
def test_another_date_is_answered_in_words(
    client: CheckingClient, hall: Room, day: str, sentence: str, htmx: bool
) -> None:
    """The same on the page without JavaScript as live."""
    to(client, WHEN)
    address = f"{WHEN}/check" if htmx else WHEN
    page = client.visit(f"{address}?datum={day}&dagdeel=afternoon&dagdelen=1", htmx=htmx)
    answer = page.soup.find(id="other-date")
    assert answer
    assert sentence in answer.get_text(" ")


def test_another_date_that_can_be_is_added(client: CheckingClient, hall: Room) -> None:
    page = to(client, WHEN).form("other-date-form").fill(datum="2027-02-04").submit()
    page = page.form("Voeg dit moment toe").submit()
    assert page.soup.select(f'.chosen [name=remove][value="{AFTERNOON.key}"]')


def test_another_date_says_what_stands_in_the_way(client: CheckingClient, hall: Room) -> None:
    other = transact(room, "Bovenzaal", LUNETTEN)
    confirmed(submitted(asked(other.id)), other.id)
    page = to(client, WHEN).form("other-date-form").fill(datum="2027-02-04").submit()
    assert "De kubus is dan in Zuid." in page.text
    assert "Voeg dit moment toe" not in page.text


def test_live_check_does_the_same_without_htmx(client: CheckingClient, hall: Room) -> None:
    to(client, WHEN)
    asked_for = "datum=2027-02-04&dagdeel=morning"
    answer = client.get(f"{WHEN}/check?{asked_for}&_external=1&_scheme=x&_anchor=y")
    assert answer.location == f"{WHEN}?{asked_for}"
    assert "Dit kan." in client.visit(answer.location).text


def test_fragment_is_the_same_as_the_fresh_page(client: CheckingClient, hall: Room) -> None:
    say_where(client)
    fragment = push(client.visit(WHEN), {"add": "2026-12-10.morning.1"}, htmx=True)
    fresh = client.visit(fragment.path)
    part, whole = fragment.soup.find(id="when-form"), fresh.soup.find(id="when-form")
    assert part
    assert whole
    assert part.get_text() == whole.get_text()
    assert "Jouw keuzes" in fragment.soup.select("[hx-swap-oob]")[0].get_text()


def test_other_place_asks_for_other_moments(client: CheckingClient, hall: Room) -> None:
    """Nothing is thrown away: the page says which moment cannot be there."""
    fill_in(client)
    night = transact(room, "Nachtzaal")
    confirmed(submitted(asked(night.id, AFTERNOON)), night.id)
    page = client.visit(START).form(START).fill(kind="known", room=str(hall.id)).submit("Verder")
    assert page.h1 == "Wanneer?"
    assert "De kubus is dan in" in page.text


# ---- For whom ----


@pytest.mark.parametrize(
    ("given", "field", "sentence"),
    [
        ({"live_here": "0", "by_key_figure": ""}, "live_here", "Vul in hoeveel bezoekers"),
        ({"live_here": "", "by_key_figure": ""}, "live_here", "Vul in hoeveel bezoekers"),
        ({"live_here": "10000"}, "live_here", "Kies een getal van 0 tot en met 500"),
        ({"live_here": "300", "walk_in": "300"}, "live_here", "samen hoogstens 500"),
        ({"walk_in": "-3"}, "walk_in", "Schrijf een heel getal"),
        ({"walk_in": "1e3"}, "walk_in", "Schrijf een heel getal"),
        ({"walk_in": "1_0"}, "walk_in", "Schrijf een heel getal"),
        ({"walk_in": "１２"}, "walk_in", "Schrijf een heel getal"),
        ({"from_city": "9" * 5000}, "from_city", "Schrijf een heel getal"),
        ({"openness": []}, "openness", "Kies open of besloten."),
        ({"hope": "a" * 2001}, "hope", "hoogstens 2000 tekens"),
        ({"hope": "b" * 100_000}, "hope", "hoogstens 2000 tekens"),
        ({"hope": "half\x00"}, "hope", "tekens"),
    ],
)
def test_audience_that_cannot_be_is_explained(
    client: CheckingClient, hall: Room, given: dict[str, Any], field: str, sentence: str
) -> None:
    form = to(client, AUDIENCE).form(AUDIENCE).fill(**{**VISITORS, **given})
    page = form.submit("Verder", status=422)
    assert sentence in said(page, field)
    kept = page.form(AUDIENCE).fields
    for name in ("live_here", "by_key_figure", "walk_in", "from_city"):
        assert kept.get(name, "") == form.fields.get(name, "")
    assert "\x00" in form.fields["hope"] or kept["hope"] == form.fields["hope"]


def test_capacity_is_said_in_words(client: CheckingClient, hall: Room) -> None:
    page = to(client, AUDIENCE)
    assert "Vul in hoeveel mensen er komen" in page.text
    fits = client.visit(f"{AUDIENCE}/past?live_here=12&walk_in=2", htmx=True)
    assert "er is plaats voor 14 bezoekers" in fits.text
    many = client.visit(f"{AUDIENCE}/past?live_here=30", htmx=True)
    assert "hier is plaats voor 14 van de 30 bezoekers" in many.text
    assert "Voor 30 bezoekers neem je 3 dagdelen" in many.text
    too_many = client.visit(f"{AUDIENCE}/past?live_here=400", htmx=True)
    assert "passen niet in één keer" in too_many.text
    for nonsense in ("live_here=x", "live_here=-1", "", "live_here=999", "live_here=1&live_here=x"):
        client.visit(f"{AUDIENCE}/past?{nonsense}", htmx=True)
    assert client.visit(f"{AUDIENCE}/past?live_here=30").h1 == "Voor wie?"


def test_capacity_is_said_without_script_too(client: CheckingClient, hall: Room) -> None:
    form = to(client, AUDIENCE).form(AUDIENCE).fill(**{**VISITORS, "live_here": 26, "hope": "Thee"})
    page = form.submit("Kijk of het past")
    assert "hier is plaats voor 14 van de 30 bezoekers" in page.text
    page = page.form(AUDIENCE).submit("Kies 3 dagdelen")
    assert page.h1 == "Wanneer?"
    assert page.soup.select(".chip[aria-current]")[0].get_text() == "3 dagdelen"
    assert client.visit(AUDIENCE).form(AUDIENCE).fields["hope"] == "Thee"


def test_too_many_visitors_never_block(client: CheckingClient, hall: Room) -> None:
    to(client, AUDIENCE).form(AUDIENCE).fill(openness="closed", live_here=30).submit("Verder")
    page = client.visit(CONTACT).form(CONTACT).fill(**WHO).submit("Verder")
    assert "30 bezoekers passen niet: hier is plaats voor 14. Neem 3 dagdelen." in page.text
    assert page.link("Kies 3 dagdelen").href == f"{WHEN}?dagdelen=3"
    page.form().submit(SEND)
    assert (requests_kept()[0].visitors, requests_kept()[0].is_closed) == (30, True)


# ---- Who ----


@pytest.mark.parametrize(
    ("given", "field", "sentence"),
    [
        ({"organisation": ""}, "organisation", "Vul in namens wie je vraagt"),
        ({"organisation": "o" * 121}, "organisation", "hoogstens 120 tekens"),
        ({"organisation": "o" * 100_000}, "organisation", "hoogstens 120 tekens"),
        ({"name": "\u202e"}, "name", "Vul je naam in"),
        ({"name": "Sam\x00"}, "name", "tekens"),
        ({"email": "sam"}, "email", "naam@voorbeeld.nl"),
        ({"email": "sam@x.example, eva@x.example"}, "email", "naam@voorbeeld.nl"),
        ({"email": "=?utf-8?q?a=0D=0ABcc:x?=@x.example"}, "email", "naam@voorbeeld.nl"),
        ({"email": f"{'a' * 300}@x.example"}, "email", "naam@voorbeeld.nl"),
        ({"phone": "bel mij"}, "phone", "Vul een telefoonnummer in"),
    ],
)
def test_contact_that_cannot_be_is_explained(
    client: CheckingClient, hall: Room, given: dict[str, str], field: str, sentence: str
) -> None:
    page = to(client, CONTACT).form(CONTACT).fill(**{**WHO, **given}).submit("Verder", status=422)
    assert sentence in said(page, field)
    assert page.title.startswith("Fout: ")
    kept = page.form(CONTACT).fields
    assert all(kept[name] == typed for name, typed in WHO.items() if name not in given)


def test_long_phone_number_is_kept_without_spaces(client: CheckingClient, hall: Room) -> None:
    long = "+31 (0)30 - 123 45 67"
    page = to(client, CONTACT).form(CONTACT).fill(**{**WHO, "phone": long}).submit("Verder")
    page.form().submit(SEND)
    assert requests_kept()[0].contact_phone == "+310301234567"
