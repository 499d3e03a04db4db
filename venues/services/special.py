"""A day on which a room is open otherwise than in other weeks."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sqlalchemy import delete, select

from core.clock import local_date
from core.db import session
from core.findings import Refused, blocker, refuse_if
from core.history import Actor, record
from venues.models import Room, SpecialHours
from venues.rules.hits import NOTHING_SEEN, Agreed
from venues.rules.opening import DayHours
from venues.rules.values import day_findings
from venues.services.hits import whoever_is_hit
from venues.services.places import to_change


def set_special_hours(
    room_id: int,
    day: date,
    hours: Sequence[DayHours],
    *,
    by: Actor,
    now: datetime,
    agreed: Agreed = NOTHING_SEEN,
) -> None:
    """In place of the weekly hours of that day; without any, the weekly ones count again."""
    if day < local_date(now):
        raise Refused([blocker("day_is_over")])
    refuse_if(day_findings(hours))
    to_change(Room, room_id, None)
    before = _said(_stored(room_id, day))
    with whoever_is_hit(room_id, agreed, by=by, now=now):
        _replace(room_id, day, hours)
    what = {"hours": [before, _said(hours)]}
    record("special hours set", ("room", room_id), by=by, at=now, day=day.isoformat(), changed=what)


def _said(hours: Iterable[DayHours | SpecialHours]) -> list[str]:
    return [f"{each.opens_at:%H:%M}-{each.closes_at:%H:%M}" for each in hours]


def _stored(room_id: int, day: date) -> list[SpecialHours]:
    kept = (
        select(SpecialHours)
        .where(SpecialHours.room_id == room_id, SpecialHours.day_on == day)
        .order_by(SpecialHours.opens_at)
    )
    return list(session.scalars(kept))


def _replace(room_id: int, day: date, hours: Sequence[DayHours]) -> None:
    session.execute(
        delete(SpecialHours).where(SpecialHours.room_id == room_id, SpecialHours.day_on == day)
    )
    session.add_all(
        SpecialHours(room_id=room_id, day_on=day, opens_at=each.opens_at, closes_at=each.closes_at)
        for each in hours
    )
    session.flush()
