"""A performer says when he can play: what is planned is shown first, and others play after."""

import pytest
from flask import Flask
from sqlalchemy import select

from booking.models import Performer, Stop
from booking.queries.players import players_now
from booking.queries.tour import load_tour
from core import history
from core.db import session, transact
from core.outbox import OutboxMail
from people.models import Person, Role
from tests import builders as b
from tests.conftest import CountQueries, SetClock, SignIn
from tests.integration.bookings import ask, confirm
from tests.pages import CheckingClient

OWN = "/mijn-speelbeurten/beschikbaar"
NOT_ON_THURSDAYS = {f"opens_{day}_0": "8:00" for day in range(7) if day != 3} | {
    f"closes_{day}_0": "24:00" for day in range(7) if day != 3
}


@pytest.fixture
def stop(app: Flask, set_clock: SetClock) -> Stop:
    """On a Thursday; played by whoever is first in line."""
    set_clock(b.NOW)
    room_id = b.stage().id
    return confirm(ask(room_id, b.AFTERNOON), room_id, b.AFTERNOON)


@pytest.fixture
def own(stop: Stop, signed_in: SignIn) -> CheckingClient:
    return signed_in(transact(_with_account, stop.sessions[0].performer_id))


def _with_account(performer_id: int) -> Person:
    b.person("Noor", Role.PLANNER)
    person = b.person("Chris", Role.PERFORMER)
    session.get_one(Performer, performer_id).person = person
    return person


def test_a_planned_stop_is_named_first_and_the_planners_hear(
    own: CheckingClient, stop: Stop, signed_in: SignIn
) -> None:
    performer_id, stop_id, room_id = stop.sessions[0].performer_id, stop.id, stop.room_id
    page = own.visit("/mijn-speelbeurten").link("Wanneer ik kan").follow()
    assert "Kan elke dag, de hele dag" in page.text
    asked = page.form(OWN).fill(**NOT_ON_THURSDAYS, at_most="3").submit("Bewaar", status=422)
    assert "Deze speelbeurten vallen er nu buiten" in asked.text
    assert "donderdag 4 februari 2027" in asked.text
    assert _mails() == []
    kept = asked.form(OWN).submit("Toch opslaan")
    assert kept.path == "/mijn-speelbeurten"
    [mail] = _mails()
    assert "kan niet bij een geplande speelbeurt" in mail.subject
    assert "donderdag 4 februari" in mail.text
    [entry] = history.story(("performer", performer_id))
    assert entry.facts["outside"] == [stop_id]
    assert session.get_one(Stop, stop_id).is_confirmed
    assert asked.form(OWN).submit("Toch opslaan", status=409).errors, "an older version"

    next_week = b.AFTERNOON.__class__(b.THURSDAY.replace(day=11), b.AFTERNOON.part)
    later = confirm(ask(room_id, next_week), room_id, next_week)
    assert later.sessions[0].performer_id != performer_id

    desk = signed_in(session.scalars(select(Person).where(Person.name == "Noor")).one())
    players = desk.visit("/planning/spelers")
    assert "vallen buiten wat" in players.text
    assert "Hoogstens 3 ontmoetingen op een dag" in players.text
    name = session.get_one(Performer, performer_id).name
    form = players.link(f"Verander wanneer {name} kan").follow().form(f"/{performer_id}")
    dated = form.fill(first_on="2027-03-01", last_on="2027-03-05", words="examen").submit("Bewaar")
    assert "Kan niet: maandag 1 maart 2027 tot en met vrijdag 5 maart 2027" in dated.text
    assert "examen" in dated.text
    assert len(_mails()) == 1, "nobody hears twice of the same stop"


def test_what_cannot_be_kept_is_said_at_its_field(own: CheckingClient) -> None:
    page = own.visit(OWN)
    wrong = page.form(OWN).fill(at_most="40", opens_0_0="14:00", closes_0_0="12:00")
    said = wrong.submit("Bewaar", status=422)
    assert len(said.errors) == 2
    turned = page.form(OWN).fill(first_on="2027-03-05", last_on="2027-03-01")
    assert "die niet voor de eerste dag ligt" in turned.submit("Bewaar", status=422).errors[0]


def test_as_many_statements_for_one_as_for_many(stop: Stop, count_queries: CountQueries) -> None:
    def asked() -> int:
        session.rollback()
        with count_queries() as statements:
            players_now(b.NOW)
            load_tour(b.NOW, stop_period)
        return len(statements)

    stop_period, room_id = stop.period, stop.room_id
    one = asked()
    other = b.AFTERNOON.__class__(b.THURSDAY.replace(day=5), b.AFTERNOON.part)
    confirm(ask(room_id, other), room_id, other)
    assert asked() == one


def _mails() -> list[OutboxMail]:
    session.rollback()
    return list(
        session.scalars(select(OutboxMail).where(OutboxMail.subject.contains("kan niet bij")))
    )
