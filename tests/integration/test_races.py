"""Eight processes at the same moment: what only one may have, only one gets.

Each race has a twin without the guards, in which the promise is broken. It shows that the race is
one: a test that cannot fail proves nothing.
"""

from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from itertools import cycle, islice

import pytest
from sqlalchemy import func, select, text

from booking import services
from booking.models import BookingRequest, Claim, Stop
from booking.rules.lifecycle import RequestState, StopState
from booking.rules.norms import DayPart, Wish
from booking.rules.placement import Chosen
from core.db import db, session, transact
from core.findings import Refused
from core.history import ASKER
from core.outbox import OutboxMail
from people.models import Organisation, Person, SignInLink
from people.queries import live_link
from people.services import make_link, use_link
from tests.builders import (
    AFTERNOON,
    LUNETTEN,
    NOW,
    PLANNER,
    THURSDAY,
    VLEUTEN,
    asked,
    cube,
    performer,
    person,
    room,
    stage,
)
from tests.integration.bookings import confirm, count_overlaps, set_norms, stops_too_close
from tests.racing import RACERS, Action, Outcome, race

pytestmark = [pytest.mark.race, pytest.mark.usefixtures("app")]

MORNING, EVENING = Wish(THURSDAY, DayPart.MORNING), Wish(THURSDAY, DayPart.EVENING)
EACH = range(RACERS)


# --- the scene ---------------------------------------------------------------------------------


def requests(count: int) -> list[int]:
    """Requests that wait for the theatre."""

    def add() -> list[int]:
        asker = Organisation(name="Buren", name_key="buren", created_at=NOW)
        added = [_request(asker, number) for number in range(count)]
        session.add_all(added)
        session.flush()
        return [request.id for request in added]

    return transact(add)


def _request(asker: Organisation, number: int) -> BookingRequest:
    return BookingRequest(
        reference=f"K-{number}",
        organisation=asker,
        contact_name="Sam",
        contact_email="sam@buren.example",
        district_number="03",
        is_closed=False,
        visitors_live_here=4,
        submitted_at=NOW,
    )


def confirmation(request_id: int, chosen: Chosen) -> Action:
    return partial(
        services.confirm,
        request_id,
        chosen=chosen,
        accepted=("stands_overnight",),
        version=None,
        by=PLANNER,
        now=NOW,
    )


def drop_guards_of_the_database() -> None:
    """What the database itself refuses, it now allows."""
    on_sqlite = (
        "DROP TRIGGER tr_claim_no_overlap_insert",
        "DROP TRIGGER tr_claim_no_overlap_update",
        "DROP INDEX uq_stop_live",
    )
    on_postgresql = (
        "ALTER TABLE claim DROP CONSTRAINT ex_claim_no_overlap",
        "DROP INDEX uq_stop_live",
    )
    execute(on_sqlite if db.engine.dialect.name == "sqlite" else on_postgresql)


def execute(commands: Sequence[str]) -> None:
    def run() -> None:
        for command in commands:
            session.execute(text(command))

    transact(run)


def winners(outcomes: Sequence[Outcome]) -> int:
    return sum(outcome.has_won for outcome in outcomes)


def assert_losers_are_told_why(outcomes: Sequence[Outcome]) -> None:
    """A sentence each; no "database is locked", no deadlock, nothing unexpected."""
    assert [outcome.error for outcome in outcomes if outcome.error] == []
    for outcome in outcomes:
        assert outcome.has_won or all(len(words) > 20 for words in outcome.words)


# --- one cube, one place, one performer, and all three -----------------------------------------


def _scene() -> list[tuple[int, int, int]]:
    """Room, cube and performer of each racer."""
    return [
        (room(f"Plek {n}").id, cube().resource_id, performer(f"Speler {n}").resource_id)
        for n in EACH
    ]


def collisions() -> list[list[Action]]:
    """Rounds in which all want the same cube, the same place, the same performer, all of it."""
    scene = transact(_scene)
    first_room, first_cube, first_performer = scene[0]
    rounds = [
        [(room_id, first_cube, player_id) for room_id, _cube, player_id in scene],
        [(first_room, cube_id, player_id) for _room, cube_id, player_id in scene],
        [(room_id, cube_id, first_performer) for room_id, cube_id, _player in scene],
        [(first_room, first_cube, first_performer)] * RACERS,
    ]
    waiting = iter(requests(len(rounds) * RACERS))
    return [
        [
            confirmation(next(waiting), Chosen(_weeks_on(week), room_id, cube_id, (player_id,)))
            for room_id, cube_id, player_id in wanted
        ]
        for week, wanted in enumerate(rounds)
    ]


def _weeks_on(weeks: int) -> Wish:
    return Wish(THURSDAY + timedelta(weeks=weeks), DayPart.AFTERNOON)


