"""Seats and the line for them, as tests make them."""

from functools import partial

from booking import services
from booking.models import Encounter, SeatBooking, SeatWaiting, Stop
from booking.queries.encounters import encounters_of
from booking.rules.encounters import SEATS, Company
from booking.services.seat_waiting import SeatWanted
from booking.services.seats import Visit
from core.db import transact
from core.fields import new_form_token
from core.history import ASKER
from tests.integration.bookings import LATER
from tests.racing import Action


def hold(stop: Stop, wanted: dict[int, int]) -> None:
    """By the organisation; how many of each encounter, by id."""
    about = stop.booking_request_id
    transact(services.hold_seats, about, wanted, version=None, by=ASKER, now=LATER)


def fill(stop: Stop) -> None:
    """Every seat by somebody who comes alone."""

    def sit() -> None:
        for encounter in encounters_of(stop.id) * SEATS:
            taking(encounter)()

    transact(sit)


def taking(encounter: Encounter) -> Action:
    visit = Visit(encounter.id, Company.ALONE)
    return partial(services.take_seats, visit, form_token=new_form_token(), now=LATER)


def giving_back(booking: SeatBooking) -> Action:
    return partial(services.cancel_seats, booking.id, version=booking.version, now=LATER)


def wait(stop: Stop, encounter: Encounter | None = None, email: str = "") -> SeatWaiting:
    wanted = SeatWanted(stop.id, encounter.id if encounter else None, Company.ALONE, email)
    join = partial(services.wait_for_seat, wanted, form_token=new_form_token(), now=LATER)
    return transact(join)[0]


def bookings_at(encounter: Encounter) -> list[SeatBooking]:
    """Of visitors."""
    return [seat.seat_booking for seat in encounter.taken if seat.seat_booking]
