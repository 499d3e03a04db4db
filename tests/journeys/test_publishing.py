"""Somebody nobody knows puts a room online, by a mail that really arrives, and invites another."""

import re
from collections.abc import Iterator
from email.message import EmailMessage

import pytest

from core.transport import Security, SmtpServer, SmtpTransport
from core.worker import Worker
from tests import builders as b
from tests.conftest import SetClock
from tests.hosting import DESK, FACTS, MONDAY, OFFER, ONWARD, PLACE, offer_place
from tests.mail_server import MailServer, mail_server
from tests.mailed import path_in
from tests.pages import CheckingClient
from tests.pictures import TELLS, photo_that_tells

KEES = "kees@deronde.example"


@pytest.fixture
def server() -> Iterator[MailServer]:
    with mail_server() as running:
        yield running


def delivered(server: MailServer) -> EmailMessage:
    """The one mail that arrives now."""
    server.accepted.clear()
    Worker(SmtpTransport(SmtpServer("127.0.0.1", server.port, Security.NONE))).round()
    [mail] = server.mails
    return mail


def text_of_mail(mail: EmailMessage) -> str:
    part = mail.get_body(("plain",))
    assert part
    return str(part.get_content())


def test_a_new_host_puts_a_room_online(
    client: CheckingClient, server: MailServer, set_clock: SetClock
) -> None:
    set_clock(b.NOW)
    offer_place(client)
    mail = delivered(server)
    assert mail["To"].addresses[0].addr_spec == PLACE["email"]
    assert mail["Subject"] == "Zet je ruimte online"
    page = client.visit(path_in(text_of_mail(mail), OFFER)).form().submit("Log in en begin")

    assert page.title.startswith("Een nieuwe ruimte (stap 1 van 4)")
    page = page.form("facts-form").fill(**FACTS).submit(ONWARD)
    assert page.title.startswith("Wanneer kan het in Grote zaal? (stap 2 van 4)")
    page = page.form("times").fill(**MONDAY, confirms_at_once="at_once").submit(ONWARD)
    assert page.title.startswith("Foto's van Grote zaal (stap 3 van 4)")
    form = page.form("photos-form").fill(text_0="Een lange tafel bij het raam")
    page = form.attach("photo_0", photo_that_tells()).submit()
    page = page.link("Ga verder").follow()
    assert page.title.startswith("Kijk Grote zaal na (stap 4 van 4)")
    page = page.form("online").submit("Zet online")
    assert "Deze ruimte is nu te boeken." in page.soup.get_text(" ", strip=True)

    anybody = client.application.test_client()
    assert isinstance(anybody, CheckingClient)
    public = anybody.visit(page.link("Bekijk de pagina van de ruimte").href)
    assert public.h1 == "Buurthuis De Ronde, Grote zaal"
    for said in ("9.00 – 12.00 en 13.00 – 17.00 uur", "tot 40 mensen", "030 123 45 67"):
        assert said in public.text
    image = public.soup.select_one(".photos img")
    assert image
    assert image["alt"] == "Een lange tafel bij het raam"
    assert TELLS not in anybody.get(str(image["src"])).data
    assert "Grote zaal" in anybody.visit("/ruimtes").text


def test_a_host_invites_another_who_signs_in_by_mail(
    client: CheckingClient, server: MailServer, set_clock: SetClock
) -> None:
    set_clock(b.NOW)
    offer_place(client)
    page = client.visit(path_in(text_of_mail(delivered(server)), OFFER)).form().submit()
    page = page.link("Buurthuis De Ronde").follow().link("Voeg een beheerder toe").follow()
    page = page.form("host-form").fill(name="Kees", email=KEES).submit()
    mail = delivered(server)
    assert mail["To"].addresses[0].addr_spec == KEES
    assert "Je bent vanaf nu beheerder van Buurthuis De Ronde." in text_of_mail(mail)

    kees = client.application.test_client()
    assert isinstance(kees, CheckingClient)
    sign_in = re.search(r"https?://[^/\s]+(/inloggen\S*)", text_of_mail(mail))
    assert sign_in
    kees.visit(sign_in[1]).form().fill(email=KEES).submit()
    kees.visit(path_in(text_of_mail(delivered(server)), "/inloggen")).form().submit()
    assert "Buurthuis De Ronde" in kees.visit(DESK).text

    page.form("Haal weg Kees").submit()
    mail = delivered(server)
    assert mail["To"].addresses[0].addr_spec == KEES
    assert "Je bent geen beheerder meer van Buurthuis De Ronde." in text_of_mail(mail)
    kees.visit(DESK, status=403)
