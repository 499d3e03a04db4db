"""Days on which a room is open otherwise than in other weeks."""

from datetime import date, datetime

from sqlalchemy import select

from core.clock import local_date
from core.db import session
from venues.models import SpecialHours
from venues.rules.opening import DayHours


def special_ahead(room_id: int, now: datetime) -> dict[date, list[DayHours]]:
    """From today on, by day, in order."""
    ahead = (
        select(SpecialHours)
        .where(SpecialHours.room_id == room_id, SpecialHours.day_on >= local_date(now))
        .order_by(SpecialHours.day_on, SpecialHours.opens_at)
    )
    found: dict[date, list[DayHours]] = {}
    for each in session.scalars(ahead):
        found.setdefault(each.day_on, []).append(each.hours)
    return found
