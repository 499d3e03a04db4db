"""What is printed or held in a hand: who may see it, what stands on it, and counting by taps."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from booking import services
from booking.models import Seat, Stop
from booking.queries.encounters import encounters_of
from core import links
from core.db import session, transact
from core.history import ASKER
from people.models import Person, Role
from tests import builders as b
from tests.conftest import SetClock, SignIn
from tests.integration.bookings import LATER, ask, confirm
from tests.pages import CheckingClient

pytestmark = pytest.mark.on("sqlite")


@pytest.fixture
def stop(app: object, set_clock: SetClock) -> Stop:
    """Elias plays in a room of Bea's."""

    def stage() -> int:
        b.cube()
        b.performer("Elias", b.person("Elias", Role.PERFORMER))
        return b.room(host=b.person("Bea", Role.HOST)).id

    room_id = transact(stage)
    set_clock(LATER)
    return confirm(ask(room_id), room_id, accepted=["host_not_answered"])


def named(name: str) -> Person:
    return session.scalars(select(Person).where(Person.name == name)).one()


def own_link(stop: Stop) -> str:
    return transact(links.issue, *stop.booking_request.subject, now=LATER)


def hold(stop: Stop, seats: int) -> list[Seat]:
    first = encounters_of(stop.id)[0]
    transact(
        services.hold_seats,
        stop.booking_request_id,
        {first.id: seats},
        version=None,
        by=ASKER,
        now=LATER,
    )
    return first.held


def test_the_day_sheet_says_all_there_is_to_know(signed_in: SignIn, stop: Stop) -> None:
    sheet = signed_in(transact(b.person, "Noor", Role.PLANNER)).visit(
        f"/planning/speelbeurten/{stop.id}/dagbrief"
    )
    for said in ("Opbouw vanaf 11.30", "13.00 – 17.00 uur (Elias)", "Beheerder Bea"):
        assert said in sheet.text
    assert "13.00 – 13.20 uur Elias 0 van 2" in sheet.text
    assert "kwamen om" not in sheet.text, "nothing to count before it begins"


def test_taps_count_who_came(signed_in: SignIn, stop: Stop, set_clock: SetClock) -> None:
    set_clock(stop.starts_at + timedelta(minutes=45))
    player = signed_in(named("Elias"))
    address = f"/mijn-speelbeurten/{stop.id}"
    mine = player.visit("/mijn-speelbeurten").link("Alles voor die dag").follow()
    assert mine.path == address
    tapped = mine.form("2 kwamen om 13.00 uur").submit("2 kwamen om 13.00 uur")
    again = tapped.form("1 kwamen om 13.30 uur").submit("1 kwamen om 13.30 uur")
    again = again.form("1 kwamen om 13.00 uur").submit("1 kwamen om 13.00 uur")
    assert "Geteld: 2" in again.text
    encounters = [each.id for each in encounters_of(stop.id)]
    token = again.form("1 kwamen om 13.00 uur").fields["csrf_token"]

    def forged(encounter: int, came: str) -> int:
        given = {"csrf_token": token, "encounter": encounter, "came": came}
        return player.post(address, data=given).status_code

    assert forged(encounters[0], "3") == 422
    assert forged(encounters[-1], "2") == 422, "it has not begun"
    assert forged(99, "1") == 422
    session.expire_all()
    assert [each.came for each in encounters_of(stop.id)][:3] == [1, 1, None]


def test_sheets_are_for_who_works_there(signed_in: SignIn, stop: Stop) -> None:
    transact(b.performer, "Ricardo", transact(b.person, "Ricardo", Role.PERFORMER))
    other_host = transact(b.person, "Piet", Role.HOST)
    ricardo, elias = signed_in(named("Ricardo")), signed_in(named("Elias"))
    bea, piet = signed_in(named("Bea")), signed_in(other_host)
    assert ricardo.get(f"/mijn-speelbeurten/{stop.id}").status_code == 404
    assert elias.get(f"/planning/speelbeurten/{stop.id}/dagbrief").status_code == 403
    assert elias.get("/mijn-speelbeurten/99").status_code == 404
    card = bea.visit("/mijn-ruimtes").link("Alles voor die dag").follow()
    assert "Wij zijn er vanaf 11.30" in card.text
    assert piet.get(f"/mijn-ruimtes/speelbeurten/{stop.id}").status_code == 404


def test_a_poster_leads_to_the_stop(client: CheckingClient, stop: Stop) -> None:
    poster = client.visit(f"/aanvraag/{own_link(stop)}/poster")
    assert "Van heel dichtbij" in poster.h1
    assert poster.soup.select_one("svg.qr path")
    assert f"/speelbeurten/{stop.id}" in poster.text


def test_a_closed_stop_has_no_poster(client: CheckingClient, stop: Stop) -> None:
    token = own_link(stop)
    transact(lambda: setattr(session.get_one(Stop, stop.id), "is_closed", True))
    assert client.get(f"/aanvraag/{token}/poster").status_code == 404


def test_a_card_for_each_seat_that_is_kept(client: CheckingClient, stop: Stop) -> None:
    token = own_link(stop)
    empty = client.visit(f"/aanvraag/{token}/kaartjes")
    assert "Jullie houden nog geen plaatsen vast." in empty.text
    seats = hold(stop, 2)
    cards = client.visit(f"/aanvraag/{token}/kaartjes")
    assert len(cards.soup.select(".seat-cards > li")) == 2
    code = links.seal("seat_card", seats[0].id)
    card = client.visit(f"/kaartje/{code}")
    assert "13.00 – 13.20 uur" in card.text
    assert "De Huiskamer" in card.text
    hold(stop, 0)
    assert client.get(f"/kaartje/{code}").status_code == 404, "given back"


@pytest.mark.parametrize("change", [lambda c: c[:-1], lambda c: f"x{c}", lambda _c: "1"])
def test_a_card_cannot_be_made_up(client: CheckingClient, stop: Stop, change: Any) -> None:
    [seat] = hold(stop, 1)
    assert client.get(f"/kaartje/{change(links.seal('seat_card', seat.id))}").status_code == 404
    other = links.seal("something_else", seat.id)
    assert client.get(f"/kaartje/{other}").status_code == 404
