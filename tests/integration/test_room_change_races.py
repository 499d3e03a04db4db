"""Eight processes change bookings at the same moment: one wins, the others are told why.

The twins have the guards taken away, and then several win.
"""

from datetime import time
from functools import partial

import pytest
from sqlalchemy import func, select

from booking.models import RoomBooking
from booking.rules.recurrence import Times
from booking.rules.room_changes import Change, Scope
from booking.services import reserving
from core import history
from core.db import session, transact
from core.history import HistoryEntry
from tests.builders import NOW, THURSDAY, booked, meeting_room, room_asked
from tests.integration.bookings import count_overlaps
from tests.integration.test_races import (
    EACH,
    assert_losers_are_told_why,
    drop_guards_of_the_database,
    winners,
)
from tests.racing import Action, race

pytestmark = [pytest.mark.race, pytest.mark.usefixtures("app")]


def one_date_cancelled_by_all() -> list[Action]:
    booking = booked(room_asked(transact(meeting_room)))
    cancel = partial(
        reserving.cancel_dates,
        booking.id,
        booking.dates[0].id,
        Scope.THIS,
        why="",
        version=booking.version,
        by=history.ASKER,
        now=NOW,
    )
    return [cancel for _ in EACH]


def all_into_the_same_time() -> list[Action]:
    """Each has an hour of its own on one day, and all want the same other hour."""
    room = transact(partial(meeting_room, "De Overkant", after_minutes=0))
    wanted = Change(Times(time(20), time(21)))
    moves: list[Action] = []
    for n in EACH:
        own = Times(time(9 + n), time(10 + n))
        booking = booked(room_asked(room, THURSDAY, times=own, email=f"{n}@buren.example"))
        move = partial(
            reserving.move_dates,
            booking.id,
            reserving.Wanted(booking.dates[0].id, Scope.THIS, wanted),
            version=booking.version,
            by=history.ASKER,
            now=NOW,
        )
        moves.append(move)
    return moves


def cancellations() -> int:
    written = select(func.count()).where(HistoryEntry.action == "dates cancelled")
    return session.scalar(written) or 0


def test_a_date_is_cancelled_once_and_a_time_is_had_once(database_url: str) -> None:
    rounds = race(database_url, [one_date_cancelled_by_all(), all_into_the_same_time()])
    assert [winners(outcomes) for outcomes in rounds] == [1, 1]
    for outcomes in rounds:
        assert_losers_are_told_why(outcomes)
    assert cancellations() == 1
    assert count_overlaps() == 0
    dates = [each.dates[0] for each in session.scalars(select(RoomBooking))]
    assert sum(date.is_apart for date in dates) == 1
    assert sum(date.is_confirmed for date in dates) == len(EACH), "who lost has what they had"


def test_without_guards_both_happen_several_times(database_url: str) -> None:
    actions = [one_date_cancelled_by_all(), all_into_the_same_time()]
    drop_guards_of_the_database()
    cancels, moves = race(database_url, actions, careless=True)
    assert max(winners(cancels), cancellations()) > 1
    assert winners(moves) > 1
    assert count_overlaps() > 0
