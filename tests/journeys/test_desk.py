"""From a request to everybody's calendar and out of it again: the desk, the worker, a real mail
server, and an iCalendar parser that is not ours."""

from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage
from typing import Any

import pytest
import vobject

from booking.rules.audience import Audience
from core.db import transact
from core.transport import Security, SmtpServer, SmtpTransport
from core.worker import Worker
from people.models import Person, Role
from tests import builders as b
from tests.conftest import SetClock, SignIn
from tests.mail_server import MailServer, mail_server
from tests.pages import CheckingClient
from venues.models import Room

ASKER, PLAYER, HOST = "contact@burennetwerk.example", "elias@stut.example", "beheer@huis.example"


@pytest.fixture
def server() -> Iterator[MailServer]:
    with mail_server() as running:
        yield running


@pytest.fixture
def desk(signed_in: SignIn, set_clock: SetClock) -> CheckingClient:
    """The planner, with one request that waits, and a host who lets the cube come."""
    room, planner = transact(stage)
    visitor = signed_in(planner)
    set_clock(b.NOW)
    b.host_says_yes(b.submitted(b.asked(room.id)))
    return visitor


def stage() -> tuple[Room, Person]:
    b.cube()
    b.performer("Elias", b.person("Elias", Role.PERFORMER, PLAYER))
    b.performer("Ricardo")
    planner = b.person("Noor", Role.PLANNER)
    return b.room(host=b.person("Bea", Role.HOST, HOST)), planner


def delivered(server: MailServer) -> dict[str, EmailMessage]:
    """What arrives now, by address."""
    server.accepted.clear()
    address = SmtpServer("127.0.0.1", server.port, Security.NONE)
    Worker(SmtpTransport(address)).round()
    return {str(mail["To"].addresses[0].addr_spec): mail for mail in server.mails}


def calendar(mail: EmailMessage) -> Any:
    part = next(p for p in mail.walk() if p.get_content_type() == "text/calendar")
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    read: Any = vobject.readOne(content.decode())
    assert read.method.value == part.get_param("method")
    return read


def event(mail: EmailMessage) -> Any:
    return calendar(mail).vevent


def plain(mail: EmailMessage) -> str:
    part = mail.get_body(("plain",))
    assert part
    return str(part.get_content())


def has_calendar(mail: EmailMessage) -> bool:
    return any(part.get_content_type() == "text/calendar" for part in mail.walk())


def test_a_request_reaches_every_calendar_and_leaves_it_again(
    desk: CheckingClient, server: MailServer, set_clock: SetClock
) -> None:
    first = delivered(server)
    assert set(first) == {ASKER, "noor@stut.example", HOST}
    assert "/aanvraag/" in plain(first[ASKER])

    inbox = desk.visit("/planning/aanvragen")
    assert "Vrij" in inbox.text
    inbox = inbox.form("Bevestig Burennetwerk Zuilen").submit()
    assert "Net bevestigd" in inbox.text
    assert delivered(server) == {}, "nothing leaves while it can be undone"

    set_clock(b.NOW + timedelta(minutes=11))
    told = delivered(server)
    assert set(told) == {ASKER, PLAYER, HOST}
    confirmed = {address: event(mail) for address, mail in told.items()}
    assert len({e.uid.value for e in confirmed.values()}) == 1
    for address, entry in confirmed.items():
        assert entry.attendee.value == f"mailto:{address}"
        assert entry.sequence.value == "0"
        assert entry.dtstart.value.astimezone(b.NOW.tzinfo) == b.AFTERNOON_STARTS

    moving = desk.visit("/planning/aanvragen/1").link("Verplaats").follow()
    form = moving.form("/planning/aanvragen/1/verplaats")
    smaller = form.fill(part="avond", why="De zaal is later open.").submit(status=422)
    assert "12 bezoekers passen niet: hier is plaats voor 10." in smaller.text
    smaller.form("/planning/aanvragen/1/verplaats").submit("Verplaats toch")
    moved = event(delivered(server)[ASKER])
    assert moved.uid.value == confirmed[ASKER].uid.value
    assert moved.sequence.value == "1"
    assert moved.dtstart.value.astimezone(b.NOW.tzinfo) == b.AFTERNOON_STARTS + timedelta(hours=6)

    cancelling = desk.visit("/planning/aanvragen/1").link("Annuleer").follow()
    cancelling.form().fill(why="De kubus is stuk.").submit("Annuleer de speelbeurt")
    gone = delivered(server)
    assert set(gone) == {ASKER, PLAYER, HOST}
    for mail in gone.values():
        assert calendar(mail).method.value == "CANCEL"
        assert event(mail).status.value == "CANCELLED"
        assert event(mail).sequence.value == "2"
        assert event(mail).uid.value == moved.uid.value


