"""An organisation proposes soup after the cube on its private page; the theatre asks for something
else and says yes; the partner calls it off. Both sides hear everything, each in their language."""

from datetime import timedelta
from typing import Any

import pytest
from icalendar import Calendar

from booking.models import SideItem
from booking.rules.side import MOST_OPEN, ProposedBy, SideState
from core import links
from core.db import session, transact
from core.transport import ListTransport
from core.worker import Worker
from people.models import Role
from tests import builders as b
from tests.conftest import SetClock, SignIn
from tests.mailed import mailed_path, path_in
from tests.pages import CheckingClient, Page
from tests.side import (
    ASKER,
    COOK,
    LATER,
    agreed,
    in_room,
    mails_to,
    proposed,
    side_claims,
    soup,
)

NOOR = "noor@stut.example"
SOUP = {
    "title": "Soep na de kubus",
    "text": "Buren koken. Schuif aan.",
    "when": "after",
    "minutes": "60",
    "people": "20",
    "place": "room",
    "room": "2",
    "doer": "other",
    "partner": "Soup group",
    "email": COOK,
    "language": "en",
}


@pytest.fixture
def own(client: CheckingClient, set_clock: SetClock) -> str:
    """The private page of a stop; a room nearby is lent, and confirms at once."""
    room = b.stage()
    transact(b.meeting_room, "De Keuken", host=None)
    set_clock(b.NOW)
    request = b.submitted(b.asked(room.id))
    b.confirmed(request, room.id)
    set_clock(LATER)
    return f"/aanvraag/{transact(links.issue, *request.subject, now=LATER)}"


@pytest.fixture
def desk(own: str, signed_in: SignIn) -> CheckingClient:
    return signed_in(transact(b.person, "Noor", Role.PLANNER))


def propose(client: CheckingClient, own: str, status: int = 200, **changed: str) -> Page:
    form = client.visit(own).link("Stel iets voor rond de kubus").follow()
    return form.form("/programma").fill(**{**SOUP, **changed}).submit(status=status)


def event(mail: Any) -> Any:
    assert mail.calendar
    return next(iter(Calendar.from_ical(mail.calendar).walk("VEVENT")))


def test_soup_that_the_organisation_proposes(
    client: CheckingClient, desk: CheckingClient, own: str
) -> None:
    wrong = propose(client, own, 422, room="", partner="", email="", when="other")
    said = ("Vul een datum in", "Vul een tijd in", "Vul een tijd in", "Kies een ruimte.")
    assert all(map(str.startswith, wrong.errors, (*said, "Vul in wie het doet.")))
    words = {**SOUP, "text": "Voor eenzame buren."}
    labelled = wrong.form("/programma").fill(**words).submit(status=422)
    assert "“eenzame”" in labelled.text
    item = labelled.form("/programma").fill(text=SOUP["text"]).submit()
    assert "wacht op antwoord" in item.text
    assert not side_claims()

    for page in ("/planning", "/planning/aanvragen", "/planning/aanvragen/1"):
        assert SOUP["title"] in desk.visit(page).text
    assert "1 voorstel rond de kubus wacht op antwoord" in desk.visit("/planning").text
    at_desk = desk.visit(path_in(mails_to(NOOR)[-1].text, "/planning/programma"))
    assert "Burennetwerk Zuilen stelt dit voor." in at_desk.text
    assert at_desk.form("/anders").submit(status=422).errors == [
        "Vul in wat anders moet. Eén zin is genoeg."
    ]
    desk.visit(at_desk.path).form("/anders").fill(wanted="Graag een half uur.").submit()
    asked = client.visit(item.path)
    assert "graag iets anders" in asked.text
    assert "Graag een half uur." in asked.text
    assert "voorstel rond de kubus" not in desk.visit("/planning").text

    change = asked.link("Verander je voorstel").follow()
    other = client.visit(change.path)
    changed = change.form("/wijzig").fill(minutes="30", title="Soep en brood").submit()
    assert "wacht op antwoord" in changed.text
    stale = other.form("/wijzig").fill(text="Neem je buur mee.").submit(status=409)
    assert "Iemand veranderde dit net." in " ".join(stale.errors)
    assert "Neem je buur mee." in str(stale.soup)

    old = desk.visit(at_desk.path)
    desk.visit(at_desk.path).form("/ja").submit("Zeg ja")
    assert old.form("/nee").fill(words="Toch niet.").submit(status=409).errors
    assert len(side_claims()) == 1
    Worker(ListTransport(), tasks=[]).round()
    for address in (ASKER, COOK):
        assert (str(event(mails_to(address)[-1])["SUMMARY"])) == "Soep en brood"
    assert "Soep en brood" in client.visit("/speelbeurten/1").text
    assert "Verander je voorstel" not in client.visit(item.path).text

    partner = client.visit(mailed_path(COOK, "/programma"))
    partner.form("/afzeggen").fill(words="De kok is ziek.").submit()
    assert not side_claims()
    assert "De kok is ziek." in client.visit(item.path).text
    story = " ".join(desk.visit("/planning/aanvragen/1").text.split())
    for told in (
        "voorgesteld rond de kubus (de aanvrager), Soep na de kubus",
        "gevraagd iets te veranderen rond de kubus (Noor)",
        "naam van Soep na de kubus naar Soep en brood",
        "tijd van donderdag 4 februari 2027, 17.00 – 18.00 uur naar",
        "afgezegd rond de kubus (de partner), Soep en brood: De kok is ziek.",
    ):
        assert told in story, told


@pytest.mark.on("sqlite")
def test_nothing_is_sent_twice_nor_to_somebody_elses(
    client: CheckingClient, desk: CheckingClient, own: str, set_clock: SetClock
) -> None:
    form = client.visit(f"{own}/programma").form("/programma").fill(**SOUP)
    first, again = form.submit(), form.submit()
    assert (first.path, session.query(SideItem).count()) == (again.path, 1)
    theatres = proposed(soup(), by=ProposedBy.THEATRE)
    client.visit(f"{own}/programma/{theatres.id}", status=404)
    agreed(proposed(soup(in_room(2), email="bakker@brood.example")))
    evening = {"when": "other", "day": "2027-02-04", "starts": "19:00", "ends": "20:00"}
    taken = propose(client, own, 422, **evening)
    assert "De Keuken, Zaal (5 minuten lopen, dan niet vrij)" in taken.text
    assert taken.form("/programma").fields["title"] == SOUP["title"]
    for _number in range(MOST_OPEN - 1):
        proposed(soup())
    assert "Er wachten al 5 voorstellen" in propose(client, own, 422).text
    ending = client.visit(first.path)
    assert ending.form("/intrekken").submit(status=422).errors
    withdrawn = ending.form("/intrekken").fill(words="Geen kok.").submit()
    assert "afgezegd" in withdrawn.text
    assert ending.form("/intrekken").fill(words="Geen kok.").submit(status=409).errors
    assert session.get_one(SideItem, 1).state is SideState.WITHDRAWN
    set_clock(b.AFTERNOON_STARTS + timedelta(days=2))
    assert "Stel iets voor" not in client.visit(own).text
    assert client.visit(f"{own}/programma").path == own
