"""What performers say of when and where they can play, and what is planned against it."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from booking.models import Performer, PerformerAvailability, Stop
from booking.queries.norms import current_norms
from booking.queries.places import LONGEST, room_kinds
from booking.queries.plays import WITH_PLAYS, has_player
from booking.rules.availability import ALWAYS, Availability
from booking.rules.lifecycle import StopState
from booking.rules.norms import Norms
from booking.rules.performers import own_findings
from booking.rules.stretches import Stretch
from booking.rules.tour import Player
from core.clock import local_date, midnight
from core.db import session
from core.findings import Finding, blockers, heaviest_first
from venues.models import Room

Coming = list[tuple[Stop, Stretch]]  # of one performer, in order


@dataclass(frozen=True, slots=True)
class Against:
    """A stop with what its performer says against playing there, then."""

    performer: Performer
    stop: Stop
    findings: tuple[Finding, ...]

    @property
    def is_impossible(self) -> bool:
        return bool(blockers(self.findings))

    @property
    def key(self) -> str:
        """Another one when the stop changes, or something else is against it."""
        return "-".join([str(self.stop.id), str(self.stop.version), *sorted(self.codes)])

    @property
    def codes(self) -> set[str]:
        return {f"{each.code}.{each.data.get('kind', '')}" for each in self.findings}


def said_by_performers() -> dict[int, Availability]:
    """By performer id; who has said nothing is not among them. At most four statements."""
    rows = session.scalars(select(PerformerAvailability))
    return {row.performer_id: row.said for row in rows}


def availability_of(performer_id: int) -> PerformerAvailability | None:
    return session.get(PerformerAvailability, performer_id)


def against_what_is_planned(now: datetime) -> list[Against]:
    """Of all performers, in order of time. The same number of statements for any number."""
    said, coming, norms = said_by_performers(), coming_plays(now), current_norms()
    found = [
        each
        for performer in _performers(coming)
        if performer.id in said
        for each in against(performer, said[performer.id], coming[performer.id], norms, now)
    ]
    return sorted(found, key=lambda each: (each.stop.starts_at, each.stop.id))


def against(
    performer: Performer, said: Availability, coming: Coming, norms: Norms, now: datetime
) -> list[Against]:
    """A stop once, with all there is against its playing times that are not over."""
    findings: dict[int, list[Finding]] = defaultdict(list)
    stops = {stop.id: stop for stop, _stretch in coming}
    player = Player(
        performer.resource_id,
        performer.name,
        sessions=tuple(stretch for _stop, stretch in coming),
        busy=(),
        said=said,
    )
    for stop, stretch in (each for each in coming if each[1].period.end > now):
        rest = tuple(each for each in player.sessions if each != stretch)
        found = own_findings(replace(player, sessions=rest), stretch, norms, room_kinds(stop.room))
        findings[stop.id] += [each for each in found if each not in findings[stop.id]]
    return [
        Against(performer, stops[stop_id], tuple(heaviest_first(found)))
        for stop_id, found in findings.items()
        if found
    ]


def against_own(performer: Performer, said: Availability, now: datetime) -> list[Against]:
    coming = coming_plays(now, performer.id)[performer.id]
    return against(performer, said, coming, current_norms(), now)


def newly_against(
    performer: Performer, before: Availability, after: Availability, norms: Norms, now: datetime
) -> list[Against]:
    """What a change hits: nobody hears twice of the same stop for the same reason."""
    coming = coming_plays(now, performer.id)[performer.id]
    stood = {each.stop.id: each.codes for each in against(performer, before, coming, norms, now)}
    found = against(performer, after, coming, norms, now)
    return [each for each in found if each.codes - stood.get(each.stop.id, set())]


def coming_plays(now: datetime, performer_id: int | None = None) -> Mapping[int, Coming]:
    """Not over yet, and all of today; by performer id. Always the same number of statements."""
    found: dict[int, Coming] = defaultdict(list)
    begins = midnight(local_date(now))
    coming = (
        select(Stop)
        .where(
            Stop.state == StopState.CONFIRMED,
            Stop.starts_at > begins - LONGEST,  # the index begins here, not in the past
            Stop.ends_at > begins,
            *([has_player(performer_id)] if performer_id else []),
        )
        .order_by(Stop.starts_at, Stop.id)
        .options(joinedload(Stop.room).lazyload(Room.opening_hours), WITH_PLAYS)
    )
    for stop in session.scalars(coming).unique():
        for performer, stretch in stop.plays:
            if stretch.period.end > begins:
                found[performer.id].append((stop, stretch))
    return found


def coming_stops(performer_id: int, now: datetime) -> list[Stop]:
    """Where this performer still plays, in order."""
    coming = coming_plays(now, performer_id)[performer_id]
    return list(dict.fromkeys(stop for stop, stretch in coming if stretch.period.end > now))


def _performers(coming: Mapping[int, Coming]) -> list[Performer]:
    found = select(Performer).where(Performer.id.in_(list(coming)))
    return list(session.scalars(found.order_by(Performer.id)))


def said_by(performer_id: int) -> Availability:
    row = availability_of(performer_id)
    return row.said if row else ALWAYS
