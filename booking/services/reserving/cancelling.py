"""The asker gives back dates: one, this one and what follows, or all that are still to come."""

from datetime import datetime

from booking.letters import room_changes as letters
from booking.letters.room_calendar import standing_of
from booking.models import RoomBooking, RoomDate
from booking.rules.room_changes import Scope, is_late
from booking.rules.room_lifecycle import DateAction, DateState
from booking.services.reserving.dates import end_date
from booking.services.reserving.locking import booking_to_change, dates_meant
from booking.services.reserving.term import keep_term
from core import history
from core.db import session
from core.history import Actor


def cancel_dates(
    booking_id: int,
    date_id: int,
    scope: Scope,
    *,
    why: str,
    version: int | None,
    by: Actor,
    now: datetime,
) -> RoomBooking:
    """Withdraw what is asked, cancel what is confirmed; the time is free again at once.

    Also past the moment until which the host wants it: then the host reads that it is late.
    """
    booking = booking_to_change(booking_id, version)
    dates = dates_meant(booking, date_id, scope, now)
    before = standing_of(booking)
    asked = [date for date in dates if not date.is_confirmed]
    certain = [date for date in dates if date.is_confirmed]
    late = [date for date in certain if is_late(date.period, date.room.terms, now)]
    for date in dates:
        _end(date, why, now)
    keep_term(booking)
    booking.touch()
    session.flush()
    _write_down("dates withdrawn", booking, asked, why, by, now)
    _write_down("dates cancelled", booking, certain, why, by, now)
    letters.cancelled(booking, dates, late, before, why=why, now=now)
    return booking


def _end(date: RoomDate, why: str, now: datetime) -> None:
    date.words = why
    if date.is_confirmed:
        end_date(date, DateAction.CANCEL, DateState.CANCELLED, now)
    else:
        end_date(date, DateAction.WITHDRAW, DateState.WITHDRAWN, now)


def _write_down(
    action: str, booking: RoomBooking, dates: list[RoomDate], why: str, by: Actor, now: datetime
) -> None:
    if dates:
        days = [date.day_on.isoformat() for date in dates]
        history.record(action, booking.subject, by=by, at=now, why=why, dates=days)
