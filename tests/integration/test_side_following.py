"""What is around a stop: a room that closes under it, who hears what in which language, and what is
forgotten with the stop."""

from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from booking import services
from booking.models import SideItem
from booking.queries.side import proposals_to_answer
from booking.rules.norms import DayPart, Wish
from booking.rules.side import ProposedBy, SideMoment, SidePlace, SideState
from booking.services import reserving
from core import history, links
from core.clock import local_days
from core.db import session, transact
from core.findings import Refused
from core.history import story
from people.models import Person, Role
from tests import builders as b
from tests.conftest import CountQueries, SetClock, SignIn
from tests.hosting import room_address
from tests.side import (
    ASKER,
    COOK,
    EVENING,
    LATER,
    agreed,
    done,
    in_room,
    mails_to,
    proposed,
    side_claims,
    soup,
)
from venues import services as venues
from venues.models import Closure, Room
from venues.rules.hits import Agreed, Hit
from venues.rules.values import ClosureDetails

pytestmark = pytest.mark.usefixtures("app")
NOOR, JO = "noor@stut.example", "jo@plek.example"
CLOSED = ClosureDetails(local_days(b.THURSDAY, b.THURSDAY), "Verbouwing")


@pytest.fixture
def kitchen(app: Flask) -> Room:
    """A confirmed stop of request 1, a planner, and a room of Jo near it."""
    room = b.stage()
    found = transact(_kitchen)
    b.confirmed(b.submitted(b.asked(room.id)), room.id)
    return found


def _kitchen() -> Room:
    b.person("Noor", Role.PLANNER)
    return b.meeting_room("De Keuken", host=b.person("Jo", Role.HOST, JO))


def state(item: SideItem) -> SideState:
    session.rollback()
    return session.get_one(SideItem, item.id).state


def listed(room: Room, service: Any = venues.close_room, what: Any = CLOSED) -> tuple[Hit, ...]:
    with pytest.raises(Refused) as refusal:
        transact(service, room.id, what, by=b.PLANNER, now=LATER)
    hits: tuple[Hit, ...] = refusal.value.findings[0].data["hits"]
    return hits


def close(room: Room, hits: tuple[Hit, ...] = ()) -> None:
    seen = Agreed(frozenset(hit.key for hit in hits), "De vloer wordt nieuw.")
    transact(venues.close_room, room.id, CLOSED, by=b.PLANNER, now=LATER, agreed=seen)


def subjects(address: str) -> list[str]:
    return [mail.subject.split(":")[0] for mail in mails_to(address)]


def test_a_closure_lists_what_is_agreed_in_the_room_and_frees_it(kitchen: Room) -> None:
    item = agreed(proposed(soup(in_room(kitchen.id))))
    (hit,) = listed(kitchen)
    assert (hit.who, hit.what, hit.ends) == ("Soepgroep", "Soep", True)
    assert state(item) is SideState.AGREED
    close(kitchen, (hit,))
    assert (state(item), side_claims()) == (SideState.AGAIN, [])
    assert session.get_one(SideItem, item.id).reply == "De vloer wordt nieuw."
    for address, subject in (
        (COOK, "Kies een nieuw moment"),
        (ASKER, "Kies een nieuw moment"),
        (JO, "Gaat niet door in je ruimte"),
        (NOOR, "De ruimte past niet meer rond de kubus"),
    ):
        mail = mails_to(address)[-1]
        assert mail.subject.startswith(subject), address
        assert "De vloer wordt nieuw." in mail.text or address == JO
    assert story(("booking_request", 1))[-1].action == "side lost its room"


