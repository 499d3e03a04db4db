"""A player cannot come today: three stops, one recast, one moved, one called off with other moments
that are kept. The desk, the worker, a real mail server and a parser that is not ours."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from email.message import EmailMessage
from typing import Any

import pytest
import vobject

from booking import services
from booking.models import Performer, Stop
from booking.rules.encounters import Company
from booking.rules.norms import DayPart, Wish
from booking.rules.placement import Chosen
from booking.services.seats import Visit
from core.db import session, transact
from core.fields import new_form_token
from core.transport import Security, SmtpServer, SmtpTransport
from core.worker import Worker
from people.models import Person, Role
from tests import builders as b
from tests.conftest import SetClock, SignIn
from tests.integration.bookings import set_norms
from tests.mail_server import MailServer, mail_server
from tests.mailed import path_in
from tests.pages import CheckingClient

MORNING_OF = datetime(2027, 2, 4, 7, tzinfo=UTC)  # eight in the morning in Utrecht
FRIDAY = b.THURSDAY + timedelta(days=1)
STOPS = {
    "Een": Wish(b.THURSDAY, DayPart.AFTERNOON),
    "Twee": Wish(FRIDAY, DayPart.MORNING),
    "Drie": Wish(FRIDAY, DayPart.EVENING),
}


@pytest.fixture
def server() -> Iterator[MailServer]:
    with mail_server() as running:
        yield running


@pytest.fixture
def desk(signed_in: SignIn, set_clock: SetClock, server: MailServer) -> CheckingClient:
    """Ricardo plays three stops today and tomorrow; everybody knows, and somebody has a seat."""
    room_id = transact(_company)
    set_norms(encounters_a_day=20, rest_hours=8)
    set_clock(b.NOW)
    ricardo = session.query(Performer).filter_by(name="Ricardo").one().resource_id
    for name, wish in STOPS.items():
        asked = b.submitted(
            b.asked(room_id, wish, organisation=name, email=f"{name.lower()}@buren.example")
        )
        chosen = Chosen(wish, room_id, player_ids=(ricardo,))
        transact(
            services.confirm,
            asked.id,
            chosen=chosen,
            accepted=("host_not_answered", "too_many_visitors"),
            version=None,
            by=b.PLANNER,
            now=b.NOW,
        )
    for stop in session.query(Stop):
        visit = Visit(stop.encounters[0].id, Company.ALONE, f"kim{stop.id}@post.example")
        later = b.NOW + timedelta(hours=1)
        transact(services.take_seats, visit, form_token=new_form_token(), now=later)
    set_clock(MORNING_OF - timedelta(hours=1))
    delivered(server)
    planner = signed_in(session.query(Person).filter_by(name="Noor").one())
    set_clock(MORNING_OF)
    return planner


def _company() -> int:
    b.person("Noor", Role.PLANNER)
    b.cube()
    for name in ("Ricardo", "Elias"):
        b.performer(name, b.person(name))
    host = b.person("Hanna")
    host.phone = "030 765 43 21"
    return b.room(hours=(time(6), time(23, 59)), host=host).id


def delivered(server: MailServer) -> dict[str, list[EmailMessage]]:
    """What arrives now, by address."""
    server.accepted.clear()
    address = SmtpServer("127.0.0.1", server.port, Security.NONE)
    worker = Worker(SmtpTransport(address))
    while worker.round():
        pass
    found: dict[str, list[EmailMessage]] = {}
    for mail in server.mails:
        found.setdefault(str(mail["To"].addresses[0].addr_spec), []).append(mail)
    return found


def events(mails: list[EmailMessage]) -> list[Any]:
    parts = [p for m in mails for p in m.walk() if p.get_content_type() == "text/calendar"]
    return [vobject.readOne(part.get_payload(decode=True).decode()).vevent for part in parts]  # type: ignore[union-attr]


def text(mail: EmailMessage) -> str:
    part = mail.get_body(("plain",))
    assert part
    return str(part.get_content())


def test_a_player_who_cannot_come_today(
    desk: CheckingClient, client: CheckingClient, server: MailServer, set_clock: SetClock
) -> None:
    page = desk.visit("/planning").link("Ricardo kan niet").follow()
    assert page.h1 == "Ricardo kan niet: dit raakt 3 afspraken"
    assert "030 765 43 21" in page.text
    assert "030 123 45 67" in page.text
    moved = "Verplaats naar zondag 7 februari 2027, ochtend"
    filled = page.form("/maak").fill(stop_2=moved, stop_3="Zeg af, en bied aan")
    unsaid = filled.fill(words="").submit(status=422)
    assert unsaid.errors == ["Vul in wat de mensen die het raakt lezen. Eén zin is genoeg."]
    again = unsaid.form("/maak").fill(words="De speler kan onverwacht niet komen.")
    done = again.submit("Zet de blokkade en doe dit alles")
    for said in ("Een: gaat door met een andere speler", "Twee: verplaatst", "Drie: afgezegd"):
        assert said in done.text
    assert done.soup.select("a[href='tel:0307654321']")

    told = delivered(server)
    for name in STOPS:
        [mail] = told[f"{name.lower()}@buren.example"]
        assert "De speler kan onverwacht niet komen." in text(mail)
    assert "Er speelt iemand anders" in str(told["een@buren.example"][0]["Subject"])
    assert "zondag 7 februari 2027" in text(told["twee@buren.example"][0])
    [called_off] = told["drie@buren.example"]
    assert "Wat wel kan" in text(called_off)
    [gone] = events([called_off])
    assert (gone.status.value, int(gone.sequence.value)) == ("CANCELLED", 1)
    stays = events(told["een@buren.example"])[0]
    assert (stays.status.value, int(stays.sequence.value)) == ("CONFIRMED", 1)

    # He is out of two calendar entries; the one that moved is when he can come again.
    ricardos = sorted(event.status.value for event in events(told["ricardo@stut.example"]))
    assert ricardos == ["CANCELLED", "CANCELLED", "CONFIRMED"]
    assert "CONFIRMED" in {e.status.value for e in events(told["elias@stut.example"])}
    assert len(told["hanna@stut.example"]) >= 3
    assert "kim1@post.example" not in told, "nothing changed for whoever has a seat there"
    assert "een andere tijd" in str(told["kim2@post.example"][0]["Subject"])
    assert "gaat niet door" in str(told["kim3@post.example"][0]["Subject"])

    own = client.visit(path_in(text(called_off), "/aanvraag"))
    choosing = own.link("Kies een ander moment").follow()
    taken = choosing.form("/ander-moment").fill(position="1").submit()
    assert "wacht op antwoord" in taken.text
