"""The rooms the finder finds: none that is taken in any way, at a cost that does not grow."""

from collections.abc import Callable
from dataclasses import replace
from datetime import time, timedelta
from functools import partial

import pytest
from sqlalchemy import func, select, update

from booking.models import Claim, WaitingPlace
from booking.queries.finder import search
from booking.queries.rooms import load_rooms
from booking.rules.recurrence import Times
from booking.rules.room_lifecycle import WaitingState
from booking.rules.sought import Need, Sought
from core.clock import local_day, local_days
from core.db import session, transact
from core.period import Period
from people.models import Organisation
from tests.builders import EVENING, NOW, THURSDAY, booked, meeting_room, room_asked
from tests.conftest import CountQueries
from tests.integration.finder_rows import FIRST_ROOM, many_claims, many_rooms
from tests.integration.old_rows import count_of_old, work_of
from venues.facts import find_postcode
from venues.models import (
    Closure,
    OutsideBusy,
    OutsideCalendar,
    Room,
    RoomState,
    SpecialHours,
    Venue,
)
from venues.rules.terms import BookableBy

pytestmark = pytest.mark.usefixtures("app")

AT_SEVEN = Sought((THURSDAY,), EVENING, people=12, origin=find_postcode("3563"))
THAT_WEEK = replace(
    AT_SEVEN,
    days=tuple(THURSDAY + timedelta(days=n) for n in range(7)),
    times=Times(time(17, 30), time(23)),
    length=timedelta(hours=2),
)
ON_TIME = Times(time(20), time(22))  # half of what is sought
A_YEAR = timedelta(days=365)
ROOMS = 40
AT_MOST = 1.05
SOME = 1000  # steps or rows: far less than one for each claim


def at(times: Times) -> Period:
    period = times.on(THURSDAY)
    assert period
    return period


def lent(**facts: object) -> Room:
    return transact(partial(meeting_room, **facts))  # type: ignore[arg-type]


def found(sought: Sought = AT_SEVEN) -> list[int]:
    return [each.place.room_id for each in search(sought, NOW)[0]]


def nearly(sought: Sought = AT_SEVEN) -> dict[int, list[str]]:
    return {e.place.room_id: [miss.code for miss in e.misses] for e in search(sought, NOW)[1]}


def add(*rows: object) -> None:
    session.add_all(rows)
    session.commit()


def meeting(room: Room) -> None:
    booked(room_asked(room, times=ON_TIME))


def meeting_that_leaves_too_little_time_to_clear_up(room: Room) -> None:
    booked(room_asked(room, times=Times(time(17), time(19))))


def closure(room: Room) -> None:
    add(Closure(room_id=room.id, starts_at=at(ON_TIME).start, ends_at=at(ON_TIME).end))


def long_closure(room: Room) -> None:
    start = local_day(THURSDAY - A_YEAR).start
    add(Closure(room_id=room.id, starts_at=start, ends_at=at(ON_TIME).end))


def other_hours(room: Room) -> None:
    add(SpecialHours(room_id=room.id, day_on=THURSDAY, opens_at=time(9), closes_at=time(20)))


def outside_calendar(room: Room, *, is_tentative: bool = False) -> None:
    calendar = OutsideCalendar(resource_id=room.resource_id, name="Agenda", created_at=NOW)
    session.add(calendar)
    session.flush()
    add(
        OutsideBusy(
            outside_calendar_id=calendar.id,
            resource_id=room.resource_id,
            starts_at=at(ON_TIME).start,
            ends_at=at(ON_TIME).end,
            is_tentative=is_tentative,
        )
    )


def offer(room: Room, until: timedelta = timedelta(hours=1)) -> None:
    add(
        WaitingPlace(
            reference="W-1",
            room=room,
            organisation=Organisation(name="Buren", name_key="buren", created_at=NOW),
            contact_name="Sam",
            contact_email="sam@buren.example",
            purpose="Koken",
            people=8,
            starts_at=at(ON_TIME).start,
            ends_at=at(ON_TIME).end,
            state=WaitingState.OFFERED,
            offered_until=NOW + until,
            created_at=NOW,
        )
    )


def notice(room: Room) -> None:
    room.notice_hours = int((at(EVENING).start - NOW) / timedelta(hours=1)) + 1
    session.commit()


TAKEN = [
    meeting,
    meeting_that_leaves_too_little_time_to_clear_up,
    closure,
    long_closure,
    other_hours,
    outside_calendar,
    offer,
    notice,
]


@pytest.mark.parametrize("take", TAKEN, ids=lambda each: each.__name__)
def test_a_room_that_is_taken_in_any_way_is_not_found(take: Callable[[Room], None]) -> None:
    room, other = lent(), lent(name="De Overkant")
    assert found() == [room.id, other.id]
    take(room)
    assert found() == [other.id]


@pytest.mark.parametrize("take", [meeting, closure, other_hours, outside_calendar, offer])
def test_what_is_left_of_an_evening_is_found(take: Callable[[Room], None]) -> None:
    room = lent()
    take(room)
    ((first, *_rest),) = (each.free for each in search(THAT_WEEK, NOW)[0])
    assert first.start == at(Times(time(17, 30), time(23))).start
    assert first.end <= at(ON_TIME).start
    assert nearly() == {room.id: ["free_until"]}


