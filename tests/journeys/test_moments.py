"""A day of the neighbours: twelve requests from six districts, planned together at the desk."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage

import pytest
from sqlalchemy import func, select

from booking.models import BookingRequest, Stop, YearlyAnswer
from booking.rules.lifecycle import RequestState
from booking.rules.norms import DayPart, Wish
from core.db import session, transact
from core.transport import Security, SmtpServer, SmtpTransport
from core.worker import Worker
from people.models import Role
from tests import builders as b
from tests.asking import WHEN, say_where
from tests.conftest import CountQueries, SetClock, SignIn
from tests.mail_server import MailServer, mail_server
from tests.pages import CheckingClient

NOW = datetime(2027, 5, 3, 9, tzinfo=UTC)
LATER = datetime(2027, 9, 1, 9, tzinfo=UTC)
DAY = date(2027, 9, 25)
POSTCODES = ("3563 CB", "3524 AB", "3451 AB", "3555 AA", "3531 AA", "3544 AA")
LIST, NEW = "/planning/momenten", "/planning/momenten/nieuw"
ONE = "/planning/momenten/1"
LOOK, SEND = "Kijk wie welke mail krijgt", "Leg samen vast en verstuur"


@pytest.fixture
def server() -> Iterator[MailServer]:
    with mail_server() as running:
        yield running


@pytest.fixture
def desk(signed_in: SignIn, set_clock: SetClock) -> CheckingClient:
    visitor = signed_in(transact(b.person, "Noor", Role.PLANNER))
    set_clock(NOW)
    return visitor


def asking(requests: int) -> None:
    """From six districts in turn, all for one day."""
    transact(b.cube)
    for name in ("Christiaan", "Ricardo", "Elias"):
        transact(b.performer, name)
    for n in range(requests):
        code = POSTCODES[n % 6]
        room = transact(b.room, f"Plek {n}", code)
        parts = list(DayPart)
        b.submitted(
            b.asked(
                room.id,
                Wish(DAY, parts[n % 3]),
                postcode=code,
                organisation=f"Buren {n}",
                email=f"buren{n}@buren.example",
            ),
            NOW + timedelta(minutes=n),
        )


def delivered(server: MailServer) -> dict[str, EmailMessage]:
    server.accepted.clear()
    Worker(SmtpTransport(SmtpServer("127.0.0.1", server.port, Security.NONE))).round()
    return {str(mail["To"].addresses[0].addr_spec): mail for mail in server.mails}


def text(mail: EmailMessage) -> str:
    part = mail.get_body(("plain",))
    assert part
    return str(part.get_content())


def take_over(desk: CheckingClient) -> None:
    page = desk.visit(LIST)
    form = page.link("Neem Burendag over").follow().form(NEW)
    assert "zaterdag 25 september 2027" in page.text
    form.fill(nearby_days="7").submit("Voeg toe")


def test_a_proposal_is_taken_over_or_skipped_and_the_days_change(desk: CheckingClient) -> None:
    take_over(desk)
    page = desk.visit(LIST)
    assert "Neem Burendag over" not in page.text
    page.form("Sla Week van de ontmoeting dit jaar over").submit()
    assert "Alle voorstellen voor het komende jaar zijn beantwoord." in desk.visit(LIST).text
    assert session.scalar(select(func.count()).select_from(YearlyAnswer)) == 2

    form = desk.visit(ONE).link("Wijzig deze dagen").follow().form(f"{ONE}/wijzig")
    wrong = form.fill(intake_until="2027-09-25").submit("Bewaar", status=422)
    assert "Stop met verzamelen voor de eerste dag." in wrong.text
    wrong.form(f"{ONE}/wijzig").fill(intake_until="2027-08-20").submit("Bewaar")
    late = form.fill(intake_until="2027-08-21").submit("Bewaar", status=409)
    assert "Een ander heeft dit net veranderd." in late.text
    desk.visit(ONE).form("Sluit af").submit()
    assert "afgesloten" in desk.visit(LIST).text


def test_twelve_requests_are_planned_together(
    desk: CheckingClient,
    client: CheckingClient,
    server: MailServer,
    set_clock: SetClock,
    count_queries: CountQueries,
) -> None:
    take_over(desk)
    asking(12)
    with count_queries() as queries:
        page = desk.visit(ONE)
    assert len(queries) < 60
    assert "12 aanvragen" in page.text
    assert "Past, en is de eerste in deze wijk." in page.text
    assert "Botst met Buren" in page.text

    early = page.form(LOOK).submit(LOOK).form(ONE)
    refused = early.submit(SEND, status=422)
    assert "Schrijf waarom je nu al kiest." in refused.text

    set_clock(LATER)
    assert "Kies nu: Burendag" in desk.visit("/planning").text
    check = desk.visit(ONE).form(LOOK).submit(LOOK)
    assert "Er is nog niets vastgelegd." in check.text
    assert session.scalar(select(func.count()).select_from(Stop)) == 0
    form = check.form(ONE)
    assert "Burendag is gepland." in form.submit(SEND).text
    assert "net veranderd" in form.submit(SEND, status=409).text

    session.rollback()
    requests = session.scalars(select(BookingRequest)).all()
    confirmed = [one for one in requests if one.state is RequestState.CONFIRMED]
    declined = [one for one in requests if one.state is RequestState.DECLINED]
    assert len(confirmed) + len(declined) == 12
    assert len(confirmed) >= 2
    assert len({one.district_number for one in confirmed}) == len(confirmed)
    offered = [one for one in declined if one.alternatives]
    days = [each.wish.day for one in offered for each in one.alternatives]
    assert days
    one_id, address = offered[0].id, offered[0].contact_email
    assert all(day != DAY and abs(day - DAY) <= timedelta(days=7) for day in days)

    told = delivered(server)
    mail = text(told[address])
    assert "jullie aanvraag paste niet meer op deze dagen" in mail.replace("\n", " ")
    link = re.search(r"/aanvraag/[\w-]+", mail)
    assert link
    own = client.visit(link[0])
    choose = own.link("Kies een ander moment").follow()
    choose.form("Kies dit moment").fill(position="1").submit()
    session.rollback()
    assert session.get_one(BookingRequest, one_id).state is RequestState.SUBMITTED


def test_all_or_nothing_and_whose_request_changed_is_named(
    desk: CheckingClient, set_clock: SetClock
) -> None:
    take_over(desk)
    asking(3)
    set_clock(LATER)
    form = desk.visit(ONE).form(LOOK).submit(LOOK).form(ONE)
    last = session.scalars(select(BookingRequest).order_by(BookingRequest.id.desc())).first()
    assert last
    last.hope = "Veranderd"
    session.commit()
    late = form.submit(SEND, status=409)
    assert "De aanvraag van Buren 2 is net veranderd." in late.text
    assert session.scalar(select(func.count()).select_from(Stop)) == 0
    late.form(LOOK).submit(LOOK).form(ONE).submit(SEND)
    assert (session.scalar(select(func.count()).select_from(Stop)) or 0) > 1


def test_who_asks_for_such_a_day_reads_until_when_requests_are_collected(
    desk: CheckingClient, client: CheckingClient, set_clock: SetClock
) -> None:
    take_over(desk)
    transact(b.cube)
    transact(b.performer)
    set_clock(datetime(2027, 7, 1, 9, tzinfo=UTC))
    say_where(client)
    text = client.visit(f"{WHEN}?vanaf=2027-09-20").text
    assert "Voor Burendag (zaterdag 25 september 2027) verzamelen we aanvragen tot en met" in text
    assert "Burendag" not in client.visit(f"{WHEN}?vanaf=2027-08-02").text
