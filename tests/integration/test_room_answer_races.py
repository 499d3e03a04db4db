"""Hosts who answer at the same moment: one answer counts, the others read why theirs does not.

Each race has a twin without the guards, in which several count.
"""

from functools import partial

import pytest
from sqlalchemy import func, select

from booking.models import Claim, RoomBooking, RoomDate
from booking.rules.host_answers import NoReason, RoomAnswer
from booking.rules.room_lifecycle import DateState
from booking.services.reserving import answer_room
from core.db import session
from core.history import HistoryEntry
from core.outbox import OutboxMail
from tests.builders import NOW, booked, room_asked
from tests.integration.bookings import count_overlaps
from tests.integration.room_answers import BY_LINK, by_hand
from tests.integration.test_races import (
    assert_losers_are_told_why,
    drop_guards_of_the_database,
    winners,
)
from tests.racing import Action, race

pytestmark = [pytest.mark.race, pytest.mark.usefixtures("app")]
HOSTS = range(3)


def answering(booking: RoomBooking, answer: RoomAnswer, racer: int) -> Action:
    return partial(
        answer_room,
        booking.id,
        answer,
        form_token=f"race-answer-{racer:020}",
        version=booking.version,
        by=BY_LINK,
        now=NOW,
    )


def a_yes_to_each() -> list[list[Action]]:
    """All want the same evening, and each gets a yes from somebody."""
    room = by_hand()
    bookings = [booked(room_asked(room, email=f"{n}@buren.example")) for n in HOSTS]
    everybody = tuple(booking.dates[0].id for booking in bookings)
    return [
        [
            answering(booking, RoomAnswer(yes=(booking.dates[0].id,), seen=everybody), racer)
            for racer, booking in enumerate(bookings)
        ]
    ]


def in_state(state: DateState) -> int:
    found = select(func.count()).select_from(RoomDate).where(RoomDate.state == state)
    return session.scalar(found) or 0


def test_one_of_several_yeses_to_the_same_time_counts(database_url: str) -> None:
    (outcomes,) = race(database_url, a_yes_to_each())
    assert winners(outcomes) == 1
    assert_losers_are_told_why(outcomes)
    assert (in_state(DateState.CONFIRMED), in_state(DateState.DECLINED)) == (1, len(HOSTS) - 1)
    assert count_overlaps() == 0
    assert session.scalar(select(func.count()).select_from(Claim)) == 1
    told = select(OutboxMail.to_address).where(OutboxMail.subject.startswith("Deze tijd ging"))
    assert len(set(session.scalars(told))) == len(HOSTS) - 1, "nobody is declined silently"


def test_without_guards_several_yeses_to_the_same_time_count(database_url: str) -> None:
    actions = a_yes_to_each()
    drop_guards_of_the_database()
    (outcomes,) = race(database_url, actions, careless=True)
    stuck = [outcome for outcome in outcomes if outcome.error]
    assert winners(outcomes) > 1 or stuck, "on PostgreSQL they wait for each other in a circle"


def hosts_who_disagree() -> list[list[Action]]:
    """They say yes and no to the same question."""
    booking = booked(room_asked(by_hand()))
    date_id = booking.dates[0].id
    yes, no = RoomAnswer(yes=(date_id,)), RoomAnswer(no=(date_id,), reason=NoReason.IN_USE)
    return [[answering(booking, no if racer % 2 else yes, racer) for racer in HOSTS]]


def answers_written_down() -> int:
    said = HistoryEntry.action.in_(["room agreed", "room refused"])
    return session.scalar(select(func.count()).select_from(HistoryEntry).where(said)) or 0


def test_one_of_several_hosts_answers(database_url: str) -> None:
    (outcomes,) = race(database_url, hosts_who_disagree())
    assert (winners(outcomes), answers_written_down()) == (1, 1)
    assert_losers_are_told_why(outcomes)
    letters = select(func.count()).select_from(OutboxMail)
    about_the_answer = letters.where(OutboxMail.subject.startswith("Het kan"))
    assert session.scalar(about_the_answer) == 1


def test_without_guards_several_hosts_answer(database_url: str) -> None:
    actions = hosts_who_disagree()
    drop_guards_of_the_database()
    race(database_url, actions, careless=True)
    assert answers_written_down() > 1
