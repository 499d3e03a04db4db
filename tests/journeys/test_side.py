"""Soup in a room after the stop: proposed, agreed, an invitation; the stop moves and the partner
chooses again. The desk, the outbox, and a calendar parser."""

from datetime import timedelta
from typing import Any

import pytest
from icalendar import Calendar
from sqlalchemy import select

from booking import services
from booking.models import Claim, ClaimPurpose, Performer, SideItem, Stop
from booking.rules.norms import DayPart, Wish
from booking.rules.placement import Chosen
from booking.rules.side import SideState
from core.db import session, transact
from core.outbox import OutboxMail
from core.transport import ListTransport
from core.worker import Worker
from people.models import Role
from tests import builders as b
from tests.conftest import SetClock, SignIn
from tests.mailed import mailed_path
from tests.pages import CheckingClient

COOK = "kok@soep.example"
LATER = b.NOW + timedelta(minutes=11)
SOUP = {
    "title": "Soep na de voorstelling",
    "text": "Buren koken. Schuif aan.",
    "day": "2027-02-04",
    "starts": "19:00",
    "ends": "20:30",
    "people": "12",
    "place": "room",
    "partner": "Soepgroep Zuilen",
    "email": COOK,
    "phone": "030 123 45 67",
}


@pytest.fixture
def desk(signed_in: SignIn, set_clock: SetClock) -> CheckingClient:
    """A stop in the afternoon, and a room nearby whose host answers by hand."""
    room = b.stage()
    transact(_kitchen)
    visitor = signed_in(transact(b.person, "Noor", Role.PLANNER))
    set_clock(b.NOW)
    request = b.submitted(b.asked(room.id))
    b.confirmed(request, room.id, accepted=("too_many_visitors",))
    set_clock(LATER)
    return visitor


def _kitchen() -> None:
    b.meeting_room("De Keuken", confirms_at_once=False, host=b.person("Fatima", Role.HOST))


def kitchen_claims() -> list[Claim]:
    live = select(Claim).where(Claim.purpose == ClaimPurpose.MEET, Claim.released_at.is_(None))
    return list(session.scalars(live))


def to_cook() -> list[OutboxMail]:
    found = select(OutboxMail).where(OutboxMail.to_address == COOK).order_by(OutboxMail.id)
    return list(session.scalars(found))


def deliver() -> None:
    """What waits leaves: what nobody has seen would be taken back without a cancellation."""
    Worker(ListTransport(), tasks=[]).round()


def event(mail: OutboxMail) -> Any:
    assert mail.calendar
    return next(iter(Calendar.from_ical(mail.calendar).walk("VEVENT")))


def propose(desk: CheckingClient, **changed: str) -> Any:
    page = desk.visit("/planning/aanvragen/1").link("Zet er iets bij").follow()
    return page.form("/programma").fill(**{**SOUP, **changed})


def test_soup_after_the_stop(
    desk: CheckingClient, client: CheckingClient, set_clock: SetClock
) -> None:
    assert propose(desk).submit(status=422).errors == ["Kies een ruimte."]
    labelled = propose(desk, room="2", text="Voor eenzame mensen.").submit(status=422)
    assert "“eenzame”" in labelled.text
    item = labelled.form("/programma").fill(text=SOUP["text"]).submit()
    assert "De beheerder van De Keuken, Zaal beslist zelf." in item.text
    assert not kitchen_claims()
    old = desk.visit(item.path)
    assert "gaat door" in item.form("/ja").submit("Zeg toch ja").text
    assert old.form("/ja").submit(status=409).errors
    (claim,) = kitchen_claims()
    assert claim.stop_id == 1

    deliver()
    invited = event(to_cook()[-1])
    assert (str(invited["SUMMARY"]), invited["DTSTART"].dt.hour) == (SOUP["title"], 19)
    assert "De Keuken" in str(invited["LOCATION"])
    for path in ("/speelbeurten/1", "/planning/speelbeurten/1/poster"):
        shown = desk.visit(path)
        assert SOUP["title"] in shown.text
        assert SOUP["partner"] not in shown.text
    assert SOUP["partner"] in desk.visit("/planning/speelbeurten/1/dagbrief").text
    assert SOUP["title"] in client.get("/agenda.ics").get_data(as_text=True).replace("\r\n ", "")
    assert "Programma eromheen" in desk.visit("/planning/rooster?week=2027-W05").text

    friday = Wish(b.THURSDAY + timedelta(days=1), DayPart.AFTERNOON)
    move(friday, LATER)
    gone = event(to_cook()[-1])
    assert (str(gone["STATUS"]), gone["UID"]) == ("CANCELLED", invited["UID"])
    assert not kitchen_claims()
    assert SOUP["title"] not in client.visit("/speelbeurten/1").text
    own = client.visit(mailed_path(COOK, "/programma"))
    assert "nieuw moment nodig" in own.text
    again = own.form("/moment").fill(day="2027-02-09").submit(status=422)
    assert "te ver van de speelbeurt" in " ".join(again.errors)
    assert "wacht op antwoord" in again.form("/moment").fill(day="2027-02-05").submit().text
    story = " ".join(desk.visit("/planning/aanvragen/1").text.split())
    assert "voorstel rond de kubus veranderd (de partner)" in story
    desk.visit(item.path).form("/ja").submit("Zeg toch ja")
    assert event(to_cook()[-1])["UID"] != invited["UID"]
    recast(friday)
    assert len(kitchen_claims()) == 1

    ended = client.visit(own.path).form("/afzeggen").fill(words="De kok is ziek.").submit()
    assert "afgezegd" in ended.text
    assert not kitchen_claims()


def test_a_cancelled_stop_takes_it_along_and_a_no_has_words(
    desk: CheckingClient, client: CheckingClient
) -> None:
    refused = propose(desk, place="outdoors", where="Bij de fontein").submit()
    assert refused.form("/nee").submit(status=422).errors == ["Vul in waarom. Eén zin is genoeg."]
    said = desk.visit(refused.path).form("/nee").fill(words="Te koud.").submit()
    assert "past niet" in said.text
    assert "Te koud." in to_cook()[-1].text
    here = propose(desk, place="here", starts="13:00", ends="14:00").submit()
    here.form("/ja").submit("Zeg ja")
    deliver()
    transact(services.cancel, 1, why="Storm.", version=None, by=b.PLANNER, now=LATER)
    assert str(event(to_cook()[-1])["STATUS"]) == "CANCELLED"
    states = [item.state for item in session.query(SideItem).order_by(SideItem.id)]
    assert states == [SideState.DECLINED, SideState.CANCELLED]


def move(wish: Wish, now: Any, players: tuple[int, ...] = ()) -> None:
    transact(
        services.move,
        1,
        chosen=Chosen(wish, session.get_one(Stop, 1).room_id, player_ids=players),
        why="De kubus moest elders heen.",
        accepted=("too_many_visitors", "host_not_answered"),
        version=None,
        by=b.PLANNER,
        now=now,
    )


def recast(wish: Wish) -> None:
    """Another performer, at the same moment."""
    playing = session.get_one(Stop, 1).sessions[0].performer_id
    other = session.scalars(select(Performer).where(Performer.id != playing)).first()
    assert other
    move(wish, LATER + timedelta(minutes=5), (other.resource_id,))
