"""A host closes a room just as something around a stop is agreed or called off there.

On PostgreSQL: SQLite lets writers in one by one.
"""

from functools import partial
from typing import Any

import pytest
from sqlalchemy import func, select

from booking import services
from booking.models import SideItem
from booking.rules.side import ProposedBy, SideState
from core.clock import local_days
from core.db import session, transact
from tests import builders as b
from tests.racing import Action, race
from tests.side import LATER, agreed, in_room, proposed, side_claims, soup
from venues import services as venues
from venues.models import Closure
from venues.rules.hits import Agreed
from venues.rules.values import ClosureDetails

pytestmark = [
    pytest.mark.race,
    pytest.mark.usefixtures("app"),
    pytest.mark.on("postgresql"),
]
CLOSED = ClosureDetails(local_days(b.THURSDAY, b.THURSDAY), "Verbouwing")
ROUNDS = 6


def around(number: int) -> tuple[int, int]:
    """Ids of something proposed, and of its room."""
    room = transact(partial(b.meeting_room, f"Zaal {number}"))
    item = proposed(soup(in_room(room.id)), ProposedBy.THEATRE)
    return item.id, room.id


def closing(room_id: int, agreed_to: Agreed) -> Action:
    details: dict[str, Any] = {"by": b.PLANNER, "now": LATER, "agreed": agreed_to}
    return partial(venues.close_room, room_id, CLOSED, **details)


def test_nothing_is_agreed_in_a_room_that_is_closed(database_url: str) -> None:
    """Agreeing against closing: one of both wins. Calling off against closing: neither stumbles."""
    room = b.stage()
    b.confirmed(b.submitted(b.asked(room.id)), room.id)
    how: dict[str, Any] = {"version": None, "by": b.PLANNER, "now": LATER}
    rounds: list[list[Action]] = []
    for number in range(ROUNDS):
        item_id, room_id = around(number)
        agree = partial(services.agree_side, item_id, accepted=(), **how)
        rounds.append([agree, closing(room_id, Agreed())])
    for number in range(ROUNDS, 2 * ROUNDS):
        item_id, room_id = around(number)
        agreed(session.get_one(SideItem, item_id))
        call_off = partial(services.withdraw_side, item_id, words="Ziek.", **how)
        seen = Agreed(frozenset({f"side-{item_id}-202702041800-room_closed"}))
        rounds.append([call_off, closing(room_id, seen)])

    outcomes = race(database_url, rounds)
    assert not [each.error for of_round in outcomes for each in of_round if each.error]
    for agreeing, shutting in outcomes[:ROUNDS]:
        assert agreeing.has_won != shutting.has_won, (agreeing, shutting)
    closed = {each.room_id for each in session.scalars(select(Closure))}
    stands = session.scalars(select(SideItem).where(SideItem.state == SideState.AGREED)).all()
    assert not [item for item in stands if item.room_id in closed]
    assert len(side_claims()) == len(stands)
    assert all(each.has_won for of_round in outcomes[ROUNDS:] for each in of_round)
    withdrawn = select(func.count()).where(SideItem.state == SideState.WITHDRAWN)
    assert session.scalar(withdrawn) == ROUNDS
