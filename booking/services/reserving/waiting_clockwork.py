"""What the clock does with the waiting list.

What is due follows from the rows, and is looked at again under the lock: two workers may run it at
once. So nobody who gives time back, in whatever way, has to think of who waits for it.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Protocol

from booking.letters import room_waiting as letters
from booking.models import WaitingPlace
from booking.queries.norms import current_norms
from booking.queries.waiting import (
    all_offered,
    all_waiting,
    lock_waiting,
    old_waiting,
    places_offered,
    places_to_offer,
    waiter_of,
)
from booking.rules.room_lifecycle import WaitingState
from booking.rules.waiting import Offer, has_hope, is_gone, offers
from booking.services import claims
from core import history, links, outbox
from core.db import session
from venues.models import RoomState

KEPT = timedelta(days=30)  # after the time that was waited for


class Letter(Protocol):
    def __call__(self, place: WaitingPlace, *, now: datetime) -> None: ...


def lapse_waiting(*, now: datetime) -> int:
    """End what was not taken in time, and what can no longer come free. Returns of how many."""
    seen = [place for place in (*all_offered(), *all_waiting()) if _is_due(place, now)]
    due = [place for place in _under_lock(seen) if _is_due(place, now)]
    for place in due:
        _end(place, letters.in_vain if place.offered_until is None else letters.offer_lapsed, now)
    return len(due)


def take_back_offers(*, now: datetime) -> int:
    """End offers under which the room closed, or changed. Returns how many."""
    seen = _gone(all_offered(), now)
    if not seen:
        return 0
    offered = [p for p in _under_lock(seen) if p.state is WaitingState.OFFERED]
    gone = _gone(offered, now)
    for place in gone:
        _end(place, letters.offer_gone, now)
    return len(gone)


def offer_waiting(*, now: datetime) -> int:
    """Offer what came free to who is first in line for it. Returns how many offers are made."""
    seen = all_waiting()
    wanted = {offer.waiting_id for offer in _offers(seen, now)}
    room_ids = {place.room_id for place in seen if place.id in wanted}
    if not room_ids:
        return 0
    locked = _under_lock(place for place in seen if place.room_id in room_ids)
    still = {place.id: place for place in locked if place.state is WaitingState.WAITING}
    made = _offers(still.values(), now)
    for offer in made:
        _offer(still[offer.waiting_id], offer, now)
    return len(made)


def forget_waiting(*, now: datetime) -> int:
    """Erase who waited, a month after the time they waited for. Returns of how many."""
    old = old_waiting(now - KEPT)
    for place in old:
        place.contact_name = place.contact_email = place.contact_phone = ""
        links.revoke(*place.subject, now)
        outbox.forget_people(place.subject)
        session.flush()
        history.record("forgotten", place.subject, by=history.CLOCK, at=now)
    return len(old)


def _offers(places: Iterable[WaitingPlace], now: datetime) -> list[Offer]:
    waiting = list(places)
    waiters = [waiter_of(place) for place in waiting]
    return offers(waiters, places_to_offer(waiting), current_norms(), now)


def _offer(place: WaitingPlace, offer: Offer, now: datetime) -> None:
    place.state, place.offered_until = WaitingState.OFFERED, offer.until
    session.flush()
    until = offer.until.isoformat()
    history.record("offered", place.subject, by=history.CLOCK, at=now, until=until)
    letters.offered(place, now=now)


def _is_due(place: WaitingPlace, now: datetime) -> bool:
    """An offer that is over; a wait that leads nowhere any more."""
    if place.offered_until is not None:
        return place.offered_until <= now
    is_waiting = place.state is WaitingState.WAITING
    has_stopped = place.room.state is RoomState.RETIRED
    return is_waiting and (has_stopped or not has_hope(place.period, place.room.terms, now))


def _under_lock(seen: Iterable[WaitingPlace]) -> list[WaitingPlace]:
    """The rooms first, as everybody does; what was seen before may be otherwise by now."""
    wanted = [(place.id, place.room_id) for place in seen]
    claims.lock_rooms(room_id for _id, room_id in wanted)
    session.expire_all()
    return lock_waiting(waiting_id for waiting_id, _room_id in wanted)


def _gone(offered: Iterable[WaitingPlace], now: datetime) -> list[WaitingPlace]:
    """Those whose room closed, or changed, under the offer."""
    standing = list(offered)
    rooms = places_offered(standing)
    return [place for place in standing if is_gone(waiter_of(place), rooms[place.room_id], now)]


def _end(place: WaitingPlace, letter: Letter, now: datetime) -> None:
    place.state, place.offered_until = WaitingState.LAPSED, None
    session.flush()
    history.record("lapsed", place.subject, by=history.CLOCK, at=now)
    letter(place, now=now)
