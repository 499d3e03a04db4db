"""Performers say when and where they can play: what that hits is shown first, others play after."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from booking import services
from booking.models import Performer, PerformerAvailability, PerformerDays, Stop
from booking.queries.availability import against_what_is_planned
from booking.queries.performers import performers_now
from booking.queries.performing import turns_of
from booking.queries.season import Season
from booking.queries.tour import load_tour
from booking.rules.availability import Availability, OtherDays
from booking.rules.norms import DayPart, Wish
from booking.rules.place_kinds import Avoided, Objection, PlaceKind
from core import history
from core.db import session, transact
from core.fields import new_form_token
from core.findings import Refused
from core.history import COMMAND
from core.outbox import OutboxMail
from core.period import Period
from people.models import Person, Role
from tests import builders as b
from tests.conftest import CountQueries, SetClock, SignIn
from tests.integration.bookings import ask, confirm
from tests.pages import CheckingClient

OWN = "/mijn-speelbeurten/beschikbaar"
NEXT_WEEK = Wish(b.THURSDAY + timedelta(days=7), DayPart.AFTERNOON)


@pytest.fixture
def stop(app: Flask, set_clock: SetClock) -> Stop:
    """On a Thursday, in a room without a step; played by Elias, who can sign in."""
    set_clock(b.NOW)
    room_id = transact(_company)
    return confirm(ask(room_id, b.AFTERNOON), room_id, b.AFTERNOON)


def _company() -> int:
    b.person("Noor", Role.PLANNER)
    b.cube()
    for name in ("Elias", "Ricardo"):
        b.performer(name, b.person(name, Role.PERFORMER))
    return b.room().id


@pytest.fixture
def own(stop: Stop, signed_in: SignIn) -> CheckingClient:
    return signed_in(named("Elias"))


@pytest.fixture
def desk(stop: Stop, signed_in: SignIn) -> CheckingClient:
    return signed_in(named("Noor"))


def test_a_week_that_hits_a_stop_is_seen_first_told_and_then_counts(
    own: CheckingClient, desk: CheckingClient, stop: Stop
) -> None:
    stop_id, room_id = stop.id, stop.room_id
    page = own.visit("/mijn-speelbeurten").link("Verander wanneer ik kan").follow()
    assert "Elke dag, de hele dag" in page.text
    hit = page.form("Bewaar").fill(parts_3=["evening"], at_most="8").submit("Bewaar")
    assert hit.h1 == "Dit raakt 1 speelbeurt"
    assert "Elias kan dan niet: het valt buiten de vaste tijden." in hit.text
    assert (mails(), said("Elias")) == ([], None)
    kept = hit.form("Bewaar en laat het weten").submit("Bewaar en laat het weten")
    assert kept.path == OWN
    assert "Donderdag: avond" in kept.text
    [mail] = mails()
    assert mail.subject == "Elias kan niet op donderdag 4 februari 2027"
    assert mail.to_address == "noor@stut.example"
    assert "Er is nog niets afgezegd" in mail.text
    mine = own.visit("/mijn-speelbeurten")
    assert "Het theater weet het en zoekt een oplossing." in mine.text
    stale = page.form("Bewaar").fill(parts_3=["morning"]).submit("Bewaar", status=409)
    assert "Iemand veranderde dit net" in stale.errors[0]

    assert session.get_one(Stop, stop_id).is_confirmed, "nothing is called off"
    today = desk.visit("/planning")
    assert "Bij 1 speelbeurt kan de speler niet" in today.text
    later = confirm(ask(room_id, NEXT_WEEK), room_id, NEXT_WEEK)
    assert [each.performer.name for each in later.sessions] == ["Ricardo"]
    players = desk.visit("/planning/spelers")
    assert "1 kan niet" in players.text
    one = players.link("Elias").follow()
    assert "raakt 1 speelbeurt" in one.text
    assert "week van altijd naar maandag de hele dag" in one.text


def test_other_days_come_and_go_once(own: CheckingClient, desk: CheckingClient) -> None:
    form = own.visit(f"{OWN}/dagen").form("Bewaar deze dagen")
    filled = form.fill(first_on="2027-02-03", last_on="2027-02-05", words="examen")
    hit = filled.submit("Bewaar deze dagen")
    assert "Elias kan die dag niet." in hit.text
    agreed = hit.form("Bewaar en laat het weten")
    kept = agreed.submit("Bewaar en laat het weten")
    assert "Kan niet: woensdag 3 februari 2027 tot en met vrijdag 5 februari 2027" in kept.text
    agreed.submit("Bewaar en laat het weten")
    assert session.query(PerformerDays).count() == 1
    assert len(mails()) == 1
    elias = desk.visit("/planning/spelers").link("Elias").follow()
    assert "examen" in elias.text
    assert "examen" not in str(history.story(performer("Elias").subject))
    gone = kept.form("/weg").submit()
    assert "3 februari 2027" not in gone.soup.select_one("main").text  # type: ignore[union-attr]
    assert "Bij 1 speelbeurt" not in desk.visit("/planning").text


def test_days_that_were_said_are_forgotten_when_they_are_long_over(stop: Stop) -> None:
    elias = performer("Elias").id
    days = OtherDays(b.THURSDAY + timedelta(days=1), b.THURSDAY + timedelta(days=1))
    transact(services.add_days, elias, days, form_token=new_form_token(), by=COMMAND, now=b.NOW)
    transact(services.forget_days, now=b.AFTERNOON_STARTS + timedelta(days=30))
    assert session.query(PerformerDays).count() == 1
    transact(services.forget_days, now=b.AFTERNOON_STARTS + timedelta(days=40))
    assert session.query(PerformerDays).count() == 0


def test_what_cannot_be_kept_is_said_at_its_field(own: CheckingClient) -> None:
    form = own.visit(OWN).form("Bewaar")
    wrong = form.fill(parts_3=[], at_most="40", opens_3_0="14:00", closes_3_0="12:00")
    assert len(wrong.submit("Bewaar", status=422).errors) == 2
    never = own.visit(OWN).form("Bewaar").fill(**{f"parts_{day}": [] for day in range(7)})
    assert "Vink minstens één dagdeel aan" in never.submit("Bewaar", status=422).errors[0]
    days = own.visit(f"{OWN}/dagen").form("Bewaar deze dagen")
    turned = days.fill(first_on="2027-03-05", last_on="2027-03-01")
    said = turned.submit("Bewaar deze dagen", status=422)
    assert "die niet voor de eerste dag ligt" in said.errors[0]
    over = days.fill(first_on="2026-11-01", last_on="").submit("Bewaar deze dagen", status=422)
    assert "al voorbij" in over.errors[0]


def test_a_planner_says_it_for_somebody_who_hears_of_it(
    desk: CheckingClient, own: CheckingClient
) -> None:
    elias = performer("Elias").id
    address = f"/planning/spelers/{elias}/beschikbaar"
    form = desk.visit(address).form("Bewaar").fill(at_outdoors="cannot", at_steps="rather_not")
    kept = form.submit("Bewaar")
    assert "Niet buiten" in kept.text
    assert [mail.subject for mail in mails()] == ["Het theater vulde in wanneer je kunt spelen"]
    assert "Niet buiten" in own.visit("/mijn-speelbeurten").text
    wrong = desk.visit(f"/planning/spelers/{elias}/dagen").form("Bewaar deze dagen")
    hit = wrong.fill(first_on="2027-02-04").submit("Bewaar deze dagen")
    hit.form("Bewaar en laat het weten").submit("Bewaar en laat het weten")
    assert [mail.to_address for mail in mails()] == ["elias@stut.example"] * 2, (
        "whoever did it needs no mail"
    )


def test_a_garden_goes_to_who_plays_outdoors(stop: Stop) -> None:
    minds = Availability(avoids=(Avoided(PlaceKind.OUTDOORS, Objection.RATHER_NOT),))
    say("Elias", minds)
    garden = transact(b.room, "De Tuin", is_outdoors=True, is_sheltered=True).id
    outdoors = confirm(ask(garden, NEXT_WEEK), garden, NEXT_WEEK)
    assert [each.performer.name for each in outdoors.sessions] == ["Ricardo"]
    never = Availability(avoids=(Avoided(PlaceKind.OUTDOORS, Objection.CANNOT),))
    with pytest.raises(Refused) as refused:
        say("Ricardo", never, agrees=False)
    [found] = refused.value.findings[0].data["hits"]
    assert [each.code for each in found.findings] == ["performer_not_there"]
    assert found.stop.id == outdoors.id


def test_who_plays_is_up_to_the_planner(
    desk: CheckingClient, stop: Stop, signed_in: SignIn
) -> None:
    add = desk.visit("/planning/spelers").link("Voeg een speler toe").follow().form("Voeg toe")
    known = add.fill(name="Eli", email="elias@stut.example").submit("Voeg toe", status=422)
    assert "staat Elias al bij de spelers" in known.errors[0]
    added = add.fill(name="Chris", email="chris@stut.example").submit("Voeg toe")
    assert added.h1 == "Chris"
    assert add.fill(name="Chris", email="chris@stut.example").submit("Voeg toe").h1 == "Chris"
    assert session.query(Performer).count() == 3
    assert mails()[-1].to_address == "chris@stut.example"
    busy = desk.visit(f"/planning/spelers/{performer('Elias').id}/stopt")
    assert "kies bij deze speelbeurten eerst een andere speler" in busy.text
    with pytest.raises(Refused, match="performer_still_plays"):
        transact(services.retire_performer, performer("Elias").id, why="", by=COMMAND, now=b.NOW)
    chris = signed_in(named("Chris"))
    assert "Je speelt voorlopig niet" in chris.visit("/mijn-speelbeurten").text
    stopped = added.link("Chris speelt niet meer mee").follow().form("Laat stoppen")
    left = stopped.fill(why="verhuisd").submit("Laat stoppen")
    assert "Spelen niet meer mee" in left.text
    chris.visit("/mijn-speelbeurten", status=403)
    assert {each.name for each in load_tour(b.NOW, AROUND).players} == {"Elias", "Ricardo"}
    back = left.form("Laat Chris weer meespelen").submit()
    assert "speelt weer mee" in back.text
    chris.visit(OWN)


def test_own_page_says_what_to_know_on_the_way(own: CheckingClient, stop: Stop) -> None:
    mine = own.visit("/mijn-speelbeurten")
    assert "donderdag 4 februari 2027, De Huiskamer" in mine.text
    assert "Wees er om 12.30 uur" in mine.text
    assert "Je speelt 13.00 – 17.00 uur, 7 ontmoetingen" in mine.text
    assert "Sam de Vries 030 123 45 67" in mine.text
    assert mine.soup.select_one("a[href^='tel:']")
    assert mine.link("Alles voor die dag").follow().h1.startswith("Dagbrief")


def test_as_many_statements_for_one_as_for_many(stop: Stop, count_queries: CountQueries) -> None:
    def asked() -> int:
        session.rollback()
        elias = performer("Elias")
        with count_queries() as statements:
            performers_now(SEASON, b.NOW)
            against_what_is_planned(b.NOW)
            turns_of(elias, b.NOW)
            load_tour(b.NOW, AROUND)
        return len(statements)

    room_id = stop.room_id
    say("Elias", Availability(at_most=1))
    one = asked()
    say("Ricardo", Availability(at_most=1))
    for wish in (NEXT_WEEK, Wish(b.THURSDAY + timedelta(days=14), DayPart.AFTERNOON)):
        confirm(ask(room_id, wish), room_id, wish, accepted=("performer_over_own_number",))
    assert len(against_what_is_planned(b.NOW)) > 1
    assert asked() == one


AROUND = Period(b.AFTERNOON_STARTS, b.AFTERNOON_STARTS + timedelta(days=20))
SEASON = Season.of(b.THURSDAY)


def named(name: str) -> Person:
    return session.scalars(select(Person).where(Person.name == name)).one()


def performer(name: str) -> Performer:
    return session.scalars(select(Performer).where(Performer.name == name)).one()


def said(name: str) -> Availability | None:
    session.rollback()
    row = session.get(PerformerAvailability, performer(name).id)
    return row.said if row else None


def say(name: str, what: Availability, *, agrees: bool = True, version: int = 0) -> None:
    """Whatever it hits is agreed to."""
    seen: list[str] = []
    for _attempt in range(2):
        try:
            transact(
                services.say_availability,
                performer(name).id,
                what,
                version=version,
                seen=seen,
                by=COMMAND,
                now=b.NOW,
            )
            return
        except Refused as refusal:
            if not agrees:
                raise
            seen = [each.key for each in refusal.findings[0].data["hits"]]


def mails() -> list[OutboxMail]:
    """About performers."""
    session.rollback()
    about = select(OutboxMail).where(OutboxMail.about_kind == "performer")
    return list(session.scalars(about.order_by(OutboxMail.id)))