@pytest.mark.on("sqlite")
def test_the_host_sees_it_on_the_list_before_closing(
    kitchen: Room, signed_in: SignIn, set_clock: SetClock
) -> None:
    item = agreed(proposed(soup(in_room(kitchen.id))))
    set_clock(LATER)
    desk = signed_in(session.scalars(select(Person).where(Person.email == JO)).one())
    days = desk.visit(room_address(kitchen.id, "/dagen")).link("Voeg een sluiting toe").follow()
    hit = days.form("closure-form").fill(first_on="4-2-2027").submit()
    assert hit.h1 == "Dit raakt 1 afspraak"
    assert "Soepgroep : Soep" in " ".join(hit.text.split())
    assert state(item) is SideState.AGREED
    hit.form("hits-form").submit()
    assert state(item) is SideState.AGAIN


def test_a_closure_does_not_touch_what_is_only_asked_or_elsewhere(kitchen: Room) -> None:
    waiting, outdoors = proposed(soup(in_room(kitchen.id))), agreed(proposed(soup()))
    close(kitchen)
    assert (state(waiting), state(outdoors)) == (SideState.PROPOSED, SideState.AGREED)
    with pytest.raises(Refused, match="room_closed"):
        agreed(waiting)


def test_a_room_that_became_too_small_keeps_it_and_says_so(kitchen: Room) -> None:
    item = agreed(proposed(soup(in_room(kitchen.id))))
    smaller = replace(venues.room_details(kitchen), people=10)
    (hit,) = listed(kitchen, partial(venues.change_room, version=None), smaller)
    assert not hit.ends
    seen = Agreed(frozenset({hit.key}))
    changing = partial(venues.change_room, kitchen.id, smaller, version=None, agreed=seen)
    transact(changing, by=b.PLANNER, now=LATER)
    assert state(item) is SideState.AGREED
    assert subjects(COOK)[-1] == subjects(ASKER)[-1] == "Er is iets veranderd aan de ruimte"


def test_recheck_tells_once_and_ends_nothing(kitchen: Room, app: Flask) -> None:
    item = agreed(proposed(soup(in_room(kitchen.id))))
    told = len(mails_to(COOK))
    assert transact(reserving.recheck, now=LATER) == 0
    transact(_close_behind_its_back, kitchen.id)
    said = app.test_cli_runner().invoke(args=["bookings", "recheck"]).output
    assert "De Keuken, Zaal" in said
    assert "Soepgroep, Soep." in said
    assert transact(reserving.recheck, now=LATER) == 1
    assert transact(reserving.recheck, now=LATER) == 0
    assert state(item) is SideState.AGREED
    assert "Het blijft staan." in mails_to(NOOR)[-1].text
    assert len(mails_to(COOK)) == told


def _close_behind_its_back(room_id: int) -> None:
    whole = local_days(b.THURSDAY, b.THURSDAY)
    session.add(Closure(room_id=room_id, starts_at=whole.start, ends_at=whole.end))


EVENTS: dict[str, tuple[Any, list[str], str]] = {
    "declined": (services.decline_side, ["Dit past niet bij de kubus"], "Te koud."),
    "to change": (services.ask_side_change, ["Kan het een beetje anders? Soep"], "Te koud."),
    "withdrawn": (services.withdraw_side, ["Afgezegd"], "Te koud."),
}


@pytest.mark.parametrize("event", EVENTS)
@pytest.mark.on("sqlite")
def test_a_no_reaches_both_sides_with_its_reason(kitchen: Room, event: str) -> None:
    service, subject, words = EVENTS[event]
    item = proposed(soup())
    done(service, item, words=words)
    for address in (ASKER, COOK):
        assert subjects(address) == ["Voorgesteld bij de kubus", *subject]
        assert words in mails_to(address)[-1].text
    assert subjects(NOOR)[0] == "Nieuw voorstel rond de kubus"
    assert ("Afgezegd rond de kubus" in subjects(NOOR)) == (event == "withdrawn")


