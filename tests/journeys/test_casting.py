"""Who plays which encounter: the planner shares it out, the stop moves, performers swap."""

from datetime import timedelta
from functools import partial
from typing import Any

import pytest
import vobject
from flask import Flask
from sqlalchemy import select

from booking import services
from booking.models import Performer, Stop, SwapRequest
from booking.queries.clashes import misfits_in
from booking.queries.hit_by_block import hit_by
from booking.queries.performing import turns_of
from booking.queries.tour import load_tour
from booking.rules.availability import Availability, OtherDays
from booking.rules.blocks import BlockDetails, BlockKind
from booking.rules.norms import DayPart, Wish
from booking.rules.ways_out import Way
from core import history
from core.db import session, transact
from core.fields import new_form_token
from core.findings import Refused
from core.history import COMMAND
from core.outbox import OutboxMail
from people.models import Person, Role
from tests import builders as b
from tests.conftest import CountQueries, SetClock, SignIn
from tests.integration.bookings import (
    LATER,
    ask,
    claims,
    confirm,
    count_overlaps,
    mails,
    move,
    refused,
    sent,
    undo,
)
from tests.mailed import mailed_path
from tests.pages import CheckingClient, Page
from tests.tours import between

NEXT_WEEK = Wish(b.THURSDAY + timedelta(days=7), DayPart.AFTERNOON)
CAST = "/planning/aanvragen/1/spelers"


@pytest.fixture
def stop(app: Flask, set_clock: SetClock) -> Stop:
    """An afternoon of seven encounters, all played by Elias; everybody has been told."""

    def company() -> int:
        b.person("Noor", Role.PLANNER)
        b.cube()
        for name in ("Elias", "Ricardo"):
            b.performer(name, b.person(name, Role.PERFORMER))
        return b.room().id

    room_id = transact(company)
    request = ask(room_id)
    found = confirm(request, room_id)
    sent(request)
    set_clock(LATER)
    return found


def performer(name: str) -> Performer:
    return session.scalars(select(Performer).where(Performer.name == name)).one()


def named(name: str) -> Person:
    return session.scalars(select(Person).where(Person.name == name)).one()


def share(*who: str, stop_id: int = 1, now: Any = LATER, **more: Any) -> Stop:
    """The seven encounters of a stop go to these."""
    cast = {n: performer(name).resource_id for n, name in enumerate(who, 1)}
    decided = {"version": None, "by": COMMAND, "now": now, **more}
    return transact(services.cast_encounters, stop_id, cast, **decided)


def away(name: str) -> None:
    """On the day of the first stop; what that hits is agreed to."""
    add = partial(
        services.add_days,
        performer(name).id,
        OtherDays(b.THURSDAY, b.THURSDAY),
        form_token=new_form_token(),
        by=COMMAND,
        now=LATER,
    )
    try:
        transact(add)
    except Refused as refusal:
        transact(add, seen=[hit.key for hit in refusal.findings[0].data["hits"]])


def plays() -> list[str]:
    session.expire_all()
    return [each.performer.name for each in session.get_one(Stop, 1).played]


def played_by(stop: Stop) -> list[tuple[str, int]]:
    return [(performer.name, len(stretch.own)) for performer, stretch in stop.plays]


def event(mail: OutboxMail) -> Any:
    assert mail.calendar
    return vobject.readOne(mail.calendar.decode()).vevent


def newest(request: Any) -> dict[str, OutboxMail]:
    """By the name before the @, of what has not left."""
    return {m.to_address.partition("@")[0]: m for m in mails(request) if m.sent_at is None}


FEWER = ("too_many_visitors",)  # an evening is shorter
E4_R3 = ["Elias"] * 4 + ["Ricardo"] * 3


