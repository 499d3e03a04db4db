"""A day of the neighbours: twelve requests from six districts, planned together at the desk."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage
from itertools import pairwise

import pytest
from sqlalchemy import func, select

from booking import services
from booking.models import BookingRequest, Stop, YearlyAnswer
from booking.rules.lifecycle import RequestState
from booking.rules.norms import DayPart, Wish
from core.clock import local_date
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
    ask(range(requests))


def ask(numbers: range) -> None:
    for n in numbers:
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


def days_of(request: BookingRequest) -> list[date]:
    return [each.day_on for each in request.alternatives]


def assert_nothing_is_offered_twice(requests: list[BookingRequest]) -> None:
    """There is one cube."""
    kept = sorted(
        (each.stay_starts_at, each.stay_ends_at)
        for request in requests
        for each in request.alternatives
        if each.stay_starts_at and each.stay_ends_at
    )
    assert all(one[1] <= other[0] for one, other in pairwise(kept))


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
    assert "Zaterdag 25 september 2027" in page.text
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
    changed = "verzamelen tot en met van zaterdag 28 augustus 2027 naar vrijdag 20 augustus 2027"
    assert changed in desk.visit(ONE).text


def test_closing_is_of_what_was_looked_at_and_can_be_undone(desk: CheckingClient) -> None:
    take_over(desk)
    looked_at = desk.visit(ONE).form(f"{ONE}/sluit")
    form = desk.visit(f"{ONE}/wijzig").form(f"{ONE}/wijzig")
    form.fill(intake_until="2027-08-20").submit("Bewaar")
    late = looked_at.submit("Sluit af", status=409)
    assert "Een ander heeft dit net veranderd." in late.text
    closed = late.form(f"{ONE}/sluit").submit("Sluit af")
    assert "Dit is afgesloten." in closed.text
    assert "afgesloten" in desk.visit(LIST).text
    late.form(f"{ONE}/sluit").submit("Sluit af", status=409)
    opened = closed.form(f"{ONE}/open").submit("Open weer")
    assert "Je verzamelt nog" in opened.text
    assert "weer geopend" in opened.text


def test_what_is_promised_follows_the_intake_and_who_hears_later_is_told_once(
    desk: CheckingClient, client: CheckingClient, server: MailServer, set_clock: SetClock
) -> None:
    take_over(desk)
    asking(1)
    other = b.submitted(b.asked(1, Wish(DAY + timedelta(days=9), DayPart.MORNING)), NOW).id
    told = text(delivered(server)["buren0@buren.example"]).replace("\n", " ")
    assert "Voor Burendag (zaterdag 25 september 2027) verzamelen we aanvragen" in told
    assert "Je hoort het voor zondag 5 september 2027." in told
    link = re.search(r"/aanvraag/[\w-]+", told)
    assert link
    own = client.visit(link[0]).text
    assert "Je hoort het voor zondag 5 september 2027." in own
    assert "Daarna kiezen we samen." in own

    def collect_until(day: str) -> list[EmailMessage]:
        form = desk.visit(f"{ONE}/wijzig").form(f"{ONE}/wijzig")
        form.fill(intake_until=day).submit("Bewaar")
        return [
            mail for mail in delivered(server).values() if "Je hoort het later" in mail["Subject"]
        ]

    def promised() -> date:
        session.rollback()
        until = session.get_one(BookingRequest, 1).answer_until
        assert until
        return local_date(until)

    version = session.get_one(BookingRequest, 1).version
    [mail] = collect_until("2027-09-04")
    assert "Je hoort het voor zondag 12 september 2027." in text(mail).replace("\n", " ")
    assert promised() == date(2027, 9, 12)
    assert session.get_one(BookingRequest, 1).version == version, "nobody's form is out of date"
    assert collect_until("2027-08-28") == []
    assert promised() == date(2027, 9, 5)
    assert collect_until("2027-09-04") == [], "that day was told before"
    story = desk.visit("/planning/aanvragen/1").text
    assert "van voor zondag 5 september 2027 naar voor zondag 12 september 2027" in story
    assert "Voor Burendag verzamel je nog aanvragen tot en met" in story

    assert transact(services.remind_theatre, now=NOW + timedelta(days=8)) == 1, "of the other"
    set_clock(NOW + timedelta(days=9))
    desk.visit(ONE).form(f"{ONE}/sluit").submit("Sluit af")
    assert promised() == date(2027, 5, 19)
    assert transact(services.remind_theatre, now=NOW + timedelta(days=14, hours=1)) == 1
    set_clock(NOW + timedelta(days=15))
    assert "beloofd voor ma 10 mei" in desk.visit("/planning/aanvragen").text, "late: the other"
    assert "beloofd voor wo 19 mei" not in desk.visit("/planning/aanvragen").text
    set_clock(NOW + timedelta(days=17))
    assert "beloofd voor wo 19 mei" in desk.visit("/planning/aanvragen").text
    session.rollback()
    assert session.get_one(BookingRequest, other).answer_until == NOW + timedelta(days=7)


def test_twelve_requests_are_planned_together(
    desk: CheckingClient,
    client: CheckingClient,
    server: MailServer,
    set_clock: SetClock,
    count_queries: CountQueries,
) -> None:
    take_over(desk)
    asking(2)
    with count_queries() as for_two:
        desk.visit(ONE)
    ask(range(2, 12))
    with count_queries() as for_twelve:
        page = desk.visit(ONE)
    assert len(for_twelve) == len(for_two)
    assert "12 aanvragen" in page.text
    assert "Past, en is de eerste in deze wijk." in page.text
    assert "Botst met Buren" in page.text

    refused = page.form(LOOK).submit(LOOK, status=422)
    assert "Schrijf waarom je nu al kiest." in refused.text

    set_clock(LATER)
    assert "Kies nu: Burendag" in desk.visit("/planning").text
    check = desk.visit(ONE).form(LOOK).submit(LOOK)
    assert "Er is nog niets vastgelegd." in check.text
    assert session.scalar(select(func.count()).select_from(Stop)) == 0
    form = check.form(ONE)
    with count_queries() as planning:
        assert "Burendag is gepland." in form.submit(SEND).text
    assert "net veranderd" in form.submit(SEND, status=409).text

    session.rollback()
    requests = session.scalars(select(BookingRequest)).all()
    confirmed = [one for one in requests if one.state is RequestState.CONFIRMED]
    declined = [one for one in requests if one.state is RequestState.DECLINED]
    assert len(confirmed) + len(declined) == 12
    assert len(confirmed) >= 2
    tours = sum("FROM performer_availability" in statement for statement in planning)
    assert tours <= len(confirmed) + 4, "loaded once for all who are offered other days"
    assert len({one.district_number for one in confirmed}) == len(confirmed)
    offered = [one for one in declined if one.alternatives]
    days = [each.wish.day for one in offered for each in one.alternatives]
    assert days
    one_id, address = offered[0].id, offered[0].contact_email
    assert all(day != DAY and abs(day - DAY) <= timedelta(days=7) for day in days)
    assert all(one.alternatives for one in declined), "first one for everybody"
    assert all(len(set(days_of(one))) == len(one.alternatives) for one in offered)
    assert_nothing_is_offered_twice(offered)

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


def test_the_days_are_told_and_planners_hear_when_to_choose(
    desk: CheckingClient, client: CheckingClient, server: MailServer, set_clock: SetClock
) -> None:
    take_over(desk)
    asking(1)
    address = "/planning/aanvragen/1/bevestig"
    early = desk.visit(address).form(address).submit("Bevestig", status=422)
    assert "Schrijf waarom je nu al kiest." in early.text

    assert "Burendag" not in client.visit("/").text, "nobody collects yet"
    set_clock(datetime(2027, 7, 1, 9, tzinfo=UTC))
    for public in ("/", "/agenda"):
        page = client.visit(public)
        assert "Zaterdag 25 september 2027. Vraag de kubus aan tot en met" in page.text
        assert page.link("Vraag de kubus aan voor Burendag").follow().h1

    assert transact(services.remind_to_choose, now=NOW) == 0
    assert [transact(services.remind_to_choose, now=LATER) for _ in range(2)] == [1, 0]
    set_clock(LATER)
    delivered(server)
    [mail] = [mail for mail in server.mails if mail["Subject"] == "Kies nu: Burendag"]
    assert "/planning/momenten/1" in text(mail)
    early.form(address).fill(why="De zaal is daarna dicht.").submit("Bevestig")
