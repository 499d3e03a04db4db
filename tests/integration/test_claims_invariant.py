"""Whatever is asked, confirmed, moved, cancelled and taken back, in whatever order: no time is
claimed twice, the cube has time to travel, and exactly what a simple model allows is allowed."""

from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import delete, select

from booking.models import BookingRequest, Stop
from booking.rules.lifecycle import StopState
from booking.rules.norms import DayPart, Wish
from core.db import db, session, transact
from core.findings import Refused
from core.period import Period
from tests.builders import (
    LUNETTEN,
    OVERVECHT,
    THURSDAY,
    VLEUTEN,
    cube,
    performer,
    room,
)
from tests.integration.bookings import (
    ask,
    cancel,
    confirm,
    count_overlaps,
    move,
    set_norms,
    stops_too_close,
    travel,
    undo,
)
from tests.tours import between

pytestmark = pytest.mark.usefixtures("app")

GET_IN, GET_OUT = timedelta(minutes=60), timedelta(minutes=5)
PLACES = (OVERVECHT, LUNETTEN, VLEUTEN)  # the depot is in the first
MINUTES = {frozenset({0, 1}): 45, frozenset({0, 2}): 45, frozenset({1, 2}): 65}
HOURS = {
    DayPart.MORNING: ("09:00", "12:30"),
    DayPart.AFTERNOON: ("13:00", "17:00"),
    DayPart.EVENING: ("19:00", "22:00"),
}
A_DAY = timedelta(hours=24)


@dataclass(frozen=True)
class Visit:
    """The cube at one of the places, in one day-part."""

    place: int
    wish: Wish

    @property
    def stay(self) -> Period:
        playing = between(*HOURS[self.wish.part], self.wish.day)
        return playing.padded(GET_IN, GET_OUT)


VISITS = st.builds(
    Visit,
    st.sampled_from(range(len(PLACES))),
    st.builds(Wish, st.sampled_from([THURSDAY, THURSDAY + timedelta(1)]), st.sampled_from(DayPart)),
)


def journey(origin: int, goal: int) -> timedelta:
    return timedelta(minutes=MINUTES.get(frozenset({origin, goal}), 0))


def fits(visit: Visit, others: list[Visit]) -> bool:
    """No overlap, and time to drive to and from every other."""
    return all(_has_time_between(*sorted((visit, o), key=lambda v: v.stay)) for o in others)


def _has_time_between(first: Visit, second: Visit) -> bool:
    return second.stay.start - first.stay.end >= journey(first.place, second.place)


class Season(RuleBasedStateMachine):
    """Requests in whatever order, beside a model that knows only visits."""

    def __init__(self) -> None:
        super().__init__()
        transact(_start_again)
        set_norms(get_in_minutes=60, get_out_minutes=5)
        self.rooms = transact(_stage)
        self.waiting: list[int] = []
        self.confirmed: dict[int, Visit] = {}
        self.asked = 0

    def without(self, request_id: int) -> list[Visit]:
        return [visit for known, visit in self.confirmed.items() if known != request_id]

    def request(self, request_id: int) -> BookingRequest:
        return session.get_one(BookingRequest, request_id)

    @precondition(lambda self: len(self.waiting) < 3)
    @rule(visit=VISITS)
    def ask(self, visit: Visit) -> None:
        self.asked += 1
        try:
            asked = ask(self.rooms[visit.place], visit.wish, who=f"asker{self.asked}")
        except Refused:
            assert not fits(visit, list(self.confirmed.values()))
        else:
            assert fits(visit, list(self.confirmed.values()))
            self.waiting.append(asked.id)

    @precondition(lambda self: self.waiting)
    @rule(visit=VISITS)
    def confirm(self, visit: Visit) -> None:
        request_id = self.waiting[0]
        try:
            confirm(self.request(request_id), self.rooms[visit.place], visit.wish, accepted=FEW)
        except Refused:
            assert not fits(visit, list(self.confirmed.values()))
        else:
            assert fits(visit, list(self.confirmed.values()))
            self.confirmed[self.waiting.pop(0)] = visit

    @precondition(lambda self: self.confirmed)
    @rule(visit=VISITS, which=st.integers(0, 5))
    def move(self, visit: Visit, which: int) -> None:
        request_id = self.one_of_the_confirmed(which)
        try:
            move(self.request(request_id), self.rooms[visit.place], visit.wish, accepted=FEW)
        except Refused:
            assert not fits(visit, self.without(request_id))
        else:
            assert fits(visit, self.without(request_id))
            self.confirmed[request_id] = visit

    @precondition(lambda self: self.confirmed)
    @rule(which=st.integers(0, 5))
    def cancel(self, which: int) -> None:
        request_id = self.one_of_the_confirmed(which)
        cancel(self.request(request_id))
        del self.confirmed[request_id]

    @precondition(lambda self: self.confirmed)
    @rule(which=st.integers(0, 5))
    def undo(self, which: int) -> None:
        request_id = self.one_of_the_confirmed(which)
        undo(self.request(request_id))
        del self.confirmed[request_id]
        self.waiting.append(request_id)

    def one_of_the_confirmed(self, which: int) -> int:
        return list(self.confirmed)[which % len(self.confirmed)]

    @invariant()
    def nothing_is_claimed_twice(self) -> None:
        assert count_overlaps() == 0
        assert stops_too_close() == []

    @invariant()
    def what_stands_is_what_the_model_says(self) -> None:
        stops = {stop.booking_request_id: stop for stop in _confirmed_stops()}
        assert {
            request_id: Visit(self.rooms.index(stop.room_id), stop.wish)
            for request_id, stop in stops.items()
        } == self.confirmed
        for request_id, length in self.journeys().items():
            claimed = travel(stops[request_id])
            assert (claimed.length if claimed else timedelta()) == length

    def journeys(self) -> dict[int, timedelta]:
        """How long the cube drives to each stop: from the one before, or from its depot."""
        in_order = sorted(self.confirmed.items(), key=lambda item: item[1].stay)
        found = {request_id: journey(0, visit.place) for request_id, visit in in_order}
        for (_id, before), (request_id, visit) in pairwise(in_order):
            if visit.stay.start - before.stay.end <= A_DAY:
                found[request_id] = journey(before.place, visit.place)
        return found


FEW = ("too_many_visitors",)


def _start_again() -> None:
    for table in reversed(db.metadata.sorted_tables):
        session.execute(delete(table))


def _stage() -> list[int]:
    cube()
    for number in range(6):
        performer(f"Speler {number}")
    return [room(f"Plek in {postcode}", postcode).id for postcode in PLACES]


def _confirmed_stops() -> list[Stop]:
    return list(session.scalars(select(Stop).where(Stop.state == StopState.CONFIRMED)))


def test_no_order_of_events_breaks_the_tour() -> None:
    run_state_machine_as_test(
        Season,
        settings=settings(
            max_examples=6,
            stateful_step_count=20,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