def test_undo_within_ten_minutes_tells_nobody(
    desk: CheckingClient, server: MailServer, set_clock: SetClock
) -> None:
    delivered(server)
    inbox = desk.visit("/planning/aanvragen").form("Bevestig Burennetwerk Zuilen").submit()
    request = inbox.form("Maak ongedaan").submit()
    assert "wacht op antwoord" in request.text
    set_clock(b.NOW + timedelta(minutes=30))
    assert delivered(server) == {}


def test_undo_after_ten_minutes_is_refused_in_words(
    desk: CheckingClient, server: MailServer, set_clock: SetClock
) -> None:
    inbox = desk.visit("/planning/aanvragen").form("Bevestig Burennetwerk Zuilen").submit()
    set_clock(b.NOW + timedelta(minutes=11))
    delivered(server)
    late = inbox.form("Maak ongedaan").submit(status=409)
    assert "Terugdraaien kan niet meer" in late.text


def test_an_option_is_tentative_and_becomes_the_same_entry(
    desk: CheckingClient, server: MailServer, set_clock: SetClock
) -> None:
    delivered(server)
    page = desk.visit("/planning/aanvragen/1").link("Geef een optie").follow()
    page.form("/planning/aanvragen/1/optie").submit("Geef de optie")
    option = event(delivered(server)[ASKER])
    assert option.status.value == "TENTATIVE"

    desk.visit("/planning/aanvragen").form("Bevestig Burennetwerk Zuilen").submit()
    set_clock(b.NOW + timedelta(minutes=11))
    confirmed = event(delivered(server)[ASKER])
    assert (confirmed.uid.value, confirmed.status.value) == (option.uid.value, "CONFIRMED")
    assert int(confirmed.sequence.value) > int(option.sequence.value)


def test_an_option_that_lapses_leaves_the_calendar(
    desk: CheckingClient, server: MailServer, set_clock: SetClock
) -> None:
    page = desk.visit("/planning/aanvragen/1").link("Geef een optie").follow()
    page.form("/planning/aanvragen/1/optie").submit("Geef de optie")
    delivered(server)
    set_clock(b.NOW + timedelta(days=12))
    assert "loopt bijna af" in str(delivered(server)[ASKER]["Subject"])
    set_clock(b.NOW + timedelta(days=15, minutes=2))
    lapsed = delivered(server)[ASKER]
    assert calendar(lapsed).method.value == "CANCEL"
    assert "verlopen" in desk.visit("/planning/aanvragen/1").text


def test_confirming_over_a_clash_is_never_silent(
    signed_in: SignIn, server: MailServer, set_clock: SetClock
) -> None:
    room, planner = transact(stage)
    elsewhere = transact(b.room, "De Musketon", b.LUNETTEN)
    desk = signed_in(planner)
    set_clock(b.NOW)
    b.host_says_yes(b.submitted(b.asked(room.id)))
    b.submitted(b.asked(elsewhere.id, organisation="NIZU", email="nizu@nizu.example"))
    unseen = desk.visit("/planning/aanvragen").link("Bekijk en bevestig Burennetwerk Zuilen")
    seen = unseen.follow()
    assert "NIZU (donderdag 4 februari 2027, middag): deze keuze kan dan niet meer." in seen.text
    seen.form("/planning/aanvragen/1/bevestig").submit("Bevestig")

    inbox = desk.visit("/planning/aanvragen")
    assert "De kubus is dan in Overvecht." in inbox.text
    clash = inbox.link("Bevestig toch NIZU").follow()
    assert "De kubus is dan in Overvecht." in clash.text
    refused = clash.form("/planning/aanvragen/2/bevestig").submit("Kijk opnieuw", status=422)
    assert refused.errors == ["De kubus is dan in Overvecht."]

    propose = refused.link("Stel voor vrijdag 5 februari 2027, ochtend").follow()
    answer = propose.form().fill(reason="no_time", words="De middag is al vergeven.")
    answer.submit("Wijs af")
    declined = delivered(server)["nizu@nizu.example"]
    assert "vrijdag 5 februari 2027, ochtend" in plain(declined)
    assert not has_calendar(declined)


