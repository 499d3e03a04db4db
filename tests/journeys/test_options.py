"""Two organisations want one afternoon: options in rank, a decision that is asked for, a lapse, and
who moves up. The desk, the worker, a real mail server and a parser that is not ours."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Any

import pytest
import vobject

from core.db import transact
from core.transport import Security, SmtpServer, SmtpTransport
from core.worker import Worker
from people.models import Role
from tests import builders as b
from tests.conftest import SetClock, SignIn
from tests.mail_server import MailServer, mail_server
from tests.pages import CheckingClient, Page

ZUILEN, NIZU = "contact@burennetwerk.example", "nizu@nizu.example"
OPTION = "/planning/aanvragen/{}/optie"


@pytest.fixture
def server() -> Iterator[MailServer]:
    with mail_server() as running:
        yield running


@pytest.fixture
def desk(signed_in: SignIn, set_clock: SetClock) -> CheckingClient:
    """The planner; requests 1 and 2 want the same afternoon in the same room."""
    room = b.stage()
    visitor = signed_in(transact(b.person, "Noor", Role.PLANNER))
    set_clock(b.NOW)
    b.submitted(b.asked(room.id))
    b.submitted(b.asked(room.id, organisation="NIZU", email=NIZU))
    return visitor


def delivered(server: MailServer) -> dict[str, EmailMessage]:
    """What arrives now, by address."""
    server.accepted.clear()
    address = SmtpServer("127.0.0.1", server.port, Security.NONE)
    Worker(SmtpTransport(address)).round()
    return {str(mail["To"].addresses[0].addr_spec): mail for mail in server.mails}


def text(mail: EmailMessage) -> str:
    part = mail.get_body(("plain",))
    assert part
    return str(part.get_content())


def event(mail: EmailMessage) -> Any:
    part = next(p for p in mail.walk() if p.get_content_type() == "text/calendar")
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    return vobject.readOne(content.decode()).vevent


def link(mail: EmailMessage) -> str:
    found = re.search(r"/aanvraag/\S+", text(mail))
    assert found
    return found[0]


def give(desk: CheckingClient, request_id: int, button: str) -> Page:
    address = OPTION.format(request_id)
    return desk.visit(address).form(address).submit(button)


def test_challenge_lapse_and_promotion(
    desk: CheckingClient, client: CheckingClient, server: MailServer, set_clock: SetClock
) -> None:
    inbox = desk.visit("/planning/aanvragen")
    assert "Eén andere aanvraag wil dit moment ook." in inbox.text
    before = inbox.link("Bekijk en bevestig Burennetwerk Zuilen").follow()
    assert "NIZU (donderdag 4 februari 2027, middag): deze keuze kan dan niet meer" in before.text

    delivered(server)
    give(desk, 1, "Geef de optie")
    second = give(desk, 2, "Geef toch de optie")
    assert "tweede optie, tot en met" in second.text
    told = delivered(server)
    assert event(told[NIZU]).status.value == "TENTATIVE"
    assert "Een andere organisatie vroeg dit moment eerder." in text(told[NIZU])
    uid = event(told[NIZU]).uid.value

    confirming = desk.visit("/planning/aanvragen/2/bevestig")
    assert "Vraag die organisatie te beslissen, laat die optie los, of wacht." in confirming.text
    affected = desk.visit("/planning/aanvragen/1/bevestig")
    assert "NIZU (donderdag 4 februari 2027, middag): hun optie vervalt." in affected.text

    desk.visit("/planning/aanvragen/1").form("/optie/beslis").submit("Vraag om een besluit")
    asked = delivered(server)
    assert set(asked) == {ZUILEN}
    own = client.visit(link(asked[ZUILEN]))
    assert "Beslis uiterlijk donderdag 26 november 2026." in own.text
    assert own.link("Beslis nu").follow().h1 == "Willen jullie dit moment?"

    set_clock(datetime.fromisoformat("2026-11-27T00:01+01:00"))
    late = delivered(server)
    assert set(late) == {ZUILEN, NIZU}
    assert event(late[ZUILEN]).status.value == "CANCELLED"
    assert "Je schuift op: je hebt nu de eerste optie" in str(late[NIZU]["Subject"])
    assert "Je hebt de eerste optie" in client.visit(link(late[NIZU])).text

    desk.visit("/planning/aanvragen").form("Bevestig NIZU").submit()
    set_clock(datetime.fromisoformat("2026-11-27T00:30+01:00"))
    confirmed = event(delivered(server)[NIZU])
    assert (confirmed.uid.value, confirmed.status.value) == (uid, "CONFIRMED")


def test_the_first_says_yes_and_the_second_hears_where_it_stands(
    desk: CheckingClient, client: CheckingClient, server: MailServer, set_clock: SetClock
) -> None:
    give(desk, 1, "Geef de optie")
    give(desk, 2, "Geef toch de optie")
    desk.visit("/planning/aanvragen/1").form("/optie/beslis").submit("Vraag om een besluit")
    own = client.visit(link(delivered(server)[ZUILEN]))
    deciding = own.link("Beslis nu").follow()
    unsaid = deciding.form("/optie").submit(status=422)
    assert unsaid.errors == ["Kies ja of nee."]
    said = unsaid.form("/optie").fill(answer="yes").submit()
    assert "Je zei dat jullie dit moment zeker willen." in said.text
    assert "wil het zeker" in desk.visit("/planning/aanvragen").text
    assert "wil dit moment zeker" in text(delivered(server)["noor@stut.example"])

    desk.visit("/planning/aanvragen/1").link("Bevestig").follow().form("/1/bevestig").submit()
    set_clock(b.NOW + timedelta(minutes=11))
    told = delivered(server)
    assert event(told[ZUILEN]).status.value == "CONFIRMED"
    assert event(told[NIZU]).status.value == "CANCELLED"
    assert "Je aanvraag blijft staan." in text(told[NIZU])
    assert "wacht op antwoord" in desk.visit("/planning/aanvragen/2").text


def test_letting_go_and_changing_the_order(
    desk: CheckingClient, client: CheckingClient, server: MailServer
) -> None:
    give(desk, 1, "Geef de optie")
    give(desk, 2, "Geef toch de optie")
    page = desk.visit("/planning/aanvragen/2").link("Verander de volgorde").follow()
    unsaid = page.form("/optie/plaats").fill(place="1").submit(status=422)
    assert unsaid.errors == ["Vul in waarom. Eén zin is genoeg."]
    moved = unsaid.form("/optie/plaats").fill(why="Daar was de kubus nog nooit.").submit()
    assert "eerste optie" in moved.text
    told = delivered(server)
    assert "Daar was de kubus nog nooit." in text(told[ZUILEN])

    own = client.visit(link(told[NIZU])).link("Zeker weten of loslaten").follow()
    old = client.visit(own.path)
    gone = own.form("/optie").fill(answer="no").submit()
    assert "De optie is losgelaten." in gone.text
    old.form("/optie").fill(answer="no").submit()  # once more: it has been done
    released = desk.visit("/planning/aanvragen/1").link("Laat de optie los").follow()
    free = released.form("/optie/los").fill(why="De kubus moet naar de garage.").submit()
    assert "wacht op antwoord" in free.text
    again = delivered(server)
    assert "De kubus moet naar de garage." in text(again[ZUILEN])
