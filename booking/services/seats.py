"""Taking a seat in the cube, changing it, giving it back. Never more than two to an encounter."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy.exc import IntegrityError

from booking.letters import visitor as letters
from booking.models import BookingRequest, Encounter, Seat, SeatBooking, Stop
from booking.queries.encounters import (
    encounters_of,
    lock_encounters,
    visitors_to_remind,
    visits_to_forget,
)
from booking.queries.requests import request_for_update
from booking.rules.encounters import Company, Holder, held_findings, seat_findings
from booking.services.seat_line import offer_seats, release, takes_visitors
from booking.services.visiting import visitor_form
from core import history, links, outbox
from core.db import session, violated
from core.findings import Finding, Refused, blocker, refuse_if
from core.history import Actor

TAKEN_TWICE = "uq_seat_live"
ADDRESSES_KEPT = timedelta(days=1)  # after the encounter


@dataclass(frozen=True, slots=True)
class Visit:
    """What a visitor asks. Address and number only to be reminded."""

    encounter_id: int
    company: Company
    email: str = ""
    phone: str = ""
    language: str = "nl"


def take_seats(
    visit: Visit, *, form_token: str, now: datetime, client: str = ""
) -> tuple[SeatBooking, str]:
    """The booking and the key to its page; the same form again gives the same booking."""
    return visitor_form(
        SeatBooking,
        visit,
        partial(_take, visit, now),
        too_often="too_many_seats_today",
        form_token=form_token,
        now=now,
        client=client,
    )


def change_seats(
    booking_id: int, *, encounter_id: int, company: Company, version: int, now: datetime
) -> SeatBooking:
    """Another time, or alone instead of together, or the other way round."""
    booking = _standing(booking_id, version, now, also=encounter_id)
    encounter = _open_encounter(encounter_id, now)
    offer_seats(encounter.stop, [encounter], now)  # who waited comes first
    own = len(booking.live_seats) if encounter is booking.encounter else 0
    refuse_if(seat_findings(encounter.seating, company, now, own=own))
    release(booking.live_seats, now)
    session.flush()  # the database lets nobody sit before these are given back
    left = booking.encounter
    booking.encounter, booking.company, booking.reminded_at = encounter, company, None
    sit(booking, encounter)
    offer_seats(left.stop, [left], now)
    return booking


def cancel_seats(booking_id: int, *, version: int, now: datetime) -> SeatBooking:
    """Only these seats: whoever has the other one keeps it."""
    booking = _standing(booking_id, version, now)
    release(booking.live_seats, now)
    booking.cancelled_at = now
    offer_seats(booking.encounter.stop, [booking.encounter], now)
    return booking


def hold_seats(
    request_id: int, wanted: Mapping[int, int], *, version: int | None, by: Actor, now: datetime
) -> int:
    """How many seats of each encounter the organisation keeps for its people. Returns how many."""
    request = request_for_update(request_id, version)
    stop = _stop_to_come(request, now)
    mine = {each.id: each for each in encounters_of(stop.id)}
    locked = lock_encounters([each for each in wanted if each in mine])
    refuse_if([said for each in locked.values() for said in _held(each, wanted[each.id], now)])
    for encounter in locked.values():
        _hold(encounter, wanted[encounter.id], now)
    _flush()
    offer_seats(stop, locked.values(), now)
    total = sum(len(each.held) for each in mine.values())
    request.touch()
    history.record("seats held", request.subject, by=by, at=now, seats=total)
    return total


def remind_visitors(*, now: datetime) -> int:
    """A day before, to whoever asked for it. Returns how many."""
    due = visitors_to_remind(now)
    for booking in due:
        booking.reminded_at = now
        letters.reminder(booking, now=now)
    return len(due)


def forget_visitors(*, now: datetime) -> int:
    """Addresses go once the encounter is over; that a seat was taken stays. Returns how many."""
    over = visits_to_forget(now - ADDRESSES_KEPT)
    for booking in over:
        booking.email = booking.phone = ""
        outbox.forget_people(booking.subject)
        links.revoke(*booking.subject, now)
    return len(over)


def sit(booking: SeatBooking, encounter: Encounter) -> None:
    for number in encounter.free_numbers[: booking.company.seats]:
        seat = Seat(number=number, holder=Holder.VISITOR, seat_booking=booking)
        encounter.seats.append(seat)
    session.add(booking)
    _flush()


def _take(visit: Visit, now: datetime) -> SeatBooking:
    encounter = _open_encounter(visit.encounter_id, now)
    offer_seats(encounter.stop, [encounter], now)  # who waited comes first
    refuse_if(seat_findings(encounter.seating, visit.company, now))
    booking = SeatBooking(
        encounter=encounter,
        company=visit.company,
        email=visit.email,
        phone=visit.phone,
        language=visit.language,
        created_at=now,
    )
    sit(booking, encounter)
    return booking


def _hold(encounter: Encounter, wanted: int, now: datetime) -> None:
    release(encounter.held[wanted:], now)
    session.flush()
    for number in encounter.free_numbers[: wanted - len(encounter.held)]:
        encounter.seats.append(Seat(number=number, holder=Holder.ORGANISATION))


def _held(encounter: Encounter, wanted: int, now: datetime) -> list[Finding]:
    if encounter.starts_at <= now:
        return []  # it has been; what is left of the form is taken
    return held_findings(wanted, encounter.seating, len(encounter.held))


def _open_encounter(encounter_id: int, now: datetime) -> Encounter:
    """Locked; Refused when no visitor can sit there."""
    encounter = lock_encounters([encounter_id]).get(encounter_id)
    if encounter is None or encounter.dropped_at or not takes_visitors(encounter.stop, now):
        raise Refused([blocker("no_seats_here")])
    return encounter


def _standing(
    booking_id: int, version: int, now: datetime, *, also: int | None = None
) -> SeatBooking:
    """The booking with its encounter (and another) locked; Refused when it changed or is over."""
    booking = session.get(SeatBooking, booking_id)
    if booking is None:
        raise Refused([blocker("no_seats_here")])
    lock_encounters([booking.encounter_id, *([also] if also else [])])
    session.refresh(booking)
    if booking.version != version:
        raise Refused([blocker("seats_changed_meanwhile")])
    if booking.cancelled_at:
        raise Refused([blocker("seats_given_back")])
    if booking.encounter.starts_at <= now:
        raise Refused([blocker("encounter_started", at=booking.encounter.starts_at)])
    return booking


def _stop_to_come(request: BookingRequest, now: datetime) -> Stop:
    stop = request.stop
    if stop is None or not stop.is_confirmed or stop.ends_at <= now:
        raise Refused([blocker("no_stop")])
    return stop


def _flush() -> None:
    try:
        session.flush()
    except IntegrityError as error:
        if TAKEN_TWICE in violated(error):
            raise Refused([blocker("seat_just_taken")]) from error
        raise