def test_a_concern_is_accepted_by_name(signed_in: SignIn, set_clock: SetClock) -> None:
    room, planner = transact(stage)
    desk = signed_in(planner)
    set_clock(b.NOW)
    b.host_says_yes(b.submitted(b.asked(room.id, audience=Audience(live_here=30))))
    page = desk.visit("/planning/aanvragen").link("Bevestig toch Burennetwerk Zuilen").follow()
    assert "30 bezoekers passen niet: hier is plaats voor 14. Neem 3 dagdelen." in page.text
    page.form("/planning/aanvragen/1/bevestig").submit("Bevestig toch")
    assert "gaat door" in desk.visit("/planning/aanvragen/1").text


def test_two_planners_do_not_overwrite_each_other(desk: CheckingClient) -> None:
    mine = desk.visit("/planning/aanvragen/1/bevestig")
    theirs = desk.visit("/planning/aanvragen/1/afwijzen")
    theirs.form().fill(reason="other").submit("Wijs af", status=422)
    theirs.form().fill(reason="other", words="Nee.").submit("Wijs af")
    late = mine.form("/planning/aanvragen/1/bevestig").submit("Bevestig", status=409)
    assert "Nu geldt: afgewezen" in late.text


def test_a_move_before_anybody_was_told_is_told_as_the_confirmation(
    desk: CheckingClient, server: MailServer, set_clock: SetClock
) -> None:
    delivered(server)
    desk.visit("/planning/aanvragen").form("Bevestig Burennetwerk Zuilen").submit()
    moving = desk.visit("/planning/aanvragen/1/verplaats").form("/planning/aanvragen/1/verplaats")
    moving.fill(day="2027-02-05", why="Toch liever vrijdag.")
    asked = moving.submit("Verplaats", status=422)
    assert "zei ja tegen een ander moment" in asked.text
    asked.form("/planning/aanvragen/1/verplaats").submit("Verplaats toch")
    set_clock(b.NOW + timedelta(minutes=11))
    told = delivered(server)
    assert set(told) == {ASKER, PLAYER, HOST}
    assert "Het gaat door: de kubus komt op vrijdag 5 februari 2027" in str(told[ASKER]["Subject"])
    starts_at = event(told[ASKER]).dtstart.value.astimezone(b.NOW.tzinfo)
    assert starts_at == b.AFTERNOON_STARTS + timedelta(days=1)


def test_a_title_with_a_label_gets_a_suggestion_first(desk: CheckingClient) -> None:
    page = desk.visit("/planning/aanvragen/1").link("Kies titel en onderwerp").follow()
    named = page.form("/1/woorden").fill(
        public_title="Een middag tegen eenzaamheid", internal_subject="Najaar, Overvecht"
    )
    asked = named.submit("Bewaar", status=422)
    assert "“eenzaamheid”: zeg wat er te doen is" in asked.text
    better = asked.form("/1/woorden").fill(public_title="Een middag voor eenzame buren")
    asked = better.submit("Bewaar toch", status=422)
    assert "“eenzame”" in asked.text
    kept = asked.form("/1/woorden").fill(public_title="Een middag samen").submit("Bewaar toch")
    assert "Een middag samen" in kept.text
    desk.visit("/planning/aanvragen").form("Bevestig Burennetwerk Zuilen").submit()
    again = desk.visit("/planning/aanvragen/1/woorden").form("/1/woorden")
    again = again.fill(public_title="Tegen eenzaamheid").submit(status=422).form("/1/woorden")
    again.submit("Bewaar toch")
    assert desk.visit("/speelbeurten/1", status=200).h1 == "Tegen eenzaamheid"
    mine = desk.visit("/planning/aanvragen/1").text
    assert "Najaar, Overvecht" in mine
