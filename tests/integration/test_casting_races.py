"""Two planners cast one performer at two stops at once: one gets her, the other reads why not."""

from functools import partial

import pytest
from sqlalchemy import select

from booking import services
from booking.models import Performer, Stop
from core.db import session, transact
from core.history import COMMAND
from tests.builders import LUNETTEN, cube, performer, room
from tests.integration.bookings import LATER, ask, confirm, count_overlaps
from tests.integration.test_races import (
    assert_losers_are_told_why,
    drop_guards_of_the_database,
    winners,
)
from tests.racing import Action, race

pytestmark = [pytest.mark.race, pytest.mark.usefixtures("app")]


def _scene() -> list[int]:
    for name in ("Elias", "Ricardo", "Christiaan"):
        performer(name)
    for _each in range(2):
        cube()
    return [room("De Dreef").id, room("De Musketon", LUNETTEN).id]


def both_want_her() -> list[Action]:
    """From half past three on at the one, from the second encounter on at the other."""
    rooms = transact(_scene)
    for room_id in rooms:
        confirm(ask(room_id), room_id)
    session.rollback()
    stops = session.scalars(select(Stop).order_by(Stop.id)).all()
    playing = {stop.performers[0].id for stop in stops}
    free = session.scalars(select(Performer).where(Performer.id.not_in(playing))).one()
    return [_cast(stop, free, first) for stop, first in zip(stops, (5, 2), strict=True)]


def _cast(stop: Stop, her: Performer, first: int) -> Action:
    cast = {
        each.number: her.resource_id if each.number >= first else each.performer.resource_id
        for each in stop.played
    }
    decided = {"version": None, "by": COMMAND, "now": LATER}
    return partial(services.cast_encounters, stop.id, cast, **decided)  # type: ignore[arg-type]


def test_a_performer_is_cast_at_one_stop_at_a_time(database_url: str) -> None:
    [outcomes] = race(database_url, [both_want_her()])
    assert winners(outcomes) == 1
    assert_losers_are_told_why(outcomes)
    assert {code for each in outcomes for code in each.codes} == {"performer_taken"}
    assert count_overlaps() == 0


def test_without_guards_she_would_be_at_two_places(database_url: str) -> None:
    drop_guards_of_the_database()
    [outcomes] = race(database_url, [both_want_her()], careless=True)
    assert winners(outcomes) == 2
    assert count_overlaps() > 0