@pytest.mark.on("sqlite")
def test_each_address_is_told_once_and_in_its_own_language(kitchen: Room) -> None:
    """The partner in English, who receives the cube in Dutch; who does it themselves once."""
    item = proposed(soup(in_room(kitchen.id), language="en"))
    (to_partner,), (to_asker,) = mails_to(COOK), mails_to(ASKER)
    assert "/en/programma/" in to_partner.text
    assert "Burennetwerk Zuilen" in to_partner.text
    assert f"/programma/{item.id}" in to_asker.text
    assert "/en/" not in to_asker.text
    agreed(item)
    assert "Het theater houdt deze tijd bij jullie vrij." in mails_to(JO)[-1].text
    own = proposed(soup(email=ASKER))
    assert len(mails_to(ASKER)) == 3
    agreed(own)
    assert (len(mails_to(ASKER)), len(mails_to(COOK))) == (4, 2)
    assert mails_to(ASKER)[-1].calendar_method == "REQUEST"
    theatres = proposed(soup(), ProposedBy.THEATRE)
    done(services.decline_side, theatres, words="Te vol.")
    assert len(mails_to(ASKER)) == 4


@pytest.mark.on("sqlite")
def test_the_desk_asks_as_much_for_one_proposal_as_for_many(
    kitchen: Room, count_queries: CountQueries
) -> None:
    proposed(soup(email="een@soep.example"))
    counted = [asked_of_the_desk(count_queries)]
    friday = Wish(b.THURSDAY + timedelta(days=1), DayPart.AFTERNOON)
    request = b.submitted(b.asked(1, friday, organisation="NIZU", email="nizu@nizu.example"))
    b.confirmed(request, 1, friday)
    later = SideMoment(EVENING.shifted(timedelta(days=1)), SidePlace.ROOM, 9, room_id=kitchen.id)
    proposed(soup(later), request_id=request.id)
    proposed(soup(in_room(kitchen.id)))
    counted.append(asked_of_the_desk(count_queries))
    assert counted == [(1, 2), (3, 2)], "BEGIN, and one question"


def asked_of_the_desk(count_queries: CountQueries) -> tuple[int, int]:
    """How many proposals it shows, and in how many queries."""
    session.rollback()
    with count_queries() as seen:
        shown = [
            (each.title, each.period, each.stop.booking_request.organisation.name)
            for each in proposals_to_answer(LATER)
        ]
    return len(shown), len(seen)


@pytest.mark.on("sqlite")
def test_somebody_else_does_it_and_the_old_key_stops(kitchen: Room) -> None:
    item = proposed(soup())
    key = transact(links.issue, *item.subject, now=LATER)
    offer = soup(email="bakker@brood.example")
    done(services.change_side, item, offer, by=history.ASKER)
    assert links.resolve("side_item", key, LATER) is None
    assert subjects(COOK)[-1] == "Je hoeft dit niet te doen"
    assert subjects("bakker@brood.example") == ["Voorgesteld bij de kubus"]
    assert subjects(NOOR)[-1] == "Veranderd rond de kubus"
    moved = done(
        services.choose_side_again,
        item,
        in_room(kitchen.id),
        language="en",
        by=history.PARTNER,
    )
    assert moved.language == "en"
    facts = story(("booking_request", 1))[-1].facts
    assert facts["places"] == ["Bij de fontein", "De Keuken, Zaal"]
    assert "bakker" not in str([entry.facts for entry in story(("booking_request", 1))])


def test_partner_and_words_are_forgotten_with_the_request(kitchen: Room) -> None:
    item = proposed(soup())
    key = transact(links.issue, *item.subject, now=LATER)
    done(services.decline_side, item, words="Piet is ziek.")
    late = b.AFTERNOON_STARTS + timedelta(days=32)
    transact(services.close_links, now=late)
    assert links.resolve("side_item", key, late) is None
    transact(services.forget_contacts, now=b.AFTERNOON_STARTS + timedelta(days=300))
    assert session.get_one(SideItem, item.id).email == COOK
    transact(services.forget_contacts, now=b.AFTERNOON_STARTS + timedelta(days=370))
    session.rollback()
    kept = session.get_one(SideItem, item.id)
    assert {kept.partner, kept.email, kept.phone, kept.reply} == {""}
    assert kept.title == "Soep"