def test_a_planner_shares_out_the_encounters(stop: Stop, signed_in: SignIn) -> None:
    desk, elias, ricardo = (signed_in(named(each)) for each in ("Noor", "Elias", "Ricardo"))
    asked = desk.visit("/planning/aanvragen/1")
    first = asked.link("Wie speelt welke ontmoeting").follow()
    assert "Er verandert pas iets als je het bewaart." in first.text
    to = str(performer("Ricardo").resource_id)
    seen = first.form(CAST).fill(first="5", player=to).submit("Vul in vanaf daar")
    assert "Elias krijgt een mail met de nieuwe tijden." in seen.text
    assert "Ricardo krijgt een uitnodiging." in seen.text
    assert "Speelt 15.20 – 17.00 uur: 3 ontmoetingen. Is er om 14.50 uur." in seen.text
    assert plays() == ["Elias"] * 7, "to look changes nothing"
    other = seen.form(CAST).fill(encounter_1=to).submit("Bewaar wie er speelt", status=422)
    assert "Je koos nog iets anders." in other.errors[0]
    done = seen.form(CAST).submit("Bewaar wie er speelt")
    assert "Bewaard. Wie iets anders speelt dan eerst, krijgt een mail." in done.text
    assert "ontmoetingen verdeeld" in done.text
    assert "van Elias 13.00 – 17.00 naar Elias 13.00 – 14.50, Ricardo 15.20 – 17.00" in done.text
    assert "13.00 – 14.50 uur (Elias)" in done.text
    assert plays() == E4_R3
    stale = seen.form(CAST).submit("Bewaar wie er speelt", status=409)
    assert "iemand" in stale.errors[0].lower()

    stop = session.get_one(Stop, 1)
    by_id = {performer(name).resource_id: name for name in ("Elias", "Ricardo")}
    assert [(by_id[who], period) for what, who, period in claims(stop) if what == "play"] == [
        ("Elias", between("12:30", "14:50")),
        ("Ricardo", between("14:50", "17:00")),
    ]
    told = newest(stop.booking_request)
    assert {name: mail.calendar_method for name, mail in told.items()} == {
        "elias": "REQUEST",
        "ricardo": "REQUEST",
    }, "the organisation and the place see it on their own pages"
    assert told["elias"].subject == "Je speelt andere ontmoetingen op donderdag 4 februari 2027"
    for name, start, end in (("elias", "13:00", "14:50"), ("ricardo", "15:20", "17:00")):
        entry = event(told[name])
        assert (entry.dtstart.value, entry.dtend.value) == (
            between(start, end).start,
            between(start, end).end,
        )
        assert entry.uid.value == stop.invitation.uid
        assert entry.sequence.value == "1"
    assert "Wees er om 14.50 uur" in ricardo.visit("/mijn-speelbeurten").text
    assert "3 ontmoetingen" in ricardo.visit("/mijn-speelbeurten").text
    assert "4 ontmoetingen" in elias.visit("/mijn-speelbeurten").text
    assert "15.20 – 17.00 uur (Ricardo)" in ricardo.visit("/mijn-speelbeurten/1").text
    week = desk.visit("/planning/rooster?week=2027-W05").text
    assert "15.20 – 17.00" in week
    assert misfits_in(between("00:00", "23:59"), LATER) == []

    sent(stop.booking_request)
    share(*["Ricardo"] * 7)
    told = newest(stop.booking_request)
    assert (told["elias"].calendar_method, event(told["elias"]).sequence.value) == ("CANCEL", "2")
    assert event(told["ricardo"]).dtstart.value == between("13:00", "17:00").start
    assert "Je speelt voorlopig niet." in elias.visit("/mijn-speelbeurten").text
    assert [turn.encounters for turn in turns_of(performer("Ricardo"), LATER)] == [7]


