"""Which visitors left a phone number, and when somebody has to call them. Nobody gave a name."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, or_, select

from booking.models import Encounter, SeatBooking, Stop
from core.clock import local_date, midnight
from core.db import session
from core.history import HistoryEntry


@dataclass(frozen=True, slots=True)
class VisitorCall:
    at: datetime  # when their encounter begins
    phone: str


def calls_on_the_day(stop: Stop, now: datetime) -> list[VisitorCall]:
    """Whoever still comes, from the day before: nobody needs their numbers earlier."""
    if now < midnight(local_date(stop.starts_at) - timedelta(days=1)):
        return []
    return _calls(stop, SeatBooking.cancelled_at.is_(None), Encounter.ends_at > now)


def calls_after_a_change(
    stop: Stop, story: Iterable[HistoryEntry], now: datetime
) -> list[VisitorCall]:
    """Whoever was given another time, or none, and left no address or may read it too late."""
    moved_at = max((entry.at for entry in story if entry.action == "moved"), default=None)
    is_hit: ColumnElement[bool] = SeatBooking.cancelled_at == Encounter.dropped_at
    if moved_at:
        stays = and_(SeatBooking.cancelled_at.is_(None), SeatBooking.created_at < moved_at)
        is_hit = or_(is_hit, stays)
    soon = midnight(local_date(now) + timedelta(days=2))
    reads_no_mail = or_(SeatBooking.email == "", Encounter.starts_at < soon)
    return _calls(stop, is_hit, reads_no_mail, Encounter.starts_at > now)


def _calls(stop: Stop, *conditions: ColumnElement[bool]) -> list[VisitorCall]:
    found = (
        select(Encounter.starts_at, SeatBooking.phone)
        .join(SeatBooking.encounter)
        .where(Encounter.stop_id == stop.id, SeatBooking.phone != "", *conditions)
        .order_by(Encounter.starts_at, SeatBooking.id)
    )
    return [VisitorCall(*row) for row in session.execute(found).tuples()]
