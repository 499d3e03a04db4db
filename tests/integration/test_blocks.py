"""Blocks: what the desk sees first, what is refused after, and who is told."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from booking import services
from booking.models import Block, BookingRequest
from booking.queries.asking import check_wishes
from booking.queries.blocks import stops_inside_blocks
from booking.queries.hit_by_block import hit_by
from booking.rules.asked import Where
from booking.rules.blocks import BlockDetails, BlockKind
from booking.rules.lifecycle import DeclineReason, RequestState
from booking.rules.norms import DayPart, Wish
from booking.rules.placement import Chosen
from booking.rules.ways_out import Way, WayOut
from core.db import session, transact
from core.fields import new_form_token
from core.findings import blockers
from people.models import Role
from tests import builders as b
from tests.conftest import CountQueries, SetClock, SignIn
from tests.integration.bookings import ask, confirm, option
from tests.pages import CheckingClient
from tests.racing import Action, race
from venues.facts import find_postcode

REPAIR = BlockDetails(
    BlockKind.SEASON,
    None,
    datetime(2027, 2, 1, tzinfo=UTC),
    datetime(2027, 2, 8, tzinfo=UTC),
    "rust",
    "De tournee rust die week.",
)
DAYS = [Wish(date(2027, 2, day), DayPart.AFTERNOON) for day in (2, 3, 4, 5, 6)]


@pytest.fixture
def room_id(app: Flask, set_clock: SetClock) -> int:
    set_clock(b.NOW)
    return b.stage().id


@pytest.fixture
def desk(room_id: int, signed_in: SignIn) -> CheckingClient:
    return signed_in(transact(b.person, "Noor", Role.PLANNER))


def first_ways(details: BlockDetails) -> dict[str, WayOut]:
    found = {hit.key: hit.ways[0].out for hit in hit_by(details, b.NOW)}
    session.rollback()
    return found


def make(details: BlockDetails, chosen: dict[str, WayOut]) -> Block:
    return transact(
        services.make_block,
        details,
        chosen,
        form_token=new_form_token(),
        by=b.PLANNER,
        now=b.NOW,
    )


def one_of_each(room_id: int) -> None:
    """A stop, an option, a request and a moment that was offered, all in one week."""
    confirm(ask(room_id, DAYS[0]), room_id, DAYS[0])
    option(ask(room_id, DAYS[1]), room_id, DAYS[1])
    ask(room_id, DAYS[2])
    transact(
        services.decline,
        ask(room_id, DAYS[3]).id,
        reason=DeclineReason.NO_TIME,
        words="",
        alternatives=[DAYS[4]],
        version=None,
        by=b.PLANNER,
        now=b.NOW,
    )


def test_a_break_deals_with_everything_inside_it(room_id: int) -> None:
    one_of_each(room_id)
    chosen = first_ways(REPAIR)
    assert [each.way for each in chosen.values()] == [
        Way.CALL_OFF,
        Way.LET_GO,
        Way.OFFER,
        Way.DROP,
    ]
    promised = [wish for each in chosen.values() for wish in each.wishes]
    assert len(set(promised)) == len(promised) == 6  # nobody is promised what another is
    block = make(REPAIR, chosen)
    assert [r.state for r in session.scalars(select(BookingRequest).order_by("id"))] == [
        RequestState.CANCELLED,
        RequestState.SUBMITTED,
        RequestState.DECLINED,
        RequestState.DECLINED,
    ]
    assert stops_inside_blocks(b.NOW) == []
    place = find_postcode(b.OVERVECHT)
    assert place
    [(_wish, said)] = check_wishes(Where(place, room_id), [DAYS[2]], 12, b.NOW)
    assert {finding.code for finding in blockers(said)} == {"tour_rests"}
    transact(services.lift_block, block.id, version=block.version, by=b.PLANNER, now=b.NOW)
    [(_wish, said)] = check_wishes(Where(place, room_id), [DAYS[2]], 12, b.NOW)
    assert not blockers(said)


def test_who_is_hit_meanwhile_is_seen_first(
    desk: CheckingClient, room_id: int, set_clock: SetClock
) -> None:
    one_of_each(room_id)
    form = desk.visit("/planning/blokkades").link("Maak een blokkade").follow()
    empty = form.form("/nieuw").submit(status=422)
    assert "Kies wat er niet kan." in empty.errors
    page = (
        empty.form("/nieuw")
        .fill(what="De hele tournee", first_on="2027-02-01", last_on="2027-02-07", words="Rust.")
        .submit()
    )
    assert page.h1 == "De hele tournee kan niet: dit raakt 4 afspraken"
    assert session.scalars(select(Block)).all() == []
    sunday = replace(DAYS[0], day=date(2027, 2, 7))
    confirm(ask(room_id, sunday), room_id, sunday)
    chosen = page.form("/maak").fill(request_3="Laat de aanvraag wachten")
    anew = chosen.submit(status=409)
    assert "Kijk de lijst opnieuw na." in anew.errors[0]
    assert session.scalars(select(Block)).all() == []
    assert "Laat de aanvraag wachten" in str(
        anew.soup.select_one("input[name=request_3]:checked + label")
    )
    made = anew.form("/maak").submit()
    assert anew.form("/maak").submit().path == made.path, "sent twice, done once"
    assert "wacht op jullie antwoord" in made.text
    lifted = made.form("/weg").submit()
    assert "weggehaald" in lifted.text
    assert "Nu: wacht op antwoord" in lifted.text


def test_an_open_end_and_what_is_past(desk: CheckingClient) -> None:
    form = desk.visit("/planning/blokkades/nieuw").form("/nieuw")
    form.fill(what="Kubus", first_on="2026-11-01", words="Stuk.")
    past = form.submit(status=422)
    assert past.errors == ["Deze tijd is al voorbij. Kies een einde na nu."]
    nobody = past.form("/nieuw").fill(is_open=True).submit()
    assert nobody.h1 == "Kubus kan niet: dit raakt niemand"
    made = nobody.form("/maak").submit("Zet de blokkade")
    assert "vanaf zondag 1 november 2026, tot nader bericht" in made.text
    assert "tot nader bericht" in desk.visit("/planning/blokkades").text


def test_the_list_asks_the_same_for_one_and_for_five(
    room_id: int, count_queries: CountQueries
) -> None:
    def asked() -> int:
        session.rollback()
        with count_queries() as statements:
            hit_by(REPAIR, b.NOW)
        return len(statements)

    confirm(ask(room_id, DAYS[0]), room_id, DAYS[0])
    one = asked()
    for wish in DAYS[1:]:
        confirm(ask(room_id, wish), room_id, wish)
    assert asked() == one


def against(room_id: int) -> list[list[Action]]:
    """Six weeks; in each, one confirmation and three that block that week."""
    return [_week(room_id, timedelta(weeks=number)) for number in range(6)]


def _week(room_id: int, later: timedelta) -> list[Action]:
    wish = replace(DAYS[0], day=DAYS[0].day + later)
    # Asked for another week, so nobody expects it on the list: only the tour lock is between them.
    asked_for = replace(wish, day=wish.day + timedelta(weeks=8))
    request_id = ask(room_id, asked_for).id
    assert REPAIR.ends_at
    rests = replace(REPAIR, starts_at=REPAIR.starts_at + later, ends_at=REPAIR.ends_at + later)
    by_planner: dict[str, Any] = {"by": b.PLANNER, "now": b.NOW}
    confirming = partial(
        services.confirm, request_id, chosen=Chosen(wish, room_id), version=None, **by_planner
    )
    blocking: list[Action] = [
        partial(services.make_block, rests, {}, form_token=new_form_token(), **by_planner)
        for _racer in range(3)
    ]
    return [confirming, *blocking]


@pytest.mark.race
def test_nothing_is_confirmed_inside_a_block(database_url: str, room_id: int) -> None:
    rounds = race(database_url, against(room_id))
    outcomes = [each for of_round in rounds for each in of_round]
    assert [each.error for each in outcomes if each.error] == []
    assert stops_inside_blocks(b.NOW) == []
    assert {code for each in outcomes for code in each.codes} <= {"tour_rests", "hit_meanwhile"}


@pytest.mark.race
def test_without_the_lock_a_stop_stands_inside_it(database_url: str, room_id: int) -> None:
    race(database_url, against(room_id), careless=True)
    assert stops_inside_blocks(b.NOW) != []
