"""A visitor who left only a phone number hears of a change on the day: somebody can call."""

from datetime import datetime, timedelta
from functools import partial

import pytest

from booking import clockwork, services
from booking.models import SeatBooking, Stop
from booking.queries.encounters import encounters_of
from booking.rules.encounters import Company
from booking.rules.norms import DayPart, Wish
from booking.services.seats import Visit
from core.db import session, transact
from core.fields import new_form_token
from people.models import Role
from tests import builders as b
from tests.conftest import SetClock, SignIn
from tests.integration.bookings import LATER, ask, cancel, confirm, move
from tests.pages import CheckingClient
from tests.seats import giving_back

EVENING = Wish(b.THURSDAY, DayPart.EVENING)
KIM, LEE, MIA = "06 11 11 11 11", "06 22 22 22 22", "06 33 33 33 33"
DAY_BEFORE = b.AFTERNOON_STARTS - timedelta(hours=36)  # past midnight


@pytest.fixture
def stop(app: object) -> Stop:
    """Kim left a number, Lee an address too; Mia gave her seat back."""
    hall = b.stage()
    stop = confirm(ask(hall.id), hall.id)
    first, second, third, *_others = encounters_of(stop.id)
    sit(second.id, LEE, "lee@post.example")
    sit(first.id, KIM)
    transact(giving_back(sit(third.id, MIA)))
    return stop


def sit(encounter_id: int, phone: str, email: str = "", now: datetime = LATER) -> SeatBooking:
    visit = Visit(encounter_id, Company.ALONE, email, phone)
    take = partial(services.take_seats, visit, form_token=new_form_token(), now=now)
    return transact(take)[0]


def numbers(desk: CheckingClient, address: str) -> list[str]:
    """Those of visitors, in order."""
    text = desk.visit(address).text
    return sorted((each for each in (KIM, LEE, MIA) if each in text), key=text.index)


def request_page(stop: Stop) -> str:
    return f"/planning/aanvragen/{stop.booking_request_id}"


def planner(signed_in: SignIn, set_clock: SetClock, now: datetime) -> CheckingClient:
    set_clock(now)
    return signed_in(transact(b.person, "Pia", Role.PLANNER))


def test_the_day_sheet_has_the_numbers_from_the_day_before(
    signed_in: SignIn, stop: Stop, set_clock: SetClock
) -> None:
    earlier, over = DAY_BEFORE - timedelta(minutes=90), stop.ends_at
    one_has_been = b.AFTERNOON_STARTS + timedelta(minutes=20)
    desk = planner(signed_in, set_clock, earlier)
    for now, shown in (
        (earlier, []),
        (DAY_BEFORE, [KIM, LEE]),
        (one_has_been, [LEE]),
        (over, []),
    ):
        set_clock(now)
        assert numbers(desk, f"/planning/speelbeurten/{stop.id}/dagbrief") == shown, now
        assert numbers(desk, request_page(stop)) == []


def test_who_gets_no_mail_is_called_when_the_stop_moves(
    signed_in: SignIn, stop: Stop, set_clock: SetClock
) -> None:
    now = LATER + timedelta(hours=1)
    desk = planner(signed_in, set_clock, now)
    move(stop.booking_request, stop.room_id, EVENING, now=now, accepted=("too_many_visitors",))
    sit(encounters_of(stop.id)[3].id, MIA, now=now)  # knows the new time
    assert numbers(desk, request_page(stop)) == [KIM]
    assert "19.00 uur: 06 11 11 11 11" in desk.visit(request_page(stop)).text


def test_all_with_a_number_are_called_when_it_is_cancelled_at_the_last_moment(
    signed_in: SignIn, stop: Stop, set_clock: SetClock
) -> None:
    desk = planner(signed_in, set_clock, DAY_BEFORE)
    cancel(stop.booking_request, now=DAY_BEFORE, why="De kubus is stuk.")
    assert numbers(desk, request_page(stop)) == [KIM, LEE]
    clockwork.forget_people(stop.ends_at + timedelta(days=1, minutes=1))
    session.expire_all()
    assert {each.phone for each in session.query(SeatBooking)} == {""}
