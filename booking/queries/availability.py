"""What performers said about when they can play."""

from collections import defaultdict
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import lazyload

from booking.models import Performer, PerformerAvailability, Stop, StopSession
from booking.rules.availability import ALWAYS, Availability
from booking.rules.lifecycle import StopState
from core.db import session


def said_by_performers() -> dict[int, Availability]:
    """By performer id; who has said nothing is not among them. Always three statements at most."""
    rows = session.scalars(select(PerformerAvailability))
    return {row.performer_id: row.said for row in rows}


def availability_of(performer_id: int) -> PerformerAvailability | None:
    return session.scalar(_of(performer_id))


def said_by(performer_id: int) -> Availability:
    row = availability_of(performer_id)
    return row.said if row else ALWAYS


def availability_for_update(performer_id: int) -> PerformerAvailability | None:
    return session.scalar(_of(performer_id).with_for_update())


def _of(performer_id: int) -> Select[tuple[PerformerAvailability]]:
    return select(PerformerAvailability).where(PerformerAvailability.performer_id == performer_id)


def coming_sessions(now: datetime) -> dict[int, list[tuple[Stop, StopSession]]]:
    """By performer id, in order of time."""
    found: dict[int, list[tuple[Stop, StopSession]]] = defaultdict(list)
    coming = (
        select(Stop, StopSession)
        .join(StopSession, StopSession.stop_id == Stop.id)
        .where(Stop.state == StopState.CONFIRMED, StopSession.ends_at > now)
        .order_by(StopSession.starts_at, StopSession.id)
        .options(lazyload(StopSession.performer))
    )
    for stop, played in session.execute(coming).tuples():
        found[played.performer_id].append((stop, played))
    return found


def performer_playing(performer_id: int) -> Performer | None:
    performer = session.get(Performer, performer_id)
    return performer if performer and performer.retired_at is None else None


def playing() -> list[Performer]:
    return list(
        session.scalars(
            select(Performer)
            .where(Performer.retired_at.is_(None))
            .order_by(Performer.name, Performer.id)
        )
    )
