"""One order for everybody: the rooms first, then the booking."""

from collections.abc import Iterable
from datetime import datetime

from booking.models import RoomBooking, RoomDate
from booking.queries.room_bookings import room_booking_for_update, rooms_of
from booking.rules.room_changes import Scope, in_scope
from booking.services import claims
from core.findings import Finding, Refused, blocker


def booking_to_change(
    booking_id: int, version: int | None = None, also: Iterable[int] = ()
) -> RoomBooking:
    """Locked, with all rooms its dates are in. `also`: ids of rooms they may go to.

    Raises Refused when it does not exist, or is no longer the version somebody looked at.
    """
    room_ids = {*rooms_of(booking_id), *also}
    claims.lock_rooms(room_ids)
    booking = room_booking_for_update(booking_id, version)
    if not {date.room_id for date in booking.dates} <= room_ids:
        raise Refused([blocker("booking_changed_meanwhile")])
    return booking


def dates_meant(booking: RoomBooking, date_id: int, scope: Scope, now: datetime) -> list[RoomDate]:
    """The dates a change is for. Raises Refused when nothing of it can be changed (any more)."""
    chosen = next((date for date in booking.dates if date.id == date_id), None)
    if chosen is None:
        raise Refused([blocker("no_such_date")])
    meant = in_scope(booking.dates, chosen, scope, now)
    if not meant:
        raise Refused([_why_not(chosen)])
    return meant


def _why_not(chosen: RoomDate) -> Finding:
    if chosen.is_live:
        return blocker("meeting_has_begun")
    return blocker("date_not_in_this_state", state=chosen.state)
