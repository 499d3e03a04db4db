"""Until when a host can answer what waits for them."""

from datetime import datetime

from booking.models import RoomBooking, RoomDate
from booking.queries.norms import current_norms
from booking.rules.room_lifecycle import DateState, Side


def promise_answer(booking: RoomBooking, now: datetime) -> None:
    """The host is asked something now, and gets the whole time for it; the first date may cut it
    short."""
    waiting = [date for date in booking.dates if waits_for_host(date)]
    first = min(min(date.starts_at, (date.proposed or date.period).start) for date in waiting)
    booking.answer_until = max(now, min(now + current_norms().host_answer, first))
    booking.nudged_at = None


def keep_term(booking: RoomBooking) -> None:
    """Nothing waits for the host any more, or the term stays as it was."""
    if not any(waits_for_host(date) for date in booking.dates):
        booking.answer_until = None


def waits_for_host(date: RoomDate) -> bool:
    is_asked = date.state is DateState.ASKED and date.proposed_by is not Side.HOST
    return is_asked or (date.is_confirmed and date.proposed_by is Side.ASKER)