def test_what_takes_no_time_leaves_the_room_free() -> None:
    room = lent(before_minutes=30, after_minutes=0)
    booked(room_asked(room, times=Times(time(17), time(18, 30))))
    booked(room_asked(room, times=Times(time(21, 30), time(23)), email="b@buren.example"))
    outside_calendar(room, is_tentative=True)
    offer(room, until=timedelta())
    ((result,), _near) = search(AT_SEVEN, NOW)
    assert [each.code for each in result.remarks] == ["room_perhaps_busy"]


def test_a_claim_that_is_released_is_free_again() -> None:
    room = lent()
    meeting(room)
    session.execute(update(Claim).values(released_at=NOW))
    session.commit()
    assert found() == [room.id]


def test_only_rooms_that_are_lent_to_everybody_are_found() -> None:
    shown = lent()
    for state in (RoomState.DRAFT, RoomState.PAUSED, RoomState.RETIRED):
        lent(name=state.value, state=state)
    lent(name="Alleen voor de kubus", welcomes_meetings=False)
    own = lent(name="Van een aanvrager")
    session.execute(update(Venue).where(Venue.id == own.venue_id).values(is_listed=False))
    session.commit()
    assert found() == found(Sought()) == [shown.id]
    assert nearly() == {}


@pytest.mark.parametrize(
    ("need", "facts", "unsaid", "lacking"),
    [
        (Need.STEP_FREE, {"is_step_free": True}, {"is_step_free": None}, {"is_step_free": False}),
        (Need.TOILET, {"has_accessible_toilet": True}, {}, {"has_accessible_toilet": False}),
        (Need.KITCHEN, {"has_kitchen": True}, {}, {"has_kitchen": False}),
        (Need.SCREEN, {"has_screen": True}, {}, {"has_screen": False}),
        (Need.QUIET, {"is_quiet": True}, {"is_quiet": None}, {"is_quiet": False}),
        (Need.POWER, {"has_power": True}, {"has_power": None}, {"has_power": False}),
        (Need.OUTDOORS, {"is_outdoors": True}, {}, {"has_garden": False}),
        (Need.OUTDOORS, {"has_garden": True}, {}, {"has_garden": False}),
        (Need.CUBE, {}, {"door_width_cm": None}, {"free_height_cm": 150}),
        (Need.CUBE, {}, {"door_width_cm": None}, {"welcomes_cube": False}),
    ],
)
def test_each_need_is_looked_at(
    need: Need, facts: dict[str, object], unsaid: dict[str, object], lacking: dict[str, object]
) -> None:
    has, perhaps = lent(**facts), lent(name="Misschien", **unsaid)
    lent(name="Nee", **lacking)
    sought = replace(AT_SEVEN, needs=frozenset({need}))
    assert found(sought) == [has.id]
    assert nearly(sought) == {perhaps.id: ["need_unknown"]}


def test_a_room_for_neighbours_is_found_from_nearby() -> None:
    room = lent(bookable_by=BookableBy.NEIGHBOURS)
    assert found() == [room.id]
    assert nearly(replace(AT_SEVEN, origin=find_postcode("3524"))) == {
        room.id: ["kept_for_district"]
    }


def test_the_same_statements_for_one_room_and_for_many(count_queries: CountQueries) -> None:
    lent()
    with count_queries() as for_one:
        search(AT_SEVEN, NOW)
    many_rooms(ROOMS)
    with count_queries() as for_many:
        results, _nearly = search(AT_SEVEN, NOW)
    assert len(results) > ROOMS / 2
    assert len(for_many) == len(for_one)


def works() -> dict[str, int]:
    asked = {"a day": AT_SEVEN, "a week": THAT_WEEK, "no moment": Sought()}
    searches = {name: work_of(partial(search, sought, NOW)) for name, sought in asked.items()}
    return {**searches, "one room": work_of(week_of_the_first_room)}


def week_of_the_first_room() -> None:
    week = local_days(THAT_WEEK.days[0], THAT_WEEK.days[-1])
    load_rooms(week, [session.get_one(Room, FIRST_ROOM)])


def test_claims_of_other_times_cost_nothing() -> None:
    many_rooms(ROOMS)
    many_claims(ROOMS, ROOMS, THURSDAY, THURSDAY + timedelta(days=1))
    before = works()
    many_claims(count_of_old(), ROOMS, THURSDAY - 8 * A_YEAR, THURSDAY - timedelta(days=30))
    grown = {n: (before[n], w) for n, w in works().items() if w > before[n] * AT_MOST + SOME}
    assert grown == {}
    assert work_of(read_every_claim) > count_of_old(), "what is counted is the work"


def read_every_claim() -> None:
    """What a careless query would do: not say from where on to look."""
    overlapping = (Claim.starts_at < at(EVENING).end, Claim.ends_at > at(EVENING).start)
    session.scalar(select(func.count()).select_from(Claim).where(*overlapping))
