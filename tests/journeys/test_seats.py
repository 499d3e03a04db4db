"""A visitor finds a stop in the agenda and takes a seat; the organisation keeps some; somebody who
comes too late is told; the reminder arrives by a real mail server."""

import re
from datetime import timedelta

import pytest

from booking.models import Stop
from core import links
from core.db import session, transact
from core.transport import Security, SmtpServer, SmtpTransport
from core.worker import Worker
from tests import builders as b
from tests.conftest import CountQueries, SetClock
from tests.integration.bookings import LATER, ask, confirm
from tests.mail_server import mail_server
from tests.pages import CheckingClient, Page


@pytest.fixture
def stop(app: object, set_clock: SetClock) -> Stop:
    hall = b.stage()
    set_clock(LATER)
    return confirm(ask(hall.id), hall.id)


def take(page: Page, at: str, how: str, **more: str) -> Page:
    return page.form("/plaats").fill(encounter=at, company=how, **more).submit()


def test_from_the_agenda_to_a_seat_and_back(
    client: CheckingClient, stop: Stop, set_clock: SetClock
) -> None:
    agenda = client.visit("/agenda/2027/02").link("De Huiskamer").follow()
    assert "13.00 – 13.20 uur Twee plaatsen vrij" in agenda.text
    form = agenda.link("Neem een plaats").follow()
    unsaid = form.form("/plaats").submit(status=422)
    assert unsaid.errors == ["Kies een tijd.", "Kies hoe je komt."]
    mine = take(unsaid, "13.00 – 13.20 uur", "alone", email="kim@post.example")
    assert mine.h1 == "Je hebt een plaats"
    assert "Jij alleen; de andere plaats is voor iemand die je nog niet kent." in mine.text
    assert "noindex" in str(mine.soup.find("meta", {"name": "robots"}) or "noindex")

    again = client.visit(f"/speelbeurten/{stop.id}")
    assert "13.00 – 13.20 uur Nog één plaats. Er komt al iemand. Kom je erbij?" in again.text
    late = client.visit(f"/speelbeurten/{stop.id}/plaats")
    full = late.form("/plaats").fill(encounter="13.00 – 13.20 uur", company="together")
    refused = full.submit(status=409)
    assert refused.errors == [
        "Om 13.00 uur is nog één plaats vrij. Kom alleen, of kies een andere tijd."
    ]
    both = take(refused, "13.30 – 13.50 uur", "together")
    assert "Met z'n tweeën." in both.text

    changed = mine.link("Wijzig").follow().form("/wijzig").fill(company="together").submit()
    assert "Met z'n tweeën." in changed.text
    saved = client.get(changed.link("Zet in je agenda").href)
    assert b"SUMMARY:Van heel dichtbij" in saved.data
    gone = changed.link("Geef terug").follow().form("/terug").submit("Ja, geef terug")
    assert gone.h1 == "Deze plaats is teruggegeven"
    assert client.visit(f"{gone.path}/wijzig").path == gone.path

    with mail_server() as server:
        set_clock(stop.starts_at - timedelta(hours=20))
        fresh = client.visit(late.path)
        kept = take(fresh, "14.00 – 14.20 uur", "alone", email="kim@post.example")
        set_clock(stop.starts_at - timedelta(hours=18))
        address = SmtpServer("127.0.0.1", server.port, Security.NONE)
        Worker(SmtpTransport(address)).round()
        reminders = [mail for mail in server.mails if "kim@post.example" in str(mail["To"])]
    assert len(reminders) == 1
    body = reminders[0].get_body(("plain",))
    assert body
    key = re.search(r"/plaats/\S+", str(body.get_content()))
    assert key
    assert client.visit(key[0]).h1 == kept.h1


def test_the_organisation_keeps_seats_for_its_people(client: CheckingClient, stop: Stop) -> None:
    token = transact(links.issue, *stop.booking_request.subject, now=LATER)
    own = client.visit(f"/aanvraag/{token}")
    form = own.link("Houd plaatsen vast voor jullie mensen").follow().form("/plaatsen")
    first = next(name for name in form.fields if name.startswith("seats_"))
    too_many = form.fill(**{first: "3"}).submit(status=422)
    kept = too_many.form("/plaatsen").fill(**{first: "2"}).submit()
    assert "Je houdt nu 2 plaatsen vast." in kept.text
    assert "13.00 – 13.20 uur vol" in client.visit(f"/speelbeurten/{stop.id}").text


@pytest.mark.parametrize("address", ["/speelbeurten/99/plaats", "/plaats/niets", "/plaats/x/terug"])
def test_what_is_not_there_is_said(client: CheckingClient, stop: Stop, address: str) -> None:
    assert stop.id != 99
    client.visit(address, status=404)


def test_a_closed_stop_gives_no_seats_away(client: CheckingClient, stop: Stop) -> None:
    transact(lambda: setattr(session.get_one(Stop, stop.id), "is_closed", True))
    client.visit(f"/speelbeurten/{stop.id}/plaats", status=404)
    assert "Neem een plaats" not in client.visit(f"/speelbeurten/{stop.id}").text


def test_queries_do_not_grow_with_seats(
    client: CheckingClient, stop: Stop, count_queries: CountQueries
) -> None:
    address = f"/speelbeurten/{stop.id}"
    with count_queries() as none:
        client.visit(address)
    for at in ("13.00 – 13.20 uur", "13.30 – 13.50 uur", "14.00 – 14.20 uur"):
        take(client.visit(f"{address}/plaats"), at, "together")
    with count_queries() as many:
        client.visit(address)
    assert len(many) == len(none)