def test_one_of_eight_gets_the_cube_the_place_and_the_performer(database_url: str) -> None:
    rounds = race(database_url, collisions())
    for outcomes in rounds:
        assert winners(outcomes) == 1
        assert_losers_are_told_why(outcomes)
    said = [{code for o in outcomes for code in o.codes} for outcomes in rounds]
    assert said == [
        {"cube_taken"},
        {"place_taken"},
        {"performer_taken"},
        {"cube_taken", "place_taken", "performer_taken"},
    ]
    assert count_overlaps() == 0


def test_the_constraint_alone_keeps_them_apart(database_url: str) -> None:
    rounds = race(database_url, collisions(), careless=True)
    assert [winners(outcomes) for outcomes in rounds] == [1, 1, 1, 1]
    assert {code for outcomes in rounds for o in outcomes for code in o.codes} == {"just_taken"}
    assert count_overlaps() == 0


def test_without_guards_several_get_it(database_url: str) -> None:
    drop_guards_of_the_database()
    rounds = race(database_url, collisions(), careless=True)
    assert all(winners(outcomes) > 1 for outcomes in rounds)
    assert count_overlaps() > 0


# --- partly overlapping ------------------------------------------------------------------------


def mixed() -> list[Action]:
    """Day-parts that overlap in part, over two cubes, two performers and three places."""
    room_ids = transact(_two_cubes)
    wishes = [Wish(THURSDAY, part, day_parts) for day_parts in (1, 2) for part in DayPart]
    wanted = islice(zip(cycle(wishes), cycle(room_ids), strict=False), RACERS)
    return [
        confirmation(request_id, Chosen(wish, room_id))
        for request_id, (wish, room_id) in zip(requests(RACERS), wanted, strict=True)
    ]


def _two_cubes() -> list[int]:
    for name in ("Elias", "Ricardo"):
        cube(name)
        performer(name)
    return [room("De Dreef").id, room("De Musketon", LUNETTEN).id, room("RAUM", VLEUTEN).id]


def test_partly_overlapping_bookings_stay_apart(database_url: str) -> None:
    actions = mixed()
    [outcomes] = race(database_url, [actions])
    assert winners(outcomes) >= 1
    assert_losers_are_told_why(outcomes)
    assert count_overlaps() == 0
    assert stops_too_close() == []
    for action, outcome in zip(actions, outcomes, strict=True):
        if not outcome.has_won:  # and lost to somebody who is there
            with pytest.raises(Refused):
                transact(action)


def test_without_guards_bookings_overlap(database_url: str) -> None:
    drop_guards_of_the_database()
    [outcomes] = race(database_url, [mixed()], careless=True)
    assert winners(outcomes) > 1
    assert count_overlaps() > 0


# --- time to travel ----------------------------------------------------------------------------


def two_places_in_a_day() -> list[Action]:
    """An afternoon and an evening with 55 minutes between, at places 65 minutes apart."""
    set_norms(get_out_minutes=5, get_in_minutes=60)
    afternoon, evening = transact(_two_places)
    chosen = [Chosen(AFTERNOON, afternoon), Chosen(EVENING, evening)]
    wanted = islice(cycle(chosen), RACERS)
    return [confirmation(*each) for each in zip(requests(RACERS), wanted, strict=True)]


def _two_places() -> tuple[int, int]:
    cube()
    for name in ("Elias", "Ricardo"):
        performer(name)
    return room("De Musketon", LUNETTEN).id, room("RAUM", VLEUTEN).id


def test_the_cube_is_never_booked_faster_than_it_drives(database_url: str) -> None:
    [outcomes] = race(database_url, [two_places_in_a_day()])
    assert winners(outcomes) == 1
    assert_losers_are_told_why(outcomes)
    assert stops_too_close() == []


def test_the_constraint_alone_knows_nothing_of_travel(database_url: str) -> None:
    [outcomes] = race(database_url, [two_places_in_a_day()], careless=True)
    assert winners(outcomes) == 2
    assert len(stops_too_close()) == 1


# --- one request -------------------------------------------------------------------------------


def one_request_on_eight_days() -> list[Action]:
    place = stage()
    [request_id] = requests(1)
    return [confirmation(request_id, Chosen(_weeks_on(week), place.id)) for week in EACH]


def live_stops() -> int:
    live = select(func.count()).where(Stop.state == StopState.CONFIRMED)
    return session.scalar(live) or 0


def test_one_request_is_confirmed_once(database_url: str) -> None:
    [outcomes] = race(database_url, [one_request_on_eight_days()])
    assert winners(outcomes) == 1
    assert_losers_are_told_why(outcomes)
    assert {code for o in outcomes for code in o.codes} == {"not_in_this_state"}
    assert live_stops() == 1


def test_without_guards_one_request_is_confirmed_more_than_once(database_url: str) -> None:
    actions = one_request_on_eight_days()
    drop_guards_of_the_database()
    [outcomes] = race(database_url, [actions], careless=True)
    assert winners(outcomes) > 1
    assert live_stops() > 1


# --- yes and no at once ------------------------------------------------------------------------


