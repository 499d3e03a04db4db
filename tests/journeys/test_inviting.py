"""A district where the cube never was: who is there to invite, a draft for each, one changed and
sent, and whoever wants no more of it is listed nowhere."""

import re
from collections.abc import Iterator
from email.message import EmailMessage

import pytest

from booking import services
from booking.rules.outreach import PartnerDetails
from core.db import transact
from core.history import INVITED, story
from core.transport import Security, SmtpServer, SmtpTransport
from core.worker import Worker
from people.models import Role
from tests import builders as b
from tests.conftest import SetClock, SignIn
from tests.mail_server import MailServer, mail_server
from tests.markup import text_of, value
from tests.pages import CheckingClient, Page

CENTRE = "/planning/dekking/6"
LABELLED = "Beste buren.\n\nDe doelgroep is iedereen."
BUREN, LEZERS = "buren@centrum.example", "lezers@centrum.example"


@pytest.fixture
def server() -> Iterator[MailServer]:
    with mail_server() as running:
        yield running


@pytest.fixture
def desk(app: object, signed_in: SignIn, set_clock: SetClock) -> CheckingClient:
    set_clock(b.NOW)
    b.stage()
    for name, email in (("Buren in het centrum", BUREN), ("De Leeszaal", LEZERS)):
        partner = PartnerDetails(name, "3511", contact_name="Kim", email=email)
        transact(services.add_partner, partner, by=b.PLANNER, now=b.NOW)
    return signed_in(transact(b.person, "Noor", Role.PLANNER))


def delivered(server: MailServer) -> list[EmailMessage]:
    """What leaves now."""
    server.accepted.clear()
    Worker(SmtpTransport(SmtpServer("127.0.0.1", server.port, Security.NONE))).round()
    return list(server.mails)


def choose(here: Page, *keys: str) -> Page:
    return here.form("/uitnodigen").fill(wie=list(keys)).submit()


def draft_to(mails: Page, address: str) -> Page:
    """The draft to this address, from the list in the post."""
    links = [value(link, "href") for link in mails.soup.select("td a[href^='/planning/post/']")]
    drafts = [mails.client.visit(link) for link in links]
    [found] = [draft for draft in drafts if address in draft.text]
    return found


def path(mail: EmailMessage, start: str) -> str:
    found = re.search(re.escape(start) + r"\S*", body(mail))
    assert found
    return found[0]


def body(mail: EmailMessage) -> str:
    part = mail.get_body(("plain",))
    assert part
    return str(part.get_content()).replace("\r\n", "\n")


def test_from_a_district_without_a_visit_to_no_more_invitations(
    desk: CheckingClient, client: CheckingClient, server: MailServer, set_clock: SetClock
) -> None:
    here = desk.visit("/planning/dekking").link("Binnenstad").follow()
    assert "De kubus was hier nog niet." in here.text
    writing = choose(here, "partner.1", "partner.2")
    assert writing.form("/uitnodigen").fields["subject_line"] == (
        "Komt de kubus ook naar jullie wijk?"
    )
    ready = writing.form("/uitnodigen").submit()
    assert "2 concepten staan klaar. Er is nog niets verstuurd." in ready.text
    assert delivered(server) == [], "nothing leaves before somebody sends it"
    assert "concept staat klaar" in desk.visit(CENTRE).text

    draft = draft_to(ready, BUREN)
    labelled = draft.form("/concept").fill(words=LABELLED).submit("Verstuur nu", status=422)
    assert "“doelgroep”" in labelled.text
    changed = labelled.form("/concept").fill(words="Dag buren.\n\nKom je langs?")
    kept = changed.submit("Bewaar, verstuur later")
    stale = draft.form("/concept").fill(words="Te laat.").submit("Verstuur nu", status=409)
    assert stale.form("/concept").fields["words"] == "Te laat."
    assert delivered(server) == []
    kept.form("/concept").submit("Verstuur nu")
    [mail] = delivered(server)
    assert (mail["To"], mail["Subject"]) == (
        f"Kim <{BUREN}>",
        "Komt de kubus ook naar jullie wijk?",
    )
    assert "Dag buren.\n\nKom je langs?" in body(mail)
    asking = client.visit(path(mail, "/kubus/aanvragen"))
    assert asking.form().fields["area"] == "3511"

    assert "Binnenstad nog niet 0 0 0 – 0 0 0 0 di 24 nov" in desk.visit("/planning/dekking").text
    told = desk.visit(CENTRE)
    assert "dinsdag 24 november 2026, door Noor" in told.text
    assert told.text.index("De Leeszaal") < told.text.index("Buren in het centrum")
    soon = choose(told, "partner.1")
    assert "Buren in het centrum kreeg op dinsdag 24 november 2026 al" in soon.text
    refused = soon.form("/uitnodigen").submit(status=422)
    assert refused.errors == ["Vink aan wie je toch uitnodigt."]
    again = refused.form("/uitnodigen").fill(again="partner.1").submit()
    assert draft_to(again, BUREN).h1 == "Concept: Buren in het centrum"

    own = client.visit(path(mail, "/uitnodiging/"))
    assert own.h1 == "Liever geen uitnodigingen?"
    assert client.visit(own.path).h1 == own.h1, "opening it changes nothing"
    thanked = own.form("/niet-meer").submit()
    assert thanked.h1 == "Je krijgt geen uitnodigingen meer"
    listed = desk.visit(CENTRE).soup.select_one("#invitees")
    assert listed
    assert "Buren in het centrum" not in text_of(listed)
    assert story(("outreach", 1))[-1].actor == INVITED
    assert "wil men geen uitnodigingen" in desk.visit("/planning/partners/1").text
    drafts = desk.visit("/planning/post?staat=draft")
    with pytest.raises(ValueError, match="unpack"):
        draft_to(drafts, BUREN)
    thanked.form("/toch-wel").submit()
    assert "Buren in het centrum" in desk.visit(CENTRE).text
