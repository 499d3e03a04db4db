"""How visitors of one stop are received: agreed from both sides, printed, and left behind by a move
to another place."""

from datetime import timedelta

import pytest

from booking import clockwork
from booking.models import Stop
from booking.queries.reception import agreed_reception
from booking.rules.norms import DayPart, Wish
from booking.rules.reception import TalkAfter, Welcome
from core import links
from core.db import session, transact
from people.models import Role
from tests import builders as b
from tests.conftest import SetClock, SignIn
from tests.integration.bookings import LATER, ask, confirm, move
from tests.pages import CheckingClient

MORNING = Wish(b.THURSDAY, DayPart.MORNING)


@pytest.fixture
def stop(app: object, set_clock: SetClock) -> Stop:
    hall = b.stage()

    def say() -> None:
        hall.venue.opened_by, hall.venue.coffee = "Jo, met de sleutel", "Ja, in de hal"

    transact(say)
    set_clock(LATER)
    return confirm(ask(hall.id), hall.id)


def test_a_reception_agreed_from_both_sides_stands_on_the_prints(
    stop: Stop, client: CheckingClient, signed_in: SignIn
) -> None:
    token = transact(links.issue, *stop.booking_request.subject, now=LATER)
    desk = signed_in(transact(b.person, "Noor", Role.PLANNER))
    request = f"/planning/aanvragen/{stop.booking_request_id}"
    own = client.visit(f"/aanvraag/{token}").link("Ontvangst en nagesprek").follow()
    assert "Laat leeg voor wat bij de plek staat: Jo, met de sleutel" in own.text
    assert "Bij de plek staat hier nog niets." in own.text
    stale = own.form("/ontvangst")
    form = own.form("/ontvangst").fill(opened_by="Samira", talk_after="last")
    wrong = form.fill(talk_questions="Wat neem je mee?").submit(status=422)
    assert wrong.errors == ["Vul in hoeveel minuten jullie napraten."]
    wrong.form("/ontvangst").fill(talk_minutes="20", talk_led_by="Kim").submit()

    sheet = desk.visit(f"/planning/speelbeurten/{stop.id}/dagbrief").text
    for said in (
        "Wie doet open Samira",
        "Koffie Ja, in de hal",
        "Waar wachten mensen –",
        "Wanneer na de laatste ontmoeting, 20 minuten",
        "Wie leidt het Kim",
        "Wat neem je mee?",
    ):
        assert said in sheet, said
    card = desk.visit(f"/planning/speelbeurten/{stop.id}/gastkaart").text
    assert "Wie doet open Samira" in card
    assert "Nagesprek na de laatste ontmoeting, 20 minuten, Kim" in card

    refused = stale.fill(coffee="Thee").submit(status=409)
    assert refused.form("/ontvangst").fields["coffee"] == "Thee", "nothing typed is lost"
    there = desk.visit(request).link("Ontvangst en nagesprek").follow()
    told = there.form("/ontvangst").fill(opened_by="Piet", talk_after="none").submit()
    assert "van “Samira” naar “Piet”, geen nagesprek" in told.text
    assert "Nagesprek" not in desk.visit(f"/planning/speelbeurten/{stop.id}/dagbrief").text


def test_a_move_to_another_place_keeps_only_the_talk(
    stop: Stop, signed_in: SignIn, set_clock: SetClock
) -> None:
    desk = signed_in(transact(b.person, "Noor", Role.PLANNER))
    address = f"/planning/aanvragen/{stop.booking_request_id}/ontvangst"
    given = {"opened_by": "Samira", "talk_after": "each", "talk_minutes": "10"}
    desk.visit(address).form("/ontvangst").fill(**given, talk_led_by="Kim").submit()
    move(stop.booking_request, stop.room_id, MORNING)
    session.expire_all()
    assert agreed_reception(stop.id).welcome.opened_by == "Samira", "still the same place"
    other = transact(b.room, "De Overkant")
    move(stop.booking_request, other.id, b.AFTERNOON)
    session.expire_all()
    assert agreed_reception(stop.id).welcome == Welcome()
    talk = agreed_reception(stop.id).talk
    assert (talk.after, talk.minutes, talk.led_by) == (TalkAfter.EACH, 10, "Kim")

    set_clock(stop.ends_at)
    assert desk.visit(address).path == f"/planning/aanvragen/{stop.booking_request_id}"
    clockwork.forget_people(stop.ends_at + timedelta(days=367))
    session.expire_all()
    talk = agreed_reception(stop.id).talk
    assert (talk.after, talk.led_by) == (TalkAfter.EACH, "")
