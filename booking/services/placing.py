"""From what the theatre chose to a checked placement, and from a placement to rows."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from booking.models import Alternative, BookingRequest, Installation, Performer, Stop, StopSession
from booking.queries.desk import place_for
from booking.queries.tour import load_tour
from booking.rules.norms import Wish
from booking.rules.placement import Chosen, Placement, Wanted, best
from booking.rules.tour import Tour
from booking.services import claims
from core.clock import local_date, midnight
from core.db import session
from core.findings import Refused, blocker, concerns, refuse_if
from core.period import Period, hull


@dataclass(frozen=True, slots=True)
class Crew:
    """The rows behind a placement; a performer per session, and who plays each encounter."""

    installation: Installation
    performers: list[Performer]
    cast: dict[Period, Performer]


def place_request(
    request: BookingRequest,
    chosen: Chosen,
    accepted: Collection[str],
    now: datetime,
    *,
    without_stop: int | None = None,
    is_for_option: bool = False,
) -> tuple[Tour, Placement]:
    """Check as everybody checks, with the tour locked.

    Raises Refused for what may not be, and for concerns whose code is not in `accepted`.
    """
    claims.lock_tour()
    claims.lock_rooms([chosen.room_id])
    tour = load_tour(now, chosen.wish.window, [chosen.room_id], without_stop=without_stop)
    placement = _placement(request, chosen, tour, is_for_option)
    refuse_if(placement.findings)
    unaccepted = [f for f in concerns(placement.findings) if f.code not in accepted]
    if unaccepted:
        raise Refused(unaccepted)
    return tour, placement


def keep_free(
    request: BookingRequest, wishes: Sequence[Wish], now: datetime, tour: Tour | None = None
) -> list[Alternative]:
    """Other moments to offer with a decline, kept for the asker; all must be free, or Refused.

    `tour`: loaded before, with the tour locked, by who declines several.
    """
    if not wishes:
        return []
    claims.lock_tour()
    if tour is None:
        window = hull(wish.window for wish in wishes)
        tour = load_tour(now, window, [request.room_id] if request.room_id else [])
    place = place_for(request, tour)
    return [
        _kept(position, best(Wanted(place, wish, request.visitors, request.id), tour), tour)
        for position, wish in enumerate(wishes, 1)
    ]


def _kept(position: int, placement: Placement | None, tour: Tour) -> Alternative:
    if placement is None:
        raise Refused([blocker("no_cube")])
    if not placement.is_possible:
        raise Refused([blocker("choice_not_free", wish=placement.wish), *placement.findings])
    crew = crew_of(placement)
    return Alternative(
        position=position,
        day_on=placement.wish.day,
        day_part=placement.wish.part,
        day_parts=placement.wish.day_parts,
        stay_starts_at=placement.stay.start,
        stay_ends_at=placement.stay.end,
        installation_id=crew.installation.id,
        performer_id=crew.performers[0].id,
        kept_until=midnight(local_date(tour.now) + timedelta(days=tour.norms.offer_days + 1)),
    )


def standing_stop(request: BookingRequest, now: datetime) -> Stop:
    """The stop of a request that is still to be played, or Refused."""
    if request.stop is None or not request.stop.is_confirmed:
        raise Refused([blocker("no_stop")])
    if request.stop.ends_at <= now:
        raise Refused([blocker("already_played")])
    return request.stop


def crew_of(placement: Placement) -> Crew:
    cube_id = placement.cube.resource_id
    installation = session.scalars(
        select(Installation).where(Installation.resource_id == cube_id)
    ).one()
    plays = [(player.resource_id, own) for player, own in placement.plays if player]
    ids = {resource_id for resource_id, _own in plays}
    found = session.scalars(select(Performer).where(Performer.resource_id.in_(ids)))
    by_id = {performer.resource_id: performer for performer in found}
    return Crew(
        installation,
        [by_id[player.resource_id] for player in placement.players if player],
        {period: by_id[resource_id] for resource_id, own in plays for period in own.own},
    )


def place_stop(stop: Stop, placement: Placement, crew: Crew) -> None:
    """Write a placement on a stop, new or moved."""
    stop.installation = crew.installation
    stop.day_on, stop.day_part = placement.wish.day, placement.wish.part
    stop.day_parts = placement.wish.day_parts
    stop.starts_at, stop.ends_at = placement.sessions[0].start, placement.sessions[-1].end
    stop.stay_starts_at, stop.stay_ends_at = placement.stay.start, placement.stay.end
    stop.sessions = [
        StopSession(starts_at=period.start, ends_at=period.end, performer=performer)
        for period, performer in zip(placement.sessions, crew.performers, strict=True)
    ]


def _placement(
    request: BookingRequest, chosen: Chosen, tour: Tour, is_for_option: bool
) -> Placement:
    if chosen.room_id not in tour.places:
        raise Refused([blocker("no_such_room")])
    if not 1 <= chosen.wish.day_parts <= tour.norms.day_parts_at_most:
        raise Refused([blocker("too_many_day_parts", at_most=tour.norms.day_parts_at_most)])
    wanted = chosen.wanted(
        tour, visitors=request.visitors, request_id=request.id, is_for_option=is_for_option
    )
    placement = best(wanted, tour)
    if placement is None:
        raise Refused([blocker("no_cube")])
    return placement
