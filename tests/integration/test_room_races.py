"""Eight processes book overlapping series in one room at the same moment: no date is had twice.

The twin has the guards taken away, and then dates are had twice.
"""

from functools import partial
from itertools import pairwise

import pytest
from sqlalchemy import func, select

from booking.models import Claim, RoomBooking
from booking.queries.room_bookings import room_booking_for_update
from booking.queries.rooms import load_rooms
from booking.rules.recurrence import Frequency, Recurrence
from booking.rules.rooms import Meeting, room_findings
from booking.services import claims
from booking.services.reserving import book_room
from booking.services.reserving.dates import confirm_date
from core.db import session, transact
from core.findings import refuse_if
from core.outbox import OutboxMail
from core.period import hull
from tests.builders import NOW, THURSDAY, booked, meeting_room, room_asked
from tests.integration.bookings import count_overlaps
from tests.integration.test_races import (
    EACH,
    assert_losers_are_told_why,
    drop_guards_of_the_database,
    winners,
)
from tests.racing import RACERS, Action, race
from venues.models import Room

pytestmark = [pytest.mark.race, pytest.mark.usefixtures("app")]
RHYTHMS = (
    Recurrence(Frequency.WEEKLY, count=12),
    Recurrence(Frequency.FORTNIGHTLY, count=6),
    Recurrence(Frequency.MONTHLY, count=4),
)


def booking(room: Room, recurrence: Recurrence, racer: int, form: str) -> Action:
    asked = room_asked(room, THURSDAY, recurrence, email=f"racer{racer}@buren.example")
    return partial(book_room, asked, form_token=f"race-{form}-{racer:020}", now=NOW)


def series_against_series() -> list[list[Action]]:
    """In each round everybody wants the same first date, in one rhythm or another."""
    rooms = [transact(partial(meeting_room, f"Zaal {n}")) for n in range(len(RHYTHMS))]
    return [
        [booking(room, RHYTHMS[(n + racer) % len(RHYTHMS)], racer, f"{n}") for racer in EACH]
        for n, room in enumerate(rooms)
    ]


def test_one_of_eight_series_gets_the_room(database_url: str) -> None:
    rounds = race(database_url, series_against_series())
    assert [winners(outcomes) for outcomes in rounds] == [1] * len(RHYTHMS)
    for outcomes in rounds:
        assert_losers_are_told_why(outcomes)
    assert count_overlaps() == 0
    bookings = session.scalars(select(RoomBooking)).all()
    assert len(bookings) == len(RHYTHMS)
    claimed = session.scalar(select(func.count()).select_from(Claim))
    assert claimed == sum(len(each.dates) for each in bookings)  # whole series, or nothing
    assert session.scalar(select(func.count()).select_from(OutboxMail)) == len(RHYTHMS)


def yes(booking_id: int) -> int:
    """Look, then claim every date: the heart of whatever says yes to a booking."""
    booking = room_booking_for_update(booking_id)
    claims.lock_rooms([booking.room_id])
    window = hull(date.period for date in booking.dates)
    place = load_rooms(window, [booking.room])[booking.room_id]
    for date in booking.dates:
        refuse_if(room_findings(Meeting(date.period, booking.people), place, NOW))
        confirm_date(date, NOW)
    return booking.id


def a_yes_to_each() -> list[list[Action]]:
    """Eight series that wait for the same room, and a yes to each at the same moment."""
    asked_for = transact(partial(meeting_room, "Zaal", confirms_at_once=False))
    asked = [
        room_asked(asked_for, THURSDAY, RHYTHMS[n % len(RHYTHMS)], email=f"{n}@buren.example")
        for n in EACH
    ]
    return [[partial(yes, booked(each).id) for each in asked]]


def test_one_of_eight_yeses_counts(database_url: str) -> None:
    (outcomes,) = race(database_url, a_yes_to_each())
    assert winners(outcomes) == 1
    assert_losers_are_told_why(outcomes)
    assert count_overlaps() == 0


def test_without_guards_several_yeses_count(database_url: str) -> None:
    actions = a_yes_to_each()
    drop_guards_of_the_database()
    (outcomes,) = race(database_url, actions, careless=True)
    assert winners(outcomes) > 1
    assert count_overlaps() > 0


def test_back_to_back_series_all_fit(database_url: str) -> None:
    """Eight rooms, eight racers: who is not in the way is not kept waiting for a no."""
    rooms = [transact(partial(meeting_room, f"Zaal {n}")) for n in EACH]
    actions = [booking(room, RHYTHMS[0], n, "apart") for n, room in enumerate(rooms)]
    (outcomes,) = race(database_url, [actions])
    assert winners(outcomes) == RACERS
    starts = session.scalars(select(Claim.starts_at).order_by(Claim.resource_id, Claim.starts_at))
    assert sum(a < b for a, b in pairwise(starts)) == RACERS * (RHYTHMS[0].count or 0) - RACERS
