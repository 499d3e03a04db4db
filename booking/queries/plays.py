"""Who plays which encounters of which stops, as stretches."""

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import InstrumentedAttribute, selectinload

from booking.models import Encounter, Performer, Stop, StopSession
from booking.rules.placement import Chosen
from booking.rules.stretches import Stretch, stretches
from core.db import session
from core.period import Period

# So that `Stop.plays` asks nothing more, however many stops.
WITH_PLAYS = selectinload(Stop.encounters).lazyload(Encounter.seats)


@dataclass(frozen=True, slots=True)
class Who:
    """A performer, as far as it matters for who plays when."""

    id: int
    resource_id: int
    name: str


Plays = list[tuple[Who, Stretch]]


def plays_at(stop_ids: Select[tuple[int]]) -> dict[int, Plays]:
    """By stop, in order of playing; two statements."""
    sessions = _by_stop(StopSession, stop_ids)
    played = _by_stop(Encounter, stop_ids, Encounter.dropped_at.is_(None))
    found: dict[int, Plays] = defaultdict(list)
    for stop_id, of_stop in sessions.items():
        found[stop_id] = stretches(of_stop, played[stop_id])
    return found


def has_player(performer_id: int | InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """Of a stop: whether this performer plays there."""
    plays = Stop.encounters.any(
        and_(Encounter.performer_id == performer_id, Encounter.dropped_at.is_(None))
    )
    has_none = ~Stop.encounters.any(Encounter.dropped_at.is_(None))
    return or_(plays, and_(has_none, Stop.sessions.any(StopSession.performer_id == performer_id)))


def keeping(chosen: Chosen, stop: Stop) -> Chosen:
    """Moved without a word about who plays, each encounter keeps its performer where it can."""
    if chosen.player_ids or chosen.cast:
        return chosen
    return replace(chosen, cast=tuple(each.performer.resource_id for each in stop.played))


def _by_stop(
    kind: type[StopSession | Encounter], stop_ids: Select[tuple[int]], *more: Any
) -> dict[int, list[tuple[Period, Who]]]:
    found: dict[int, list[tuple[Period, Who]]] = defaultdict(list)
    rows = (
        select(
            kind.stop_id,
            kind.starts_at,
            kind.ends_at,
            Performer.id,
            Performer.resource_id,
            Performer.name,
        )
        .join(Performer, kind.performer_id == Performer.id)
        .where(kind.stop_id.in_(stop_ids), *more)
    )
    for stop_id, starts_at, ends_at, *who in session.execute(rows):
        found[stop_id].append((Period(starts_at, ends_at), Who(*who)))
    return found
