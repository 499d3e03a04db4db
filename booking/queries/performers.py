"""The performers as planners see them: what they say, their load, what does not fit."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import select

from booking.models import Encounter, Performer, Stop
from booking.queries.availability import Against, against_what_is_planned, said_by_performers
from booking.queries.season import Season
from booking.rules.availability import ALWAYS, Availability, OtherDays, days_ahead
from booking.rules.lifecycle import StopState
from core.clock import local_date
from core.db import session


@dataclass(slots=True)
class Load:
    """What somebody plays in a season."""

    encounters: int = 0
    to_come: int = 0  # of them
    stops: set[int] = field(default_factory=set)
    days: set[date] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class PerformerNow:
    performer: Performer
    said: Availability
    load: Load
    against: tuple[Against, ...]

    @property
    def cannot(self) -> list[Against]:
        return [each for each in self.against if each.is_impossible]

    @property
    def minds(self) -> list[Against]:
        return [each for each in self.against if not each.is_impossible]

    def days_ahead(self, today: date) -> list[OtherDays]:
        return days_ahead(self.said, today)


def performers_now(season: Season, now: datetime) -> list[PerformerNow]:
    """Who plays, by name. Always the same number of statements."""
    performers = session.scalars(
        select(Performer)
        .where(Performer.retired_at.is_(None))
        .order_by(Performer.name, Performer.id)
    )
    loads, said = loads_in(season, now), said_by_performers()
    against = _by_performer(against_what_is_planned(now))
    return [
        PerformerNow(each, said.get(each.id, ALWAYS), loads[each.id], tuple(against[each.id]))
        for each in performers
    ]


def retired_performers() -> list[Performer]:
    found = select(Performer).where(Performer.retired_at.is_not(None))
    return list(session.scalars(found.order_by(Performer.name, Performer.id)))


def performer_by_id(performer_id: int) -> Performer | None:
    return session.get(Performer, performer_id)


def performer_for_update(performer_id: int) -> Performer | None:
    locked = (
        select(Performer)
        .where(Performer.id == performer_id)
        .with_for_update(of=Performer)
        .execution_options(populate_existing=True)
    )
    return session.scalar(locked)


def loads_in(season: Season, now: datetime) -> dict[int, Load]:
    """By performer id; encounters that are played or planned."""
    found: dict[int, Load] = defaultdict(Load)
    played = (
        select(Encounter.performer_id, Encounter.stop_id, Encounter.starts_at)
        .join(Encounter.stop)
        .where(
            Stop.state == StopState.CONFIRMED,
            Encounter.dropped_at.is_(None),
            Encounter.starts_at >= season.period.start,
            Encounter.starts_at < season.period.end,
        )
    )
    for performer_id, stop_id, starts_at in session.execute(played).tuples():
        load = found[performer_id]
        load.encounters += 1
        load.to_come += starts_at > now
        load.stops.add(stop_id)
        load.days.add(local_date(starts_at))
    return found


def _by_performer(against: Iterable[Against]) -> dict[int, list[Against]]:
    found: dict[int, list[Against]] = defaultdict(list)
    for each in against:
        found[each.performer.id].append(each)
    return found
