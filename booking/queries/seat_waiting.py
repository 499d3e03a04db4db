"""Who waits for a seat, at which stop."""

from datetime import datetime

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import joinedload

from booking.models import SeatWaiting, Stop
from booking.rules.room_lifecycle import WaitingState
from booking.rules.seat_waiting import number_in_line
from booking.rules.waiting import IN_LINE
from core.db import session


def find_seat_waiting(waiting_id: int) -> SeatWaiting | None:
    return session.get(SeatWaiting, waiting_id)


def lock_line(stop_id: int) -> list[SeatWaiting]:
    """Who is in line, in order of arrival. After the encounters: everybody locks those first."""
    locked = (
        select(SeatWaiting)
        .where(SeatWaiting.stop_id == stop_id, SeatWaiting.state.in_(IN_LINE))
        .order_by(SeatWaiting.id)
        .with_for_update(of=SeatWaiting)
        .execution_options(populate_existing=True)
    )
    return list(session.scalars(locked))


def place_in_seat_line(waiting: SeatWaiting) -> int:
    earlier = _in_order(
        SeatWaiting.stop_id == waiting.stop_id,
        SeatWaiting.state == WaitingState.WAITING,
        SeatWaiting.id < waiting.id,
    )
    return number_in_line(waiting.waiter, [each.waiter for each in earlier])


def whom_to_call(stop_id: int, now: datetime) -> list[SeatWaiting]:
    """Who is offered a seat and cannot be told by mail."""
    found = (
        select(SeatWaiting)
        .where(
            SeatWaiting.stop_id == stop_id,
            SeatWaiting.offered_until > now,
            SeatWaiting.email == "",
            SeatWaiting.phone != "",
        )
        .options(joinedload(SeatWaiting.offered))
        .order_by(SeatWaiting.id)
    )
    return list(session.scalars(found).unique())


def stops_with_a_line(now: datetime) -> list[int]:
    """Where somebody waits, or an offer is over."""
    has_something_due = or_(
        SeatWaiting.state == WaitingState.WAITING, SeatWaiting.offered_until <= now
    )
    found = select(SeatWaiting.stop_id).where(has_something_due).distinct()
    return list(session.scalars(found.order_by(SeatWaiting.stop_id)))


def seat_waits_to_forget(ended_before: datetime) -> list[SeatWaiting]:
    """Of stops that are over, as long as an address is left."""
    over = select(Stop.id).where(Stop.ends_at < ended_before)
    return _in_order(
        or_(SeatWaiting.email != "", SeatWaiting.phone != ""), SeatWaiting.stop_id.in_(over)
    )


def _in_order(*conditions: ColumnElement[bool]) -> list[SeatWaiting]:
    return list(session.scalars(select(SeatWaiting).where(*conditions).order_by(SeatWaiting.id)))