def test_what_is_soft_is_ticked_and_what_is_hard_refuses(
    stop: Stop, signed_in: SignIn, count_queries: CountQueries
) -> None:
    ricardo = performer("Ricardo").id
    few = Availability(at_most=2)
    transact(services.say_availability, ricardo, few, version=0, by=COMMAND, now=LATER)
    desk, to = signed_in(named("Noor")), str(performer("Ricardo").resource_id)
    seen = desk.visit(CAST).form(CAST).fill(first="5", player=to).submit("Vul in vanaf daar")
    unticked = seen.form(CAST).submit("Bewaar wie er speelt", status=422)
    assert "Vink aan wat je weet en toch wilt" in unticked.errors[-1]
    with refused("performer_over_own_number"):
        share(*E4_R3)
    key = f"performer_over_own_number.{to}"
    unticked.form(CAST).fill(accept=[key]).submit("Bewaar wie er speelt")
    assert plays() == E4_R3
    around = load_tour(LATER, b.AFTERNOON.window)
    assert {each.name: sum(len(s.own) for s in each.sessions) for each in around.players} == {
        "Elias": 4,
        "Ricardo": 3,
    }

    away("Ricardo")
    more = desk.visit(CAST).form(CAST).fill(encounter_4=to).submit("Bekijk wat dit betekent")
    assert "Ricardo kan die dag niet." in more.text
    assert "Zo kan het niet." in more.text
    with refused("performer_away", "performer_over_own_number"):
        share("Elias", "Elias", "Elias", *["Ricardo"] * 4)
    share(*["Elias"] * 5, "Ricardo", "Ricardo")  # who cannot may always get less
    assert plays()[4] == "Elias"
    begun = between("15:25", "15:30").start
    with refused("encounter_has_begun", "performer_away", "performer_over_own_number"):
        share(*["Ricardo"] * 7, now=begun)
    with count_queries() as seven:
        desk.visit(CAST)
    room_id = stop.room_id
    whole_day = Wish(NEXT_WEEK.day, DayPart.AFTERNOON, 2)
    accepted = ["performer_over_own_number"]
    confirm(ask(room_id, whole_day), room_id, whole_day, accepted=accepted)
    with count_queries() as twelve:
        page = desk.visit("/planning/aanvragen/2/spelers")
    assert len(page.soup.select("tbody select")) == 12
    assert len(twelve) == len(seven)


def test_a_stop_that_moves_keeps_who_plays_which_encounter(stop: Stop) -> None:
    share(*E4_R3)
    request, room_id = stop.booking_request, stop.room_id
    moved = move(request, room_id, NEXT_WEEK)
    assert played_by(moved) == [("Elias", 4), ("Ricardo", 3)]
    assert len([each for each in claims(moved) if each[0] == "play"]) == 2
    evening = Wish(NEXT_WEEK.day, DayPart.EVENING)
    assert played_by(move(request, room_id, evening, accepted=FEWER)) == [
        ("Elias", 4),
        ("Ricardo", 1),
    ]
    away("Ricardo")
    back = move(request, room_id, b.AFTERNOON)
    assert played_by(back) == [("Elias", 7)], "Ricardo cannot; who can plays it"
    assert count_overlaps() == 0
    assert history.story(request.subject)[-1].facts["cast"]["players"] == [
        "Elias, Ricardo",
        "Elias",
    ]


def test_before_anybody_was_told_it_is_the_confirmation(stop: Stop) -> None:
    """And it can still be undone."""
    request = ask(stop.room_id, NEXT_WEEK)
    second = confirm(request, stop.room_id, NEXT_WEEK, now=LATER)
    first = second.performers[0].name
    other = ({"Elias", "Ricardo"} - {first}).pop()
    share(*[first] * 4, *[other] * 3, stop_id=second.id, now=LATER + timedelta(minutes=1))
    told = newest(request)
    assert {name: told[name].calendar_method for name in ("sam", "elias", "ricardo")} == {
        "sam": "REQUEST",
        "elias": "REQUEST",
        "ricardo": "REQUEST",
    }
    assert (
        event(told[other.lower()]).dtstart.value == between("15:20", "17:00", NEXT_WEEK.day).start
    )
    undo(request, now=LATER + timedelta(minutes=2))
    assert newest(request).keys() <= {"sam", "noor"}, "nobody who plays hears of it"
    assert claims(second) == []


def test_who_falls_ill_is_replaced_for_the_own_encounters_alone(stop: Stop) -> None:
    transact(b.performer, "Christiaan")
    share(*E4_R3)
    ill = BlockDetails(
        BlockKind.PERFORMER,
        performer("Ricardo").resource_id,
        starts_at=between("00:00", "23:59").start,
        ends_at=between("00:00", "23:59").end,
        reason="griep",
        words="Ricardo is ziek.",
    )
    [hit] = hit_by(ill, LATER)
    names = {performer(name).resource_id: name for name in ("Elias", "Christiaan")}
    recasts = [each for each in hit.ways if each.out.way is Way.RECAST]
    assert [names[each.out.resource_id or 0] for each in recasts] == ["Christiaan", "Elias"]
    chosen = {hit.key: recasts[0].out}
    about = {"form_token": new_form_token(), "by": COMMAND, "now": LATER}
    transact(services.make_block, ill, chosen, **about)  # type: ignore[arg-type]
    assert played_by(session.get_one(Stop, 1)) == [("Elias", 4), ("Christiaan", 3)]


