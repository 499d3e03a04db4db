"""One order for everybody: the rooms first, then the booking."""

from collections.abc import Iterable
from datetime import datetime

from booking.models import RoomBooking, RoomDate
from booking.queries.norms import current_norms
from booking.queries.room_bookings import room_booking_by_id, room_booking_for_update
from booking.rules.room_changes import Scope, in_scope
from booking.rules.room_lifecycle import DateState, Side
from booking.services import claims
from core.findings import Finding, Refused, blocker


def booking_to_change(
    booking_id: int, version: int | None, also: Iterable[int] = ()
) -> RoomBooking:
    """Locked, with all rooms its dates are in. `also`: ids of rooms they may go to.

    Raises Refused when it does not exist, or is no longer the version somebody looked at.
    """
    seen = room_booking_by_id(booking_id)
    if seen is None:
        raise Refused([blocker("no_such_booking")])
    claims.lock_rooms({*(date.room_id for date in seen.dates), *also})
    return room_booking_for_update(booking_id, version)


def dates_meant(booking: RoomBooking, date_id: int, scope: Scope, now: datetime) -> list[RoomDate]:
    """The dates a change is for. Raises Refused when nothing of it can be changed (any more)."""
    chosen = next((date for date in booking.dates if date.id == date_id), None)
    if chosen is None:
        raise Refused([blocker("no_such_date")])
    meant = in_scope(booking.dates, chosen, scope, now)
    if not meant:
        raise Refused([_why_not(chosen, now)])
    return meant


def promise_answer(booking: RoomBooking, now: datetime) -> None:
    """Until when the host can answer what waits for them; None when nothing does."""
    waiting = [date for date in booking.dates if waits_for_host(date)]
    if not waiting:
        booking.answer_until = None
        return
    first = min(min(date.starts_at, (date.proposed or date.period).start) for date in waiting)
    until = max(now, min(now + current_norms().host_answer, first))
    booking.answer_until = until


def waits_for_host(date: RoomDate) -> bool:
    is_asked = date.state is DateState.ASKED and date.proposed_by is not Side.HOST
    return is_asked or date.proposed_by is Side.ASKER


def _why_not(chosen: RoomDate, now: datetime) -> Finding:
    if chosen.is_live:
        return blocker("meeting_has_begun")
    return blocker("date_not_in_this_state", state=chosen.state)
