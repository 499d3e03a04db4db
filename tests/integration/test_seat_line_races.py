"""Seats that come free while others want them: who waited first gets them, one seat each.

The twins have looked before anybody writes and hold no lock: then one seat is had by many, and one
person is kept several seats while others in line get nothing.
"""

from collections import Counter
from functools import partial

import pytest
from sqlalchemy import func, select

from booking import services
from booking.models import Encounter, Seat, SeatBooking, SeatWaiting, Stop
from booking.queries.encounters import encounters_of
from booking.queries.seat_waiting import lock_line
from booking.rules.encounters import SEATS, Company, Holder
from booking.rules.room_lifecycle import WaitingState
from booking.services import seat_line
from booking.services.seats import sit
from core.db import session
from tests.builders import stage
from tests.integration.bookings import LATER, ask, confirm
from tests.integration.test_races import assert_losers_are_told_why, execute, winners
from tests.racing import RACERS, Action, race
from tests.seats import bookings_at, fill, giving_back, taking, wait

pytestmark = [pytest.mark.race, pytest.mark.usefixtures("app")]


@pytest.fixture
def stop() -> Stop:
    """Open and full, with a line of eight who come alone and for whom any encounter will do."""
    hall = stage()
    stop = confirm(ask(hall.id), hall.id)
    fill(stop)
    for _each in range(RACERS):
        wait(stop)
    return stop


def accepting(waiting: SeatWaiting) -> Action:
    """What this one will be offered."""
    version = waiting.version + 1
    return partial(services.take_offered_seat, waiting.id, version=version, now=LATER)


def leaving(waiting: SeatWaiting) -> Action:
    version = waiting.version + 1
    return partial(services.leave_seat_line, waiting.id, version=version, now=LATER)


def clock(stop: Stop) -> Action:
    return partial(seat_line.tend_line, stop.id, now=LATER)


def most_in_one_encounter() -> int:
    counted = select(func.count()).where(Seat.released_at.is_(None)).group_by(Seat.encounter_id)
    return max(session.scalars(counted))


def kept() -> Counter[int]:
    """Seats kept for the line, by encounter."""
    live = select(Seat.encounter_id).where(Seat.holder == Holder.LINE, Seat.released_at.is_(None))
    return Counter(session.scalars(live))


def offered() -> Counter[int]:
    """How many in line are offered one, by encounter."""
    found = select(SeatWaiting.offered_id).where(SeatWaiting.state == WaitingState.OFFERED)
    return Counter(each for each in session.scalars(found) if each)


def line() -> list[str]:
    in_order = (
        select(SeatWaiting).order_by(SeatWaiting.id).execution_options(populate_existing=True)
    )
    return [str(each.state) for each in session.scalars(in_order)]


def test_freed_seats_go_along_the_line_one_each(stop: Stop, database_url: str) -> None:
    """Five give back at five encounters; then some take, one leaves, and another gives back."""
    first, *others = encounters_of(stop.id)
    one, other, *_more = session.scalars(select(SeatWaiting).order_by(SeatWaiting.id))
    given_back = [giving_back(bookings_at(each)[0]) for each in others[:5]]
    freed = [*given_back, *map(taking, others[:3])]
    answered = [
        *(accepting(one), accepting(one), leaving(other), clock(stop)),
        giving_back(bookings_at(first)[0]),
        *map(taking, [first, *others[:2]]),
    ]
    rounds = race(database_url, [freed, answered])
    for outcomes in rounds:
        assert_losers_are_told_why(outcomes)
        assert winners(outcomes) == 5
        assert {code for each in outcomes for code in each.codes} == {"encounter_full"}
    assert line() == ["taken", "left", *["offered"] * 5, "waiting"]
    assert kept() == offered()
    assert most_in_one_encounter() == SEATS


def look_and_give_back(booking_id: int, version: int, stop_id: int) -> object:
    """As somebody would who has looked at the line before it is their turn."""
    seen = lock_line(stop_id)
    with pytest.MonkeyPatch.context() as patch:  # the racer stays for other races
        patch.setattr(seat_line, "lock_line", lambda _stop_id: seen)
        return services.cancel_seats(booking_id, version=version, now=LATER)


def look_and_sit(encounter_id: int) -> object:
    """As somebody would who knows nothing of a line."""
    encounter = session.get_one(Encounter, encounter_id)
    sit(SeatBooking(encounter=encounter, company=Company.ALONE, created_at=LATER), encounter)
    return None


def test_without_locks_some_are_passed_over_and_a_seat_is_had_by_many(
    stop: Stop, database_url: str
) -> None:
    *early, last = encounters_of(stop.id)
    given_back = [each for encounter in early[:4] for each in bookings_at(encounter)]
    careless: list[Action] = [
        partial(look_and_give_back, each.id, each.version, stop.id) for each in given_back
    ]
    unseen = partial(look_and_sit, last.id)
    free = f"UPDATE seat SET released_at = '{LATER}' WHERE encounter_id = {last.id} AND number = 1"  # noqa: S608
    execute([free, "DROP INDEX uq_seat_live"])
    passed_over, had_by_many = race(database_url, [careless, [unseen] * RACERS], careless=True)
    assert winners(passed_over) > 1
    assert kept().total() > offered().total()
    assert winners(had_by_many) > 1
    assert most_in_one_encounter() > SEATS
