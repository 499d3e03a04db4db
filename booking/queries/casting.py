"""A cast that somebody has in mind for a stop, as the rules see it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from booking.models import Performer, Stop
from booking.queries.tour import load_tour
from booking.rules.casting import Judged, judge, may_cast
from booking.rules.norms import Norms
from booking.rules.placement import Cast
from booking.rules.stretches import needed, stretches
from booking.rules.tour import Tour
from core.db import session
from core.findings import Finding, blockers


@dataclass(frozen=True, slots=True)
class CastSeen:
    """A cast that somebody has in mind, as the rules see it now."""

    tour: Tour
    plays: Cast  # who is needed when
    people: list[Judged]
    findings: list[Finding]  # about the whole

    @property
    def said(self) -> list[Finding]:
        return [*self.findings, *(found for each in self.people for found in each.findings)]

    @property
    def is_possible(self) -> bool:
        return not blockers(self.said)

    @property
    def concerns(self) -> dict[str, Finding]:
        """By the name under which a form accepts it."""
        return {key: found for each in self.people for key, found in each.concerns.items()}

    def of(self, player_id: int) -> Judged:
        """For one who plays before or after."""
        return next(each for each in self.people if each.player_id == player_id)


def cast_now(stop: Stop) -> dict[int, int]:
    """By number of the encounter, the resource id of who plays it."""
    return {each.number: each.performer.resource_id for each in stop.played}


def cast_with(stop: Stop, numbers: Iterable[int], player_id: int) -> dict[int, int]:
    """As `cast_now`, but these encounters are for one player."""
    return {**cast_now(stop), **dict.fromkeys(numbers, player_id)}


def see_cast(stop: Stop, cast: Mapping[int, int], now: datetime) -> CastSeen:
    """What it means when these play; `cast`: as `cast_now`."""
    tour = load_tour(now, stop.stay, [stop.room_id], without_stop=stop.id)
    played = {each.number: (each.period, each.performer.resource_id) for each in stop.played}
    before = _plays(stop, {number: who for number, (_period, who) in played.items()}, tour.norms)
    after = _plays(stop, cast, tour.norms)
    return CastSeen(
        tour=tour,
        plays=after,
        people=judge(before, after, _names(), tour.places[stop.room_id], tour),
        findings=may_cast(played, cast, now),
    )


def _plays(stop: Stop, cast: Mapping[int, int], norms: Norms) -> Cast:
    sessions = [(each.period, each.performer.resource_id) for each in stop.sessions]
    return needed(stretches(sessions, [(e.period, cast[e.number]) for e in stop.played]), norms)


def _names() -> dict[int, str]:
    """Of everybody who plays or played."""
    return dict(session.execute(select(Performer.resource_id, Performer.name)).tuples().all())