def answer(visitor: CheckingClient) -> Page:
    return visitor.visit(mailed_path("ricardo@stut.example", "/ruil"))


def ask_ricardo(elias: CheckingClient, *numbers: str) -> Page:
    form = elias.visit("/mijn-speelbeurten").link("Vraag een collega").follow().form("Vraag het")
    to = str(performer("Ricardo").id)
    return form.fill(
        encounters=list(numbers), colleague=to, words="Ik moet naar de tandarts."
    ).submit("Vraag het")


def test_performers_swap_among_each_other(
    stop: Stop, signed_in: SignIn, client: CheckingClient
) -> None:
    request, elias = stop.booking_request, signed_in(named("Elias"))
    asked = ask_ricardo(elias, "6", "7")
    assert "Ricardo heeft nog niet geantwoord." in asked.text
    page = answer(client)
    assert page.h1 == "Neem jij het over van Elias?"
    assert "Ik moet naar de tandarts." in page.text
    assert "Dan speel je 15.50 – 17.00 uur. Wees er om 15.20 uur." in page.text
    assert plays() == ["Elias"] * 7, "opening it changes nothing"
    yes = page.form("Ja, ik speel").submit("Ja, ik speel")
    assert yes.h1 == "Je neemt het over van Elias"
    assert plays() == ["Elias"] * 5 + ["Ricardo"] * 2
    again = page.form("Ja, ik speel").submit("Ja, ik speel", status=409)
    assert "Deze vraag is voorbij" in again.errors[0]
    to_noor = session.scalars(
        select(OutboxMail).where(OutboxMail.to_address == "noor@stut.example")
    ).all()[-1]
    assert to_noor.subject == "Elias en Ricardo hebben geruild op donderdag 4 februari 2027"
    assert not any("tandarts" in mail.text for mail in session.scalars(select(OutboxMail)))
    assert session.get_one(SwapRequest, 1).words == ""
    entry = history.story(request.subject)[-1]
    assert (entry.action, entry.person_id) == ("swapped", named("Ricardo").id)
    told = newest(request)
    assert {told[each].calendar_method for each in ("elias", "ricardo")} == {"REQUEST"}

    ricardo = signed_in(named("Ricardo"))
    ask_ricardo(elias, "1")
    own = ricardo.visit("/mijn-speelbeurten").link("Geef antwoord").follow()
    own.form("Nee, ik kan niet").submit("Nee, ik kan niet")
    assert "Ricardo kan niet." in elias.visit("/mijn-speelbeurten").text
    ask_ricardo(elias, "2")
    path = mailed_path("ricardo@stut.example", "/ruil")
    elias.visit("/mijn-speelbeurten").form("Vraag het niet meer").submit("Vraag het niet meer")
    assert client.visit(path).h1 == "Elias speelt toch zelf"


def test_a_swap_is_judged_again_and_lapses_by_itself(
    stop: Stop, signed_in: SignIn, client: CheckingClient, set_clock: SetClock
) -> None:
    elias = signed_in(named("Elias"))
    ask_ricardo(elias, "7")
    page = answer(client)
    away("Ricardo")
    late = page.form("Ja, ik speel").submit("Ja, ik speel", status=409)
    assert "Ricardo kan die dag niet." in late.errors[0]
    refused_page = ask_again(elias, "6")
    assert refused_page.errors == [
        "Ricardo kan deze ontmoetingen niet overnemen. Vraag iemand anders, of vraag minder."
    ], "why is not said"
    set_clock(between("13:00", "13:20").start)
    assert answer(client).h1 == "Deze vraag is voorbij"
    set_clock(LATER)
    assert answer(client).h1 == "Neem jij het over van Elias?"
    move(stop.booking_request, stop.room_id, NEXT_WEEK)
    assert answer(client).h1 == "Deze vraag is voorbij"
    transact(services.forget_swap_words, now=LATER + timedelta(days=200))
    assert session.get_one(SwapRequest, 1).words == ""


def ask_again(elias: CheckingClient, number: str) -> Page:
    form = elias.visit("/mijn-speelbeurten/1/ruil").form("Vraag het")
    to = str(performer("Ricardo").id)
    return form.fill(encounters=[number], colleague=to).submit("Vraag het", status=409)
