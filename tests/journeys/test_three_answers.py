"""Without a place of their own: the cube in the room of a host. Three yeses, or one no that frees
the others. Pages, the worker and a real mail server."""

import re
from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage

import pytest
import vobject

from core.db import transact
from core.transport import Security, SmtpServer, SmtpTransport
from core.worker import Worker
from people.models import Person, Role
from tests import builders as b
from tests.asking import CHECK, WHO, fill_in
from tests.conftest import SetClock, SignIn
from tests.mail_server import MailServer, mail_server
from tests.pages import CheckingClient, Page

SAM, NOOR, ELIAS = WHO["email"], "noor@stut.example", "elias@stut.example"
FATIMA, BEA = "fatima@huiskamer.example", "bea@buurtkamer.example"
NO_PLACE = {"kind": "none", "area": "3563"}


@pytest.fixture
def server() -> Iterator[MailServer]:
    with mail_server() as running:
        yield running


@pytest.fixture
def desk(signed_in: SignIn, set_clock: SetClock) -> CheckingClient:
    visitor = signed_in(transact(stage))
    set_clock(b.NOW)
    return visitor


def stage() -> Person:
    """Two rooms in Overvecht, each with a host; the first is the one that is asked."""
    b.cube()
    b.performer("Elias", b.person("Elias", Role.PERFORMER, ELIAS))
    b.room("De Huiskamer", host=b.person("Fatima", Role.HOST, FATIMA))
    b.room("De Buurtkamer", host=b.person("Bea", Role.HOST, BEA))
    return b.person("Noor", Role.PLANNER, NOOR)


def ask(client: CheckingClient) -> None:
    """We have no place: De Huiskamer is near."""
    fill_in(client, near="1", **NO_PLACE).form(CHECK).submit()


def delivered(server: MailServer) -> dict[str, EmailMessage]:
    """What arrives now, the last of each address."""
    server.accepted.clear()
    Worker(SmtpTransport(SmtpServer("127.0.0.1", server.port, Security.NONE))).round()
    return {str(mail["To"].addresses[0].addr_spec): mail for mail in server.mails}


def plain(mail: EmailMessage) -> str:
    part = mail.get_body(("plain",))
    assert part
    return str(part.get_content())


def opened(client: CheckingClient, mail: EmailMessage) -> Page:
    """The page behind the button of a mail."""
    address = re.search(r"https?://[^/\s]+(/(?:toestemming|aanvraag)/[\w-]+)", plain(mail))
    assert address
    return client.visit(address[1])


def methods(mails: dict[str, EmailMessage]) -> dict[str, str]:
    """Of the invitations, by address."""
    parts = [
        (address, part.get_payload(decode=True))
        for address, mail in mails.items()
        for part in mail.walk()
        if part.get_content_type() == "text/calendar"
    ]
    return {
        address: str(vobject.readOne(content.decode()).method.value)
        for address, content in parts
        if isinstance(content, bytes)
    }


def test_no_place_of_our_own_and_three_times_yes(
    client: CheckingClient, desk: CheckingClient, server: MailServer, set_clock: SetClock
) -> None:
    ask(client)
    first = delivered(server)
    assert set(first) == {SAM, NOOR, FATIMA}
    assert "Bevestig toch" in desk.visit("/planning/aanvragen").text, "the host has not answered"

    set_clock(b.NOW + timedelta(days=5))
    reminded = delivered(server)
    assert "Nog even" in str(reminded[FATIMA]["Subject"])
    page = opened(client, reminded[FATIMA])
    page.form("agree").fill(**{"yes-words": "Bel bij de zijdeur."}).submit()
    told = delivered(server)
    assert set(told) == {SAM, NOOR}
    assert "Bel bij de zijdeur." in plain(told[SAM])
    own = opened(client, told[SAM])
    assert "Bel bij de zijdeur." in own.text

    inbox = desk.visit("/planning/aanvragen").form("Bevestig Burennetwerk Zuilen").submit()
    assert "Net bevestigd" in inbox.text
    set_clock(b.NOW + timedelta(days=5, minutes=11))
    invited = delivered(server)
    assert methods(invited) == dict.fromkeys((SAM, ELIAS, FATIMA), "REQUEST")
    answers = [item.get_text(" ") for item in client.visit(own.path).soup.select(".answer-stance")]
    assert [answer.strip() for answer in answers] == ["graag", "ja", "gaat door"]


def test_the_no_of_a_host_frees_the_others(
    client: CheckingClient, desk: CheckingClient, server: MailServer, set_clock: SetClock
) -> None:
    ask(client)
    asked = delivered(server)
    option = desk.visit("/planning/aanvragen/1/optie").form("/planning/aanvragen/1/optie")
    option.submit("Geef toch de optie")
    assert methods(delivered(server)) == {SAM: "REQUEST"}

    set_clock(b.NOW + timedelta(days=1))
    page = opened(client, asked[FATIMA])
    page.form("refuse").fill(**{"no-reason": "in_use", "no-words": "Dan is er bingo."}).submit()
    told = delivered(server)
    assert set(told) == {SAM, NOOR}
    assert methods(told) == {SAM: "CANCEL"}, "the option leaves the calendar"
    for reader in (SAM, NOOR):
        assert "De Buurtkamer" in plain(told[reader])
        assert "Dan is er bingo." in plain(told[reader])

    own = opened(client, told[SAM])
    own.link("Kies een andere plek").follow().form().fill(room="2").submit()
    again = delivered(server)
    assert set(again) == {BEA}
    opened(client, again[BEA]).form("agree").submit()
    assert set(delivered(server)) == {SAM, NOOR}
    desk.visit("/planning/aanvragen").form("Bevestig Burennetwerk Zuilen").submit()
    set_clock(b.NOW + timedelta(days=1, minutes=11))
    assert methods(delivered(server)) == dict.fromkeys((SAM, ELIAS, BEA), "REQUEST")
