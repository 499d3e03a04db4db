"""The line for seats: nobody gets past it, and it moves along with the stop."""

from functools import partial
from typing import Any

import pytest
from sqlalchemy import text

from booking import clockwork, services
from booking.models import Encounter, SeatBooking, SeatWaiting, Stop
from booking.queries.encounters import encounters_of
from booking.rules.encounters import Company, Holder
from booking.rules.norms import DayPart, Wish
from booking.rules.room_lifecycle import WaitingState
from booking.services.seat_waiting import SeatWanted
from booking.services.seats import Visit
from core.db import session, transact
from core.fields import new_form_token
from core.history import ASKER
from core.outbox.queries import mails_about
from tests.builders import THURSDAY, stage
from tests.integration.bookings import LATER, ask, confirm, move, refused
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


def hold(stop: Stop, wanted: dict[int, int]) -> None:
    about = stop.booking_request_id
    transact(services.hold_seats, about, wanted, version=None, by=ASKER, now=LATER)


def taking(encounter: Encounter) -> Any:
    visit = Visit(encounter.id, Company.ALONE)
    return partial(services.take_seats, visit, form_token=new_form_token(), now=LATER)


def wait(stop: Stop, encounter: Encounter | None = None, email: str = "") -> SeatWaiting:
    wanted = SeatWanted(stop.id, encounter.id if encounter else None, Company.ALONE, email)
    join = partial(services.wait_for_seat, wanted, form_token=new_form_token(), now=LATER)
    return transact(join)[0]


def visitor_at(encounter: Encounter) -> SeatBooking:
    return next(seat.seat_booking for seat in encounter.taken if seat.seat_booking)


def giving_back(encounter: Encounter) -> Any:
    booking = visitor_at(encounter)
    return partial(services.cancel_seats, booking.id, version=booking.version, now=LATER)


def subjects(waiting: SeatWaiting) -> list[str]:
    return [m.subject for m in sorted(mails_about(waiting.subject), key=lambda mail: mail.id)]


def test_nobody_takes_past_the_line_what_came_free_unseen(stop: Stop) -> None:
    first, *_others, last = encounters_of(stop.id)
    waiting, other = wait(stop, first), visitor_at(last)
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
    booking = visitor_at(first)
    assert [each.offered_id for each in line] == [second.id, None, third.id]
    assert transact(giving_back(first)).id == booking.id
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
    transact(giving_back(first))
    transact(giving_back(last))
    transact(giving_back(last))
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
