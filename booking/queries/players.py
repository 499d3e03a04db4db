"""The performers as the planner sees them: what they said, their load, what does not fit."""

from dataclasses import dataclass
from datetime import datetime

from booking.models import Performer, Stop
from booking.queries.availability import coming_sessions, playing, said_by_performers
from booking.queries.norms import current_norms
from booking.rules.availability import ALWAYS, Availability
from booking.rules.capacity import encounters_in
from booking.rules.performers import called


@dataclass(frozen=True, slots=True)
class PlayerNow:
    performer: Performer
    said: Availability
    stops: int
    encounters: int
    outside: list[Stop]


def players_now(now: datetime) -> list[PlayerNow]:
    """By name; always the same number of queries."""
    norms, said, coming = current_norms(), said_by_performers(), coming_sessions(now)
    found = []
    for performer in playing():
        own, sessions = said.get(performer.id, ALWAYS), coming[performer.id]
        outside = {s.id: s for s, p in sessions if not own.allows(called(p.period, norms))}
        found.append(
            PlayerNow(
                performer=performer,
                said=own,
                stops=len({stop.id for stop, _played in sessions}),
                encounters=sum(len(encounters_in(p.period, norms)) for _stop, p in sessions),
                outside=list(outside.values()),
            )
        )
    return found
