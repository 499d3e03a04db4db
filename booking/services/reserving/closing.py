"""A room is open less than it was: what no longer fits ends, and everybody hears it.

Venues ask this of us before they change a room (`venues.services.hits`). What the cube does there
never ends by it: the theatre is told and talks with the host. What is around a stop looks for
another room or moment.
"""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby

from booking.letters import room_closing as letters
from booking.letters import side_rooms
from booking.letters.room_calendar import standing_of
from booking.models import RoomBooking, RoomDate
from booking.queries.alternatives import free_instead_each
from booking.queries.closing import (
    TOLD,
    AnyHit,
    HitDate,
    HitItem,
    Hits,
    hits_in,
    misfits,
)
from booking.queries.room_bookings import room_booking_for_update
from booking.rules.room_lifecycle import DateAction, DateState
from booking.services.reserving.dates import end_date
from booking.services.reserving.term import keep_term
from booking.services.side import lose_room
from core import history
from core.db import session
from core.findings import concerns
from core.history import Actor
from venues.rules.hits import Hit
from venues.services.hits import watch

ENDS = {
    DateState.ASKED: (DateAction.DECLINE, DateState.DECLINED),
    DateState.CONFIRMED: (DateAction.CANCEL, DateState.CANCELLED),
}


def who_is_hit(room_id: int, *, now: datetime) -> list[Hit]:
    """What is to come in the room and does not fit it, in order of time."""
    return hits_in([room_id], now).all


def end_what_is_hit(room_id: int, keys: set[str], words: str, *, by: Actor, now: datetime) -> None:
    """Called with the room locked. `words`: what the host says to those hit; may be empty."""
    hit = hits_in([room_id], now).only(keys)
    in_order = sorted(hit.dates, key=lambda each: each.date.room_booking_id)
    for booking_id, of_booking in groupby(in_order, lambda each: each.date.room_booking_id):
        _one_booking(room_booking_for_update(booking_id), list(of_booking), words, by, now)
    for each in hit.stops:
        letters.stop_is_hit(each.stop, each.hit, words, now=now)
    for item in hit.items:
        _one_item(item, words, by, now)
    _need_not_be_told_again(room_id, hit, by, now)


def _need_not_be_told_again(room_id: int, hit: Hits, by: Actor, now: datetime) -> None:
    """What goes on although it does not fit has been seen: `recheck` leaves it alone."""
    seen = {_what(each) for each in hit.each}
    known = [each.hit.key for each in misfits(now, [room_id]) if _what(each) in seen]
    if known:
        history.record(TOLD, ("room", room_id), by=by, at=now, keys=known)


def _what(hit: AnyHit) -> tuple[str, int]:
    """The same for whatever is the matter with it."""
    match hit:
        case HitDate(date=date):
            return "date", date.id
        case HitItem(item=item):
            return "side", item.id
        case _:
            return "stop", hit.stop.id


def _one_item(hit: HitItem, words: str, by: Actor, now: datetime) -> None:
    if hit.hit.ends:
        lose_room(hit.item.id, hit.hit, words, by=by, now=now)
    elif concerns(hit.hit.findings):
        side_rooms.room_changed(hit.item, hit.hit, words, now=now)


def _one_booking(
    booking: RoomBooking, hit: Sequence[HitDate], words: str, by: Actor, now: datetime
) -> None:
    ending = [each.date for each in hit if each.hit.ends]
    if ending:
        _end(booking, ending, words, by, now)
    staying = [each for each in hit if not each.hit.ends and concerns(each.hit.findings)]
    if staying:
        letters.goes_on_otherwise(booking, staying, words, now=now)


def _end(
    booking: RoomBooking, ending: Sequence[RoomDate], words: str, by: Actor, now: datetime
) -> None:
    before = standing_of(booking)
    for date in ending:
        end_date(date, *ENDS[date.state], now)
        date.words = words
    keep_term(booking)
    booking.touch()
    session.flush()
    days = [date.day_on.isoformat() for date in ending]
    history.record("closed", booking.subject, by=by, at=now, why=words, days=days)
    room, periods = ending[0].room, [date.period for date in ending[: letters.SHOWN]]
    instead = free_instead_each(room, periods, booking.people, now)
    letters.ended(booking, before, ending, instead, words, now=now)


watch(who_is_hit, end_what_is_hit)
