"""An open stop is full; somebody waits in line, a seat comes free and is offered by a real mail,
taken by one and not by another, and never sold to a passer-by."""

import re
from datetime import timedelta

import pytest

from booking import clockwork, services
from booking.models import SeatBooking, SeatWaiting, Stop
from booking.queries.encounters import encounters_of, seats_taken
from booking.rules.encounters import Company
from booking.services.seats import Visit
from core import clock, links
from core.db import session, transact
from core.fields import new_form_token
from core.history import ASKER
from core.transport import Security, SmtpServer, SmtpTransport
from core.worker import Worker
from people.models import Role
from tests import builders as b
from tests.conftest import SetClock, SignIn
from tests.integration.bookings import LATER, ask, cancel, confirm
from tests.mail_server import mail_server
from tests.pages import CheckingClient, Page

FIRST = "13.00 – 13.20 uur"
KIM, LEE = "kim@post.example", "lee@post.example"


@pytest.fixture
def stop(app: object, set_clock: SetClock) -> Stop:
    hall = b.stage()
    set_clock(LATER)
    return confirm(ask(hall.id), hall.id)


@pytest.fixture
def sitting(stop: Stop) -> list[int]:
    """Two strangers at the first encounter; the organisation keeps all other seats."""
    first, *others = encounters_of(stop.id)
    held = {each.id: 2 for each in others}
    transact(services.hold_seats, stop.booking_request_id, held, version=None, by=ASKER, now=LATER)
    return [sit(first.id) for _seat in (1, 2)]


def sit(encounter_id: int) -> int:
    visit = Visit(encounter_id, Company.ALONE)
    return transact(services.take_seats, visit, form_token=new_form_token(), now=LATER)[0].id


def give_back(booking_id: int) -> None:
    booking = session.get_one(SeatBooking, booking_id)
    now = clock.utcnow()
    transact(services.cancel_seats, booking_id, version=booking.version, now=now)


def wait(client: CheckingClient, stop_id: int, at: str, how: str, email: str = "") -> Page:
    """Its own page."""
    page = client.visit(f"/speelbeurten/{stop_id}").link("Wacht op een plaats").follow()
    return page.form("/wachten").fill(encounter=at, company=how, email=email).submit()


def again(client: CheckingClient, page: Page) -> Page:
    return client.visit(page.path)


def test_a_seat_that_comes_free_goes_along_the_line(
    client: CheckingClient, stop: Stop, sitting: list[int], set_clock: SetClock
) -> None:
    stop_id = stop.id
    full = client.visit(f"/speelbeurten/{stop.id}/plaats")
    assert "Alle plaatsen zijn genomen." in full.text
    form = full.link("Wacht op een plaats").follow()
    unsaid = form.form("/wachten").submit(status=422)
    assert unsaid.errors == ["Kies een tijd.", "Kies hoe je komt."]
    pair = wait(client, stop_id, FIRST, "together")
    kim = wait(client, stop_id, "Elke tijd is goed", "alone", KIM)
    lee = wait(client, stop_id, FIRST, "alone", LEE)
    assert "Je bent nummer 1: de eerste in de rij." in pair.text
    assert "Je bent nummer 3 in de rij." in lee.text
    assert "Komt er plaats? Dan mailen we je." in kim.text

    with mail_server() as server:
        give_back(sitting[0])
        address = SmtpServer("127.0.0.1", server.port, Security.NONE)
        Worker(SmtpTransport(address)).round()
        [offer] = [mail for mail in server.mails if "vrij" in str(mail["Subject"])]
    body = offer.get_body(("plain",))
    assert body
    key = re.search(r"/plaatsrij/\S+", str(body.get_content()))
    assert key
    offered = client.visit(key[0])
    assert KIM in str(offer["To"])
    assert offered.h1 == "Er is plaats voor je"
    assert "13.00 – 13.20 uur" in offered.text
    assert f"{FIRST} vol" in client.visit(f"/speelbeurten/{stop_id}").text
    assert "Je bent nummer 1" in again(client, pair).text  # a single seat does not fit them

    seat = offered.form("/nemen").submit("Ja, ik kom")
    assert seat.h1 == "Je hebt een plaats"
    taken = again(client, kim)
    assert taken.form("/nemen").submit("Naar je plaats").h1 == "Je hebt een plaats"
    assert seats_taken(stop_id) == (14, 14)

    give_back(sitting[1])  # now it is Lee's turn, who does not answer
    assert again(client, lee).h1 == "Er is plaats voor je"
    mia = wait(client, stop_id, FIRST, "alone")
    set_clock(LATER + timedelta(hours=12))
    assert again(client, lee).h1 == "Je staat niet meer in de rij"
    late = lee.path  # the clock has not come round yet
    assert "Je bent nummer 2" in again(client, mia).text
    clockwork.work_off(clock.utcnow())
    assert again(client, mia).h1 == "Er is plaats voor je"
    assert client.visit(late).h1 == "Je staat niet meer in de rij"
    left = again(client, mia).form("/nemen").submit("Nee, niet meer nodig")
    assert left.h1 == "Je bent uit de rij gegaan"
    assert "Je bent nummer 1" in again(client, pair).text
    assert seats_taken(stop_id) == (13, 14)  # fits nobody in line, so it is anybody's


def test_who_looks_at_an_old_page_or_comes_for_what_is_free_is_told(
    client: CheckingClient, signed_in: SignIn, stop: Stop, sitting: list[int]
) -> None:
    form = client.visit(f"/speelbeurten/{stop.id}/wachten").form("/wachten")
    kim = form.fill(encounter=FIRST, company="alone", phone="030 123 45 67").submit()
    old = again(client, kim)
    give_back(sitting[0])
    desk = signed_in(b.person("Pia", role=Role.PLANNER))
    asked = desk.visit(f"/planning/aanvragen/{stop.booking_request_id}")
    assert "Bel even: 030 123 45 67 : 13.00 uur, vastgehouden tot" in asked.text
    stale = old.form("/weg").submit("Ga uit de rij", status=409)
    assert stale.h1 == "Er is plaats voor je"
    gone = stale.form("/nemen").submit("Nee, niet meer nodig")
    assert gone.h1 == "Je bent uit de rij gegaan"
    free = form.fill(encounter=FIRST, company="alone", form_token=new_form_token())
    refused = free.submit(status=409)
    assert refused.errors == ["Er is nu plaats. Je hoeft niet te wachten: neem meteen een plaats."]
    client.visit("/plaatsrij/niets", status=404)


def test_a_cancelled_stop_ends_the_line_and_all_is_forgotten(
    client: CheckingClient, stop: Stop, sitting: list[int]
) -> None:
    kim, lee = (wait(client, stop.id, FIRST, "alone", each) for each in (KIM, LEE))
    give_back(sitting[0])
    cancel(stop.booking_request, why="De kubus is stuk.")
    session.expire_all()
    waits = session.query(SeatWaiting).order_by(SeatWaiting.id).all()
    assert [str(each.state) for each in waits] == ["lapsed", "lapsed"]
    clockwork.forget_people(stop.ends_at + timedelta(days=1, minutes=1))
    session.expire_all()
    assert {(each.email, each.phone) for each in waits} == {("", "")}
    keys = [page.path.rpartition("/")[2] for page in (kim, lee)]
    assert [links.resolve("seat_waiting", key, stop.ends_at) for key in keys] == [None, None]
