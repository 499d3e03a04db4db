"""The line for seats: whatever gives a seat back offers it at once, under the same lock.

So no seat that somebody waits for is ever free for a passer-by. The clock only ends offers that
were not taken and offers to who is next.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from booking.letters import seat_waiting as letters
from booking.models import Encounter, Seat, SeatWaiting, Stop
from booking.queries.encounters import encounters_of, lock_encounters
from booking.queries.norms import current_norms
from booking.queries.seat_waiting import lock_line, seat_waits_to_forget
from booking.rules.encounters import Holder
from booking.rules.room_lifecycle import WaitingState
from booking.rules.seat_waiting import SeatOffer, has_hope, offered_until, seat_offers
from core import links, outbox
from core.db import session

ADDRESSES_KEPT = timedelta(days=1)  # after the stop


class Letter(Protocol):
    def __call__(self, waiting: SeatWaiting, *, now: datetime) -> None: ...


def release(seats: Iterable[Seat], now: datetime) -> None:
    for seat in seats:
        seat.released_at = now


def takes_visitors(stop: Stop, now: datetime) -> bool:
    return stop.is_confirmed and not stop.is_closed and stop.undo_until <= now


def offer_seats(stop: Stop, encounters: Collection[Encounter], now: datetime) -> int:
    """Offer what is free of these, which are locked, to the first who fit. Returns how many."""
    session.flush()
    if not takes_visitors(stop, now):
        return 0
    waiting = {w.id: w for w in lock_line(stop.id) if w.state is WaitingState.WAITING}
    played = {each.id: each for each in encounters if each.dropped_at is None}
    seatings = {each.id: each.seating for each in played.values() if each.starts_at > now}
    waiters = [each.waiter for each in waiting.values()]
    made = seat_offers(waiters, seatings, current_norms(), now)
    for offer in made:
        _offer(waiting[offer.waiting_id], played[offer.encounter_id], offer, now)
    return len(made)


def tend_line(stop_id: int, *, now: datetime) -> int:
    """By the clock: end what was not taken in time and what leads nowhere, then offer to the next.
    Returns of how many it ended."""
    encounters = lock_encounters([each.id for each in encounters_of(stop_id)])
    line = lock_line(stop_id)
    late = [each for each in line if each.offered_until and each.offered_until <= now]
    in_vain = _in_vain(line, encounters.values(), now)
    for waiting in late:
        end_wait(waiting, WaitingState.LAPSED, now, letters.lapsed)
    for waiting in in_vain:
        end_wait(waiting, WaitingState.LAPSED, now, letters.in_vain)
    if encounters:
        offer_seats(next(iter(encounters.values())).stop, encounters.values(), now)
    return len(late) + len(in_vain)


def follow_stop(
    stop: Stop,
    moved: Collection[Encounter],
    why: str,
    now: datetime,
    *,
    is_elsewhere: bool = False,
) -> None:
    """The stop changed: who waits for what is gone hears it, and who waits for what moved."""
    session.flush()
    played = encounters_of(stop.id)
    for waiting in lock_line(stop.id):
        if not any(waiting.waiter.wants(each.id) for each in played):
            end_wait(waiting, WaitingState.LAPSED, now)
            letters.cancelled(waiting, why, now=now)
        elif waiting.offered and waiting.offered not in played:
            _back_in_line(waiting)
            letters.taken_back(waiting, why, now=now)
        elif moved and (waiting.offered or waiting.encounter) in (None, *moved):
            _shorten(waiting, now)
            letters.moved(waiting, why, is_elsewhere=is_elsewhere, now=now)


def end_wait(
    waiting: SeatWaiting, state: WaitingState, now: datetime, letter: Letter | None = None
) -> None:
    """What was kept for it is free again; the letter still says what that was."""
    if letter:
        letter(waiting, now=now)
    if waiting.offered:
        release(kept_for(waiting), now)
    waiting.state, waiting.offered, waiting.offered_until = state, None, None
    session.flush()


def kept_for(waiting: SeatWaiting) -> Sequence[Seat]:
    """Seats of one encounter are alike: as many of those kept for the line as it is offered."""
    if waiting.offered is None:
        return []
    kept = [seat for seat in waiting.offered.taken if seat.holder is Holder.LINE]
    return kept[: waiting.company.seats]


def forget_seat_line(*, now: datetime) -> int:
    """As seats: addresses go when it is over. Returns of how many."""
    over = seat_waits_to_forget(now - ADDRESSES_KEPT)
    for waiting in over:
        waiting.email = waiting.phone = ""
        outbox.forget_people(waiting.subject)
        links.revoke(*waiting.subject, now)
    return len(over)


def _offer(waiting: SeatWaiting, encounter: Encounter, offer: SeatOffer, now: datetime) -> None:
    for number in encounter.free_numbers[: waiting.company.seats]:
        encounter.seats.append(Seat(number=number, holder=Holder.LINE))
    waiting.state, waiting.offered_until = WaitingState.OFFERED, offer.until
    waiting.offered = encounter
    session.flush()
    letters.offered(waiting, now=now)


def _in_vain(
    line: Iterable[SeatWaiting], played: Iterable[Encounter], now: datetime
) -> list[SeatWaiting]:
    """Those who wait while nothing that they wait for can come free in time."""
    norms = current_norms()
    hopeful = [each.id for each in played if has_hope(each.period, norms, now)]
    waiting = [each for each in line if each.state is WaitingState.WAITING]
    return [each for each in waiting if not any(map(each.waiter.wants, hopeful))]


def _shorten(waiting: SeatWaiting, now: datetime) -> None:
    """An offer never stands until after what it offers."""
    if waiting.offered and waiting.offered_until:
        latest = offered_until(waiting.offered.period, current_norms(), now)
        waiting.offered_until = min(waiting.offered_until, latest)


def _back_in_line(waiting: SeatWaiting) -> None:
    """In its own place: the order is that of arrival."""
    waiting.state, waiting.offered, waiting.offered_until = WaitingState.WAITING, None, None
    session.flush()
