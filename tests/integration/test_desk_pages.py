"""The desk's pages: who may see them, how many questions they ask, and what bad input gets."""

from datetime import date, timedelta

import pytest

from booking.rules.norms import DayPart, Wish
from core.db import transact
from people.models import Role
from tests import builders as b
from tests.conftest import CountQueries, SetClock, SignIn
from tests.pages import CheckingClient

pytestmark = pytest.mark.on("sqlite")

DESK = ["/planning", "/planning/aanvragen", "/planning/aanvragen/1"]
DECISIONS = ["bevestig", "optie", "verplaats", "afwijzen", "annuleer", "terug"]


def planner(signed_in: SignIn) -> CheckingClient:
    return signed_in(transact(b.person, "Noor", Role.PLANNER))


def some_requests(number: int, room_id: int, first: int = 0) -> None:
    """On days of their own, so that none stands in the way of another."""
    for n in range(first, first + number):
        wish = Wish(b.THURSDAY + timedelta(days=n), DayPart.AFTERNOON)
        b.submitted(b.asked(room_id, wish, organisation=f"Organisatie {n}"))


@pytest.mark.parametrize("role", [None, Role.HOST, Role.PERFORMER], ids=str)
def test_only_planners_enter(signed_in: SignIn, client: CheckingClient, role: Role | None) -> None:
    some_requests(1, b.stage().id)
    visitor = signed_in(transact(b.person, "Piet", role)) if role else client
    for address in DESK:
        answer = visitor.get(address)
        assert answer.status_code in (303, 403)
        assert "Organisatie 0" not in answer.get_data(as_text=True)
    for decision in DECISIONS:
        assert visitor.post(f"/planning/aanvragen/1/{decision}").status_code in (400, 403)


@pytest.mark.parametrize("address", ["/planning", "/planning/aanvragen"])
def test_queries_do_not_grow_with_requests(
    signed_in: SignIn, count_queries: CountQueries, address: str
) -> None:
    room = b.stage()
    desk = planner(signed_in)
    some_requests(2, room.id)
    with count_queries() as few:
        desk.visit(address)
    some_requests(8, room.id, first=2)
    with count_queries() as many:
        desk.visit(address)
    assert len(few) == len(many)


def test_queries_do_not_grow_with_decisions(signed_in: SignIn, count_queries: CountQueries) -> None:
    room = b.stage()
    desk = planner(signed_in)

    def decide(number: int, first: int) -> None:
        for n in range(first, first + number):
            wish = Wish(b.THURSDAY + timedelta(days=n), DayPart.AFTERNOON)
            b.confirmed(b.submitted(b.asked(room.id, wish)), room.id, wish)

    decide(2, first=0)
    with count_queries() as few:
        desk.visit("/planning/aanvragen")
    decide(6, first=2)
    with count_queries() as many:
        desk.visit("/planning/aanvragen")
    assert len(few) == len(many)


@pytest.mark.parametrize(
    ("field", "typed", "says"),
    [
        ("day", "", "Vul een datum in"),
        ("day", "30-2-2027", "Vul een datum in"),
        ("day", "9999-12-31", "Kijk het jaartal na"),
        ("day_parts", "0", "Kies een getal van 1"),
        ("day_parts", "1e3", "Schrijf een heel getal"),
        ("day_parts", "٣", "Schrijf een heel getal"),
    ],
)
def test_bad_input_gets_a_sentence_and_nothing_is_lost(
    signed_in: SignIn, field: str, typed: str, says: str
) -> None:
    room = b.stage()
    desk = planner(signed_in)
    some_requests(1, room.id)
    form = desk.visit("/planning/aanvragen/1/bevestig").form("/planning/aanvragen/1/bevestig")
    answer = form.fill(**{field: typed}).submit(status=422)
    assert any(says in error for error in answer.errors)
    again = answer.form("/planning/aanvragen/1/bevestig")
    assert again.fields["room"] == str(room.id)
    assert "wacht op antwoord" in desk.visit("/planning/aanvragen/1").text


