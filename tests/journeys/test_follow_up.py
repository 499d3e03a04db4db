"""What continues after the cube: agreed before it comes, asked about the next day and four weeks
later, told in two minutes, read at the desk."""

import re
from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage

import pytest

from booking import clockwork
from booking.models import FollowUp, Stop, StopReport
from core.db import session, transact
from core.transport import Security, SmtpServer, SmtpTransport
from core.worker import Worker
from people.models import Role
from tests import builders as b
from tests.conftest import SetClock, SignIn
from tests.integration.bookings import ask, confirm, undo
from tests.mail_server import MailServer, mail_server
from tests.pages import CheckingClient

ASKER = "sam@buren.example"


@pytest.fixture
def server() -> Iterator[MailServer]:
    with mail_server() as running:
        yield running


@pytest.fixture
def stop(app: object, set_clock: SetClock) -> Stop:
    hall = b.stage()
    set_clock(b.NOW)
    return confirm(ask(hall.id), hall.id)


def delivered(server: MailServer) -> list[EmailMessage]:
    """What arrives at the asker now."""
    server.accepted.clear()
    address = SmtpServer("127.0.0.1", server.port, Security.NONE)
    Worker(SmtpTransport(address)).round()
    return [mail for mail in server.mails if ASKER in str(mail["To"])]


def link(mail: EmailMessage) -> str:
    part = mail.get_body(("plain",))
    assert part
    found = re.search(r"/aanvraag/\S+", str(part.get_content()))
    assert found
    return found[0]


def test_what_continues_from_the_agreement_to_four_weeks_later(
    stop: Stop, client: CheckingClient, signed_in: SignIn, server: MailServer, set_clock: SetClock
) -> None:
    set_clock(b.NOW + timedelta(minutes=11))
    request_id, ended_at = stop.booking_request_id, stop.ends_at
    desk = signed_in(transact(b.person, "Noor", Role.PLANNER))
    assert "nog niets afgesproken" in desk.visit(f"/planning/aanvragen/{request_id}").text
    moving = desk.visit(f"/planning/aanvragen/{request_id}/verplaats")
    assert "Nog niets afgesproken over wat er daarna doorgaat." in moving.text

    invited = next(mail for mail in delivered(server) if "gaat door" in str(mail["Subject"]))
    own = client.visit(link(invited))
    agreeing = own.link("Schrijf op wat er doorgaat").follow()
    agreed = agreeing.form("/vervolg").fill(plan="Elke dinsdag soep.").submit()
    assert "Elke dinsdag soep." in agreed.text
    stale = agreeing.form("/vervolg").fill(plan="Iets anders.").submit(status=409)
    assert stale.form("/vervolg").fields["plan"] == "Iets anders."
    assert "Elke dinsdag soep." in desk.visit(f"/planning/aanvragen/{request_id}").text

    set_clock(ended_at + timedelta(hours=23))
    assert delivered(server) == []
    set_clock(ended_at + timedelta(hours=25))
    [first] = delivered(server)
    assert first["Subject"].startswith("Hoe was het met de kubus?")
    form = client.visit(link(first)).form("/na-afloop")
    wrong = form.fill(visitors="10", first_time="11").submit(status=422)
    assert wrong.errors == [
        "Kies of er iets doorgaat.",
    ]
    wrong = wrong.form("/na-afloop").fill(continues="not_yet").submit(status=422)
    assert wrong.errors == ["Dat zijn er meer dan alle bezoekers samen (10). Kijk de aantallen na."]
    thanked = wrong.form("/na-afloop").fill(first_time="4", from_neighbourhood="9").submit()
    assert "Dank je wel." in thanked.text

    set_clock(ended_at + timedelta(weeks=4, hours=1))
    [second] = delivered(server)
    later = client.visit(link(second)).form("/na-afloop")
    later.fill(visitors="10", continues="yes", words="Soep, met tien mensen.").submit()
    told = desk.visit(f"/planning/aanvragen/{request_id}").text
    assert "gaat door: Soep, met tien mensen." in told
    assert "nog niet, wel plannen" in told
    set_clock(ended_at + timedelta(weeks=5))
    assert delivered(server) == [], "everybody is asked twice, not more"


def test_nobody_is_asked_about_what_did_not_take_place(stop: Stop) -> None:
    undo(stop.booking_request)
    clockwork.work_off(stop.ends_at + timedelta(days=2))
    assert session.query(StopReport).count() == 0


def test_what_was_written_freely_goes_after_a_year(stop: Stop) -> None:
    def write() -> None:
        request_id = stop.booking_request_id
        session.add(FollowUp(booking_request_id=request_id, plan="Bij Kim.", changed_at=b.NOW))

    transact(write)
    clockwork.forget_people(stop.ends_at + timedelta(days=367))
    session.expire_all()
    assert session.get_one(FollowUp, stop.booking_request_id).plan == ""
