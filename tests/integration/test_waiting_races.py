"""Closing against booking, offering against booking, two workers at once.

Nothing stands on a closed day, and what is offered to one is not had by another.

The twins look before they write, as everybody does, and have no lock: then it goes wrong.
"""

from datetime import time, timedelta
from functools import partial

import pytest
from sqlalchemy import func, select

from booking.models import RoomDate, WaitingPlace
from booking.rules.recurrence import Times
from booking.rules.room_lifecycle import DateState, WaitingState
from booking.services import reserving
from core import rate_limit
from core.clock import local_days
from core.db import session, transact
from core.findings import refuse_if
from tests.builders import NOW, PLANNER, THURSDAY, booked, meeting_room, room_asked
from tests.integration.bookings import count_overlaps
from tests.integration.test_races import EACH, assert_losers_are_told_why, winners
from tests.racing import Action, race
from tests.waiting import free, waits
from venues import services as venues
from venues.models import Closure, Room
from venues.rules.hits import NOTHING_SEEN, hit_findings
from venues.rules.values import ClosureDetails

pytestmark = [pytest.mark.race, pytest.mark.usefixtures("app")]
DAY = local_days(THURSDAY, THURSDAY)


def booking(room: Room, racer: int, times: Times | None = None) -> Action:
    """Each racer an hour of its own, so that all could be had."""
    hour = times or Times(time(8 + 2 * (racer % 7)), time(9 + 2 * (racer % 7)))
    asked = room_asked(room, times=hour, email=f"racer{racer}@buren.example")
    token = f"race-{room.id}-{racer:020}"
    return partial(reserving.book_room, asked, form_token=token, now=NOW)


def closing(room: Room) -> Action:
    return partial(venues.close_room, room.id, ClosureDetails(DAY), by=PLANNER, now=NOW)


def closed_and_booked() -> int:
    """How many dates stand in a room on the day that it is closed."""
    both = (
        select(func.count())
        .select_from(RoomDate)
        .join(Closure, Closure.room_id == RoomDate.room_id)
        .where(RoomDate.state == DateState.CONFIRMED)
    )
    return session.scalar(both) or 0


def test_nobody_books_on_a_day_that_is_closed_at_that_moment(database_url: str) -> None:
    rooms = [transact(partial(meeting_room, f"Zaal {n}")) for n in range(2)]
    rounds = [[closing(room), *(booking(room, n) for n in EACH[1:])] for room in rooms]
    for outcomes in race(database_url, rounds):
        assert_losers_are_told_why(outcomes)
        closer, *bookers = outcomes
        assert closer.has_won == (winners(bookers) == 0)
    assert closed_and_booked() == 0


def look_and_close(room_id: int) -> None:
    """As somebody would who knows nothing of who else is busy."""
    refuse_if(hit_findings(reserving.who_is_hit(room_id, now=NOW), NOTHING_SEEN))
    session.add(Closure(room_id=room_id, starts_at=DAY.start, ends_at=DAY.end))
    session.flush()


def look_and_book(action: Action) -> object:
    """Without the count of forms, which would be written before anybody has looked."""
    rate_limit.allowed_today = lambda *_given, **_more: True
    return action()


def test_without_the_lock_a_date_stands_on_a_closed_day(database_url: str) -> None:
    room = transact(partial(meeting_room, "Zaal"))
    actions: list[Action] = [
        partial(look_and_close, room.id),
        partial(look_and_book, booking(room, 1)),
    ]
    (outcomes,) = race(database_url, [actions], careless=True)
    assert winners(outcomes) == 2
    assert closed_and_booked() == 1


EVENING = Times(time(19), time(21))


def freed(number: int) -> Room:
    """Two wait for an evening that has just come free."""
    room = transact(partial(meeting_room, f"Zaal {number}"))
    date = booked(room_asked(room, email=f"club{number}@taal.example")).dates[0]
    waits(room, f"sam{number}")
    waits(room, f"noor{number}")
    free(date.id)
    return room


def clock() -> Action:
    return partial(reserving.offer_waiting, now=NOW)


def had(room: Room) -> tuple[int, int]:
    """How many have the evening, and to how many it is offered."""
    confirmed = select(func.count()).where(
        RoomDate.room_id == room.id, RoomDate.state == DateState.CONFIRMED
    )
    offered = select(func.count()).where(
        WaitingPlace.room_id == room.id, WaitingPlace.state == WaitingState.OFFERED
    )
    return session.scalar(confirmed) or 0, session.scalar(offered) or 0


def test_what_is_offered_to_one_is_not_booked_by_another(database_url: str) -> None:
    rooms = [freed(number) for number in range(2)]
    rounds = [[clock(), *(booking(room, n, EVENING) for n in EACH[2:]), clock()] for room in rooms]
    for outcomes in race(database_url, rounds):
        assert_losers_are_told_why(outcomes)
    for room in rooms:
        assert sum(had(room)) == 1
    assert count_overlaps() == 0


def test_without_the_lock_it_is_offered_and_booked(database_url: str) -> None:
    room = freed(1)
    actions: list[Action] = [clock(), partial(look_and_book, booking(room, 1, EVENING))]
    (outcomes,) = race(database_url, [actions], careless=True)
    assert winners(outcomes) == 2
    assert had(room) == (1, 1)


def test_two_buttons_at_once_take_it_once(database_url: str) -> None:
    room = freed(1)
    transact(reserving.offer_waiting, now=NOW)
    place = session.scalars(select(WaitingPlace).order_by(WaitingPlace.id)).all()[0]
    version, place_id = place.version, place.id
    session.rollback()
    taking = [
        partial(
            reserving.take_offer,
            place_id,
            version=version,
            form_token=f"race-take-{n:020}",
            now=NOW + timedelta(minutes=1),
        )
        for n in EACH
    ]
    (outcomes,) = race(database_url, [taking])
    assert winners(outcomes) == 1
    assert_losers_are_told_why(outcomes)
    assert had(room) == (1, 0)