def withdrawal(request_id: int) -> Action:
    return partial(services.withdraw, request_id, version=1, by=ASKER, now=NOW)


def cancellation(request_id: int) -> Action:
    return partial(services.cancel, request_id, why="", version=None, by=PLANNER, now=NOW)


def taking_back(request_id: int) -> Action:
    return partial(services.undo, request_id, by=PLANNER, now=NOW)


def moving(request_id: int, chosen: Chosen) -> Action:
    return partial(
        services.move, request_id, chosen=chosen, why="", version=None, by=PLANNER, now=NOW
    )


def yes_and_no() -> list[list[Action]]:
    """Confirm or withdraw; cancel or undo; cancel or move: half of the racers each."""
    place = stage()
    waiting, first, second = requests(3)
    confirm(session.get_one(BookingRequest, first), place.id, _weeks_on(1))
    confirm(session.get_one(BookingRequest, second), place.id, _weeks_on(2))
    half = RACERS // 2
    return [
        [confirmation(waiting, Chosen(AFTERNOON, place.id)), withdrawal(waiting)] * half,
        [cancellation(first), taking_back(first)] * half,
        [cancellation(second), moving(second, Chosen(_weeks_on(4), place.id))] * half,
    ]


def requests_that_contradict_their_claims() -> list[RequestState]:
    """Only what is confirmed has claimed time, and what is confirmed has."""
    session.expire_all()
    live = select(Stop.booking_request_id).join(Claim).where(Claim.released_at.is_(None))
    claiming = set(session.scalars(live))
    return [
        request.state
        for request in session.scalars(select(BookingRequest))
        if (request.state is RequestState.CONFIRMED) != (request.id in claiming)
    ]


def test_yes_and_no_at_once_end_in_one_of_them(database_url: str) -> None:
    decided, ended, moved_or_cancelled = race(database_url, yes_and_no())
    assert (winners(decided), winners(ended)) == (1, 1)
    assert winners(moved_or_cancelled[::2]) == 1
    for outcomes in (decided, ended, moved_or_cancelled):
        assert_losers_are_told_why(outcomes)
    assert requests_that_contradict_their_claims() == []


def test_without_guards_yes_and_no_end_in_both_or_in_errors(database_url: str) -> None:
    rounds = yes_and_no()
    drop_guards_of_the_database()
    decided, ended, _moved_or_cancelled = race(database_url, rounds, careless=True)
    assert winners(decided) > 1
    assert winners(ended) > 1 or any(outcome.error for outcome in ended)


# --- one form, one link ------------------------------------------------------------------------


def one_form() -> list[Action]:
    what = asked(stage().id)
    return [partial(services.submit, what, form_token="the-same", now=NOW)] * RACERS


def count(table: type[BookingRequest] | type[OutboxMail]) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


def test_one_form_sent_eight_times_is_one_request(database_url: str) -> None:
    [outcomes] = race(database_url, [one_form()])
    assert_losers_are_told_why(outcomes)
    assert winners(outcomes) == RACERS
    assert len({outcome.answer for outcome in outcomes}) == 1
    assert (count(BookingRequest), count(OutboxMail)) == (1, 1)


def test_without_guards_one_form_becomes_several_requests(database_url: str) -> None:
    actions = one_form()
    execute(forget_that_tokens_are_unique())
    [outcomes] = race(database_url, [actions], careless=True)
    assert len({outcome.answer for outcome in outcomes if outcome.has_won}) > 1
    assert count(BookingRequest) > 1
    assert count(OutboxMail) > 1


def forget_that_tokens_are_unique() -> Sequence[str]:
    if db.engine.dialect.name == "postgresql":
        return ("ALTER TABLE submission DROP CONSTRAINT pk_submission",)
    return (
        "ALTER TABLE submission RENAME TO unique_submission",
        "CREATE TABLE submission AS SELECT * FROM unique_submission",
    )


def sign_in_link() -> str:
    def make() -> str:
        return make_link(person(), NOW)

    return transact(make)


def look_and_then_use(token: str) -> Person | None:
    """As one would write it without thinking of others."""
    link: SignInLink | None = live_link(token, NOW)
    if link is None:
        return None
    link.used_at = NOW
    session.flush()
    return link.person


def sessions_begun(outcomes: Sequence[Outcome]) -> int:
    return sum(outcome.answer is not None for outcome in outcomes)


def test_a_sign_in_link_lets_in_once(database_url: str) -> None:
    uses: list[Action] = [partial(use_link, sign_in_link(), now=NOW)] * 10
    [outcomes] = race(database_url, [uses])
    assert_losers_are_told_why(outcomes)
    assert sessions_begun(outcomes) == 1


def test_without_guards_a_sign_in_link_lets_in_more_than_once(database_url: str) -> None:
    uses: list[Action] = [partial(look_and_then_use, sign_in_link())] * 10
    [outcomes] = race(database_url, [uses], careless=True)
    assert sessions_begun(outcomes) > 1
