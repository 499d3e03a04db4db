"""A room is closed for a while, and opened again."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select

from core.db import session
from core.findings import Refused, blocker
from core.history import Actor, record
from core.period import Period
from venues.models import Closure, Room
from venues.rules.hits import NOTHING_SEEN, Agreed
from venues.rules.values import ClosureDetails
from venues.services.hits import whoever_is_hit
from venues.services.places import to_change


def close_room(
    room_id: int,
    closure: ClosureDetails,
    *,
    by: Actor,
    now: datetime,
    agreed: Agreed = NOTHING_SEEN,
) -> Closure:
    """The same time twice is one closure."""
    (closed,) = close_days(room_id, [closure], by=by, now=now, agreed=agreed)
    return closed


def close_days(
    room_id: int,
    closures: Iterable[ClosureDetails],
    *,
    by: Actor,
    now: datetime,
    agreed: Agreed = NOTHING_SEEN,
) -> list[Closure]:
    """All of them or none."""
    wanted = list(closures)
    if any(closure.period.end <= now for closure in wanted):
        raise Refused([blocker("closure_is_over")])
    to_change(Room, room_id, None)
    with whoever_is_hit(room_id, agreed, by=by, now=now):
        return [_same(room_id, each.period) or _add(room_id, each, by, now) for each in wanted]


def reopen(room_id: int, closure_id: int, *, by: Actor, now: datetime) -> None:
    """Take a closure away; one that is gone already is what was wanted."""
    closure = session.get(Closure, closure_id)
    if closure is None or closure.room_id != room_id:
        return
    session.delete(closure)
    record("room reopened", ("room", room_id), by=by, at=now, why=closure.reason, **_span(closure))


def _add(room_id: int, details: ClosureDetails, by: Actor, now: datetime) -> Closure:
    closure = Closure(
        room_id=room_id,
        starts_at=details.period.start,
        ends_at=details.period.end,
        reason=details.reason,
    )
    session.add(closure)
    record("room closed", ("room", room_id), by=by, at=now, why=details.reason, **_span(closure))
    return closure


def _same(room_id: int, period: Period) -> Closure | None:
    same_time = select(Closure).where(
        Closure.room_id == room_id,
        Closure.starts_at == period.start,
        Closure.ends_at == period.end,
    )
    return session.scalars(same_time.limit(1)).first()


def _span(closure: Closure) -> dict[str, str]:
    return {"from_at": closure.starts_at.isoformat(), "until_at": closure.ends_at.isoformat()}
