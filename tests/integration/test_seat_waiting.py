"""The line for seats: nobody gets past it, and it moves along with the stop."""

from collections.abc import Callable
from functools import partial

import pytest
from sqlalchemy import text

from booking import clockwork, services
from booking.letters.posting import own_link
from booking.models import SeatWaiting, Stop
from booking.queries.encounters import encounters_of
from booking.rules.encounters import Company, Holder
from booking.rules.norms import DayPart, Wish
from booking.rules.room_lifecycle import WaitingState
from core.db import session, transact
from core.outbox.queries import mails_about
from people.models import Role
from tests.builders import THURSDAY, person, stage
from tests.conftest import CountQueries, SetClock, SignIn
from tests.integration.bookings import LATER, ask, confirm, move, refused
from tests.seats import bookings_at, giving_back, hold, taking, wait
from venues.models import Room

pytestmark = pytest.mark.usefixtures("app")

EVENING = Wish(THURSDAY, DayPart.EVENING)  # five encounters instead of seven


@pytest.fixture
def hall() -> Room:
    return stage()


@pytest.fixture
def stop(hall: Room) -> Stop:
    """Open, and full: visitors at the first and the last, the organisation at all others."""
    found = confirm(ask(hall.id), hall.id)
    first, *others, last = encounters_of(found.id)
    hold(found, {each.id: 2 for each in others})
    for encounter in (first, first, last, last):
        transact(taking(encounter))
    return found


def subjects(waiting: SeatWaiting) -> list[str]:
    return [m.subject for m in sorted(mails_about(waiting.subject), key=lambda mail: mail.id)]


def test_nobody_takes_past_the_line_what_came_free_unseen(stop: Stop) -> None:
    first, *_others, last = encounters_of(stop.id)
    waiting, other = wait(stop, first), bookings_at(last)[0]
    free = text("UPDATE seat SET released_at = :now WHERE encounter_id = :id AND number = 1")
    transact(lambda: session.execute(free, {"now": str(LATER), "id": first.id}))
    session.expire_all()
    with refused("encounter_full"):
        transact(taking(first))
    with refused("encounter_full"):
        transact(
            services.change_seats,
            other.id,
            encounter_id=first.id,
            company=Company.ALONE,
            version=other.version,
            now=LATER,
        )
    clockwork.work_off(LATER)
    session.expire_all()
    assert (waiting.state, waiting.offered_id) == (WaitingState.OFFERED, first.id)


def test_whatever_gives_a_seat_back_offers_it(stop: Stop) -> None:
    first, second, third, *_others = encounters_of(stop.id)
    line = [wait(stop, second), wait(stop, first), wait(stop)]
    hold(stop, {second.id: 1})
    hold(stop, {third.id: 1})
    booking = bookings_at(first)[0]
    assert [each.offered_id for each in line] == [second.id, None, third.id]
    assert transact(giving_back(booking)).id == booking.id
    assert line[1].offered_id == first.id
    transact(services.leave_seat_line, line[1].id, version=line[1].version, now=LATER)
    transact(services.take_offered_seat, line[0].id, version=line[0].version, now=LATER)
    with refused("waiting_changed_meanwhile"):
        transact(services.leave_seat_line, line[2].id, version=99, now=LATER)
    assert [seat.holder for seat in second.taken].count(Holder.LINE) == 0


def test_who_waits_moves_along_and_hears_it(stop: Stop, hall: Room) -> None:
    first, *_others, last = encounters_of(stop.id)
    early = wait(stop, first, "kim@post.example")
    gone = wait(stop, last, "lee@post.example")
    back = wait(stop, None, "mia@post.example")
    transact(giving_back(bookings_at(first)[0]))
    transact(giving_back(bookings_at(last)[0]))
    transact(giving_back(bookings_at(last)[0]))
    move(stop.booking_request, hall.id, EVENING, why="", accepted=("too_many_visitors",))
    session.expire_all()
    states = [each.state for each in (early, gone, back)]
    assert states == [WaitingState.OFFERED, WaitingState.LAPSED, WaitingState.WAITING]
    moved, ended, old_place = (subjects(each)[-1] for each in (early, gone, back))
    assert moved == "De kubus speelt op een andere tijd"
    assert ended == "Je staat niet meer in de rij voor een plaats"
    assert old_place == "Deze plaats kan toch niet"
    assert early.offered
    assert early.offered.starts_at.hour == 18  # 19.00 in Utrecht


def test_a_longer_line_costs_no_more(
    stop: Stop, signed_in: SignIn, set_clock: SetClock, count_queries: CountQueries
) -> None:
    set_clock(LATER)
    desk = signed_in(transact(person, "Pia", Role.PLANNER))
    asked = f"/planning/aanvragen/{stop.booking_request_id}"

    def costs(number: int) -> list[int]:
        """Of all pages of the last in line, and then of a seat that comes free."""
        key = transact(own_link, [wait(stop) for _each in range(number)][-1], LATER)
        pages = [f"/plaatsrij/{key}", f"/speelbeurten/{stop.id}/wachten", asked]
        [booking, *_others] = [b for each in encounters_of(stop.id) for b in bookings_at(each)]
        found = [partial(desk.visit, page) for page in pages]
        return [cost(act) for act in (*found, partial(transact, giving_back(booking)))]

    def cost(act: Callable[[], object]) -> int:
        session.rollback()
        with count_queries() as seen:
            act()
        return len(seen)

    costs(2)  # what is fetched once
    assert costs(2) == costs(18)
