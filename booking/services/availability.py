"""A performer says when he can play; the planners hear which stops that hits."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy.orm.attributes import flag_modified

from booking.letters.availability import tell_planners
from booking.models import (
    Performer,
    PerformerAvailability,
    PerformerDays,
    PerformerHours,
    Stop,
    StopSession,
)
from booking.queries.availability import availability_for_update, coming_sessions
from booking.queries.norms import current_norms
from booking.rules.availability import (
    ALWAYS,
    Availability,
    PlaceKind,
    availability_findings,
    falls_outside,
)
from booking.rules.performers import called
from booking.services import claims
from core import history
from core.db import session
from core.findings import Refused, blocker, refuse_if
from core.history import Actor


def say_availability(
    performer_id: int,
    said: Availability,
    *,
    version: int,
    seen: Collection[int],
    by: Actor,
    now: datetime,
) -> None:
    """Refused when it hits a stop that is not among the `seen` ids: that is shown first."""
    claims.lock_tour()
    performer = session.get_one(Performer, performer_id)
    row = availability_for_update(performer_id)
    if (row.version if row else 0) != version:
        raise Refused([blocker("availability_changed_meanwhile")])
    norms = current_norms()
    refuse_if(availability_findings(said, norms.encounters_a_day))
    before = row.said if row else ALWAYS
    stops = _hit(coming_sessions(now)[performer_id], before, said)
    if any(stop.id not in seen for stop in stops):
        raise Refused([blocker("availability_hits", hits=tuple(stops))])
    _keep(row or PerformerAvailability(performer_id=performer_id), said)
    history.record(
        "availability said",
        ("performer", performer_id),
        by=by,
        at=now,
        was=_plain(before),
        said=_plain(said),
        outside=[stop.id for stop in stops],
    )
    if stops:
        tell_planners(performer, stops, now)


def _hit(
    coming: list[tuple[Stop, StopSession]], before: Availability, after: Availability
) -> list[Stop]:
    norms = current_norms()
    return list(
        {
            stop.id: stop
            for stop, played in coming
            if falls_outside(called(played.period, norms), before, after)
        }.values()
    )


def _keep(row: PerformerAvailability, said: Availability) -> None:
    row.at_most = said.at_most
    row.avoids_outdoors = PlaceKind.OUTDOORS in said.avoids
    row.avoids_steps = PlaceKind.STEPS in said.avoids
    row.hours = [
        PerformerHours(weekday=each.weekday, opens_at=each.opens_at, closes_at=each.closes_at)
        for each in said.week
    ]
    row.days = [
        PerformerDays(
            first_on=each.first_on, last_on=each.last_on, is_extra=each.is_extra, words=each.words
        )
        for each in said.days
    ]
    session.add(row)
    if row.version is not None:
        flag_modified(row, "at_most")  # its hours are of it: who looked before saw another version
    session.flush()


def _plain(said: Availability) -> dict[str, Any]:
    """Not the words: why somebody cannot play is not kept longer than it counts."""
    return {
        "week": [f"{h.weekday} {h.opens_at:%H:%M}-{h.closes_at:%H:%M}" for h in said.week],
        "days": [f"{d.first_on}/{d.last_on} {'+' if d.is_extra else '-'}" for d in said.days],
        "at_most": said.at_most,
        "avoids": sorted(said.avoids),
    }
