"""Who plays which encounter: a planner says it here; performers among each other in `swapping`."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from booking.letters import casting as letters
from booking.letters.recipients import parts_of
from booking.models import BookingRequest, Performer, Stop
from booking.queries.casting import CastSeen, see_cast
from booking.queries.encounters import lock_encounters
from booking.queries.requests import request_for_update
from booking.queries.stops import performers_of, stop_by_id
from booking.rules.stretches import Stretch
from booking.services import claims
from booking.services.placing import standing_stop
from core import history
from core.clock import to_local
from core.db import session
from core.findings import Finding, Refused, blocker, refuse_if
from core.history import Actor


def cast_encounters(
    stop_id: int,
    cast: Mapping[int, int],
    *,
    accepted: Collection[str] = (),
    why: str = "",
    version: int | None,
    by: Actor,
    now: datetime,
) -> Stop:
    """`cast`: for each encounter by its number, who plays it, by resource id.

    `accepted`: the concerns that somebody knowingly takes; any other concern refuses. Only who
    comes, who goes and whose times change is told.
    """
    request, stop = lock_cast(stop_id, version, now)
    recast(request, stop, cast, accepted=accepted, why=why, by=by, now=now)
    return stop


def lock_cast(stop_id: int, version: int | None, now: datetime) -> tuple[BookingRequest, Stop]:
    """Nobody else changes who plays at this stop, or plans the tour, until this transaction ends.

    In the order in which a stop is moved: the request, the tour, the encounters.
    """
    found = stop_by_id(stop_id)
    if found is None:
        raise Refused([blocker("no_stop")])
    request = request_for_update(found.booking_request_id, version)
    stop = standing_stop(request, now)
    if stop.id != stop_id:
        raise Refused([blocker("no_stop")])
    claims.lock_tour()
    lock_encounters([each.id for each in stop.encounters])
    return request, stop


def recast(
    request: BookingRequest,
    stop: Stop,
    cast: Mapping[int, int],
    *,
    accepted: Collection[str],
    why: str = "",
    by: Actor,
    now: datetime,
    action: str = "cast",
) -> None:
    """Judge it, write it down, claim the time of who plays, tell whom it concerns. All locked."""
    seen = see_cast(stop, cast, now)
    refuse_if(seen.said)
    _refuse_unaccepted(seen, accepted)
    before, told = in_words(stop.plays), parts_of(stop)
    performers = performers_of(cast.values())
    for each in stop.played:
        each.performer = performers[cast[each.number]]
    stop.changed_at = now
    request.touch()
    session.flush()
    claims.claim_performers(stop.id, seen.plays, seen.tour)
    history.record(
        action,
        request.subject,
        by=by,
        at=now,
        why=why,
        cast={"players": [before, in_words(stop.plays)]},
        accepted=sorted(seen.concerns),
    )
    letters.recast(request, stop, told, why=why, now=now)


def in_words(plays: Iterable[tuple[Performer, Stretch]]) -> str:
    """For the history: names and times, the same in every language."""
    return ", ".join(
        f"{performer.name} {to_local(stretch.period.start):%H.%M}"
        f" – {to_local(stretch.period.end):%H.%M}"
        for performer, stretch in plays
    )


def _refuse_unaccepted(seen: CastSeen, accepted: Collection[str]) -> None:
    unaccepted: list[Finding] = [f for key, f in seen.concerns.items() if key not in accepted]
    if unaccepted:
        raise Refused(unaccepted)
