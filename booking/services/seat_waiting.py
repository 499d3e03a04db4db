"""Waiting for a seat: join the line, take what is offered, leave."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from booking.letters import seat_waiting as letters
from booking.letters.posting import own_link
from booking.models import SeatBooking, SeatWaiting
from booking.queries.encounters import encounters_of, lock_encounters
from booking.queries.norms import current_norms
from booking.queries.seat_waiting import lock_line, place_in_seat_line
from booking.rules.encounters import Company
from booking.rules.room_lifecycle import WaitingState
from booking.rules.seat_waiting import Waiter, join_findings
from booking.rules.waiting import WaitingAction, may_wait
from booking.services.seat_line import (
    end_wait,
    kept_for,
    offer_seats,
    release,
    takes_visitors,
)
from booking.services.seats import sit
from booking.services.visiting import visitor_form
from core.db import session
from core.findings import Finding, Refused, blocker, refuse_if


@dataclass(frozen=True, slots=True)
class SeatWanted:
    """What a visitor waits for; `encounter_id` None: any. Address and number only to be told."""

    stop_id: int
    encounter_id: int | None
    company: Company
    email: str = ""
    phone: str = ""
    language: str = "nl"


def wait_for_seat(
    wanted: SeatWanted, *, form_token: str, now: datetime, client: str = ""
) -> tuple[SeatWaiting, str]:
    """The place in line and the key to its page; the same form again gives the same place."""
    return visitor_form(
        SeatWaiting,
        wanted,
        partial(_join, wanted, now),
        too_often="waited_too_often",
        form_token=form_token,
        now=now,
        client=client,
    )


def take_offered_seat(waiting_id: int, *, version: int, now: datetime) -> tuple[SeatBooking, str]:
    """The booking and the key to its page. Taken already: the same booking, a fresh key."""
    waiting = _in_turn(waiting_id)
    if waiting.seat_booking:
        return waiting.seat_booking, own_link(waiting.seat_booking, now)
    _refuse_stale(waiting, version)
    refuse_if(may_wait(WaitingAction.TAKE, waiting.state))
    if waiting.offered is None or waiting.offered_until is None or waiting.offered_until <= now:
        raise Refused([blocker("offer_is_over")])
    if waiting.offered.starts_at <= now:
        raise Refused([blocker("encounter_started", at=waiting.offered.starts_at)])
    booking = _sit(waiting, now)
    return booking, own_link(booking, now)


def leave_seat_line(waiting_id: int, *, version: int, now: datetime) -> SeatWaiting:
    """What was kept goes to who is next at once."""
    waiting = _in_turn(waiting_id)
    _refuse_stale(waiting, version)
    refuse_if(may_wait(WaitingAction.LEAVE, waiting.state))
    kept = waiting.offered
    end_wait(waiting, WaitingState.LEFT, now)
    if kept:
        offer_seats(waiting.stop, [kept], now)
    return waiting


def _join(wanted: SeatWanted, now: datetime) -> SeatWaiting:
    refuse_if(_against(wanted, now))
    waiting = _stand(wanted, now)
    letters.joined(waiting, place_in_seat_line(waiting), now=now)
    return waiting


def _against(wanted: SeatWanted, now: datetime) -> list[Finding]:
    """Under the lock of all encounters: nothing comes free between looking and standing in line."""
    ids = [each.id for each in encounters_of(wanted.stop_id)]
    locked = {key: each for key, each in lock_encounters(ids).items() if each.dropped_at is None}
    if not locked or not takes_visitors(next(iter(locked.values())).stop, now):
        return [blocker("no_seats_here")]
    seatings = {key: each.seating for key, each in locked.items() if each.starts_at > now}
    waiter = Waiter(0, wanted.company, wanted.encounter_id)
    return join_findings(waiter, seatings, current_norms(), now)


def _stand(wanted: SeatWanted, now: datetime) -> SeatWaiting:
    waiting = SeatWaiting(
        stop_id=wanted.stop_id,
        encounter_id=wanted.encounter_id,
        company=wanted.company,
        email=wanted.email,
        phone=wanted.phone,
        language=wanted.language,
        created_at=now,
    )
    session.add(waiting)
    session.flush()
    return waiting


def _in_turn(waiting_id: int) -> SeatWaiting:
    """All encounters of its stop first, as everybody does, and then its place as it is now."""
    waiting = session.get(SeatWaiting, waiting_id)
    if waiting is None:
        raise Refused([blocker("no_such_waiting")])
    lock_encounters([each.id for each in encounters_of(waiting.stop_id)])
    lock_line(waiting.stop_id)
    session.refresh(waiting)
    return waiting


def _refuse_stale(waiting: SeatWaiting, version: int) -> None:
    if waiting.version != version:
        raise Refused([blocker("waiting_changed_meanwhile")])


def _sit(waiting: SeatWaiting, now: datetime) -> SeatBooking:
    assert waiting.offered
    encounter = waiting.offered
    release(kept_for(waiting), now)
    session.flush()  # the database lets nobody sit before these are given back
    booking = SeatBooking(
        encounter=encounter,
        company=waiting.company,
        email=waiting.email,
        phone=waiting.phone,
        language=waiting.language,
        created_at=now,
    )
    sit(booking, encounter)
    waiting.state, waiting.seat_booking = WaitingState.TAKEN, booking
    waiting.offered, waiting.offered_until = None, None
    session.flush()
    return booking