@pytest.mark.parametrize("day_parts", ["5", "9"])
def test_too_many_day_parts_are_refused(signed_in: SignIn, day_parts: str) -> None:
    room = b.stage()
    desk = planner(signed_in)
    some_requests(1, room.id)
    form = desk.visit("/planning/aanvragen/1/bevestig").form("/planning/aanvragen/1/bevestig")
    answer = form.fill(day_parts=day_parts).submit(status=422)
    assert answer.errors == ["Kies 1 tot en met 4 dagdelen achter elkaar."]


@pytest.mark.parametrize("room_id", ["0", "-1", str(2**63), "1,2", "x"])
def test_a_forged_room_is_refused(signed_in: SignIn, room_id: str) -> None:
    b_room = b.stage()
    desk = planner(signed_in)
    some_requests(1, b_room.id)
    form = desk.visit("/planning/aanvragen/1/bevestig").form("/planning/aanvragen/1/bevestig")
    form.fields["room"] = room_id
    assert form.submit(status=422).errors == ["Kies een plek."]


@pytest.mark.parametrize(
    "address",
    [
        "/planning/aanvragen/99",
        f"/planning/aanvragen/{2**70}",
        "/planning/aanvragen/1/past-het/iets",
        "/planning/aanvragen/-1",
    ],
)
def test_what_does_not_exist_is_not_found(signed_in: SignIn, address: str) -> None:
    some_requests(1, b.stage().id)
    planner(signed_in).visit(address, status=404)


def test_the_live_check_says_what_sending_would_say(signed_in: SignIn) -> None:
    room = b.stage()
    desk = planner(signed_in)
    some_requests(1, room.id)
    taken = Wish(date(2027, 3, 1), DayPart.AFTERNOON)
    b.confirmed(b.submitted(b.asked(room.id, taken)), room.id, taken)
    address = f"/planning/aanvragen/1/past-het/bevestig?part=afternoon&day_parts=1&room={room.id}"
    clash = desk.visit(f"{address}&day=2027-03-01", htmx=True)
    assert "De kubus is dan in Overvecht." in clash.text
    free = desk.visit(f"{address}&day=2027-03-02", htmx=True)
    assert "Kubus, speler, plek en reis kunnen." in free.text
    assert "Vul een dag" in desk.visit(f"{address}&day=nooit", htmx=True).text


def test_what_is_over_is_not_cancelled_any_more(signed_in: SignIn, set_clock: SetClock) -> None:
    room = b.stage()
    b.confirmed(b.submitted(b.asked(room.id)), room.id)
    set_clock(b.AFTERNOON_STARTS + timedelta(days=1))
    desk = planner(signed_in)
    answer = desk.visit("/planning/aanvragen/1/annuleer").form().fill(why="Te laat.")
    refused = answer.submit("Annuleer de speelbeurt", status=422)
    assert refused.errors == ["Deze speelbeurt is geweest: verplaatsen of annuleren kan niet meer."]


def test_a_stop_that_moves_does_not_stand_in_its_own_way(signed_in: SignIn) -> None:
    """The morning of its own day is nearest, and would be taken by its own get-in."""
    room = b.stage()
    stop = b.confirmed(b.submitted(b.asked(room.id)), room.id)
    player = stop.sessions[0].performer
    address = f"/planning/aanvragen/{stop.booking_request_id}/verplaats"
    desk = planner(signed_in)
    page = desk.visit(address)
    fields = page.form("/verplaats").fields
    assert fields["player"] == str(player.resource_id)
    there = page.link("donderdag 4 februari 2027, ochtend").follow()
    fields = there.form("/verplaats").fields
    assert (fields["part"], fields["player"]) == ("morning", "")
    assert "Kubus, speler, plek en reis kunnen." in there.text
