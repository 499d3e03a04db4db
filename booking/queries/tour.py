"""The whole tour around a stretch of time, for the rules. Always the same number of queries."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, or_, select

from booking.models import Claim, Installation, Performer, Stop
from booking.queries.availability import said_by_performers
from booking.queries.blocks import blocks_in
from booking.queries.holds import holds_in
from booking.queries.norms import current_norms
from booking.queries.places import LONGEST as LONGEST
from booking.queries.places import Elsewhere, hosts_said, load_elsewhere, load_places, spot_of
from booking.queries.places import room_spot as room_spot
from booking.queries.plays import plays_at
from booking.rules.availability import ALWAYS
from booking.rules.blocks import with_blocks
from booking.rules.lifecycle import StopState
from booking.rules.norms import Norms
from booking.rules.performers import SHARED_OVER
from booking.rules.stretches import Stretch, needed
from booking.rules.tour import Cube, Player, Standing, Tour
from core.db import session
from core.period import Period
from venues.facts import districts, postcodes
from venues.models import Room, Venue

AROUND = timedelta(days=2)  # rest, travel and neighbours reach this far beyond what is asked


def load_tour(
    now: datetime, window: Period, room_ids: Iterable[int] = (), *, without_stop: int | None = None
) -> Tour:
    """All that matters for deciding about `window` in these rooms.

    `without_stop` is left out: a stop that is moved does not stand in its own way.
    """
    wide = window.padded(AROUND, AROUND)
    rooms = _rooms(room_ids)
    installations = session.scalars(select(Installation).where(Installation.retired_at.is_(None)))
    performers = session.scalars(select(Performer).where(Performer.retired_at.is_(None))).all()
    standings = _standings(wide, without_stop)
    norms = current_norms()
    sessions = _stretches(window.padded(SHARED_OVER, SHARED_OVER), without_stop, norms)
    owners: list[Performer | Room] = [*performers, *rooms]
    busy = _live_claims(wide, owners, without_stop)
    elsewhere = load_elsewhere(wide, [owner.resource_id for owner in owners])
    said = said_by_performers()
    tour = Tour(
        now=now,
        norms=norms,
        cubes=tuple(_cube(each, standings[each.id]) for each in installations),
        players=tuple(
            replace(
                _player(each, sessions.get(each.id, []), busy, elsewhere),
                said=said.get(each.id, ALWAYS),
            )
            for each in performers
        ),
        places=load_places(wide, rooms, busy, elsewhere),
        holds=tuple(holds_in(wide, now)),
        hosts_said=hosts_said(rooms),
    )
    return with_blocks(tour, blocks_in(wide))


def _rooms(room_ids: Iterable[int]) -> list[Room]:
    ids = sorted(set(room_ids))
    return list(session.scalars(select(Room).where(Room.id.in_(ids)))) if ids else []


def _live_claims(
    window: Period, owners: Iterable[Performer | Room], without_stop: int | None
) -> dict[int, list[Period]]:
    """By resource id."""
    found: dict[int, list[Period]] = defaultdict(list)
    touching = select(Claim.resource_id, Claim.starts_at, Claim.ends_at).where(
        Claim.resource_id.in_([owner.resource_id for owner in owners]),
        Claim.released_at.is_(None),
        Claim.starts_at > window.start - LONGEST,
        Claim.starts_at < window.end,
        Claim.ends_at > window.start,
        or_(Claim.stop_id.is_(None), Claim.stop_id != (without_stop or 0)),
    )
    for resource_id, starts_at, ends_at in session.execute(touching):
        found[resource_id].append(Period(starts_at, ends_at))
    return found


def _standings(window: Period, without_stop: int | None) -> dict[int, list[Standing]]:
    """By installation, in order of time."""
    found: dict[int, list[Standing]] = defaultdict(list)
    confirmed = (
        select(
            Stop.id,
            Stop.installation_id,
            Stop.stay_starts_at,
            Stop.stay_ends_at,
            Venue.pc4,
            Venue.district_number,
        )
        .join(Stop.room)
        .join(Room.venue)
        .where(*_stands_in(window, without_stop))
        .order_by(Stop.stay_starts_at, Stop.id)
    )
    for stop_id, cube_id, starts_at, ends_at, pc4, district in session.execute(confirmed):
        spot = spot_of(postcodes()[pc4].centre, districts()[district])
        found[cube_id].append(Standing(stop_id, Period(starts_at, ends_at), spot))
    return found


def _stretches(window: Period, without_stop: int | None, norms: Norms) -> dict[int, list[Stretch]]:
    """By performer, in order of time."""
    found: dict[int, list[Stretch]] = defaultdict(list)
    of_stops = plays_at(select(Stop.id).where(*_stands_in(window, without_stop)))
    for plays in of_stops.values():
        for who, stretch in needed(plays, norms):
            found[who.id].append(stretch)
    return {performer_id: sorted(own) for performer_id, own in found.items()}


def _stands_in(window: Period, without_stop: int | None) -> tuple[ColumnElement[bool], ...]:
    return (
        Stop.state == StopState.CONFIRMED,
        Stop.starts_at > window.start - LONGEST,
        Stop.starts_at < window.end + LONGEST,
        Stop.stay_starts_at < window.end,
        Stop.stay_ends_at > window.start,
        Stop.id != (without_stop or 0),
    )


def _cube(installation: Installation, standings: list[Standing]) -> Cube:
    return Cube(
        resource_id=installation.resource_id,
        name=installation.name,
        depot=spot_of(installation.depot_point, installation.depot_district),
        standings=tuple(standings),
    )


def _player(
    performer: Performer,
    sessions: list[Stretch],
    busy: dict[int, list[Period]],
    elsewhere: Elsewhere,
) -> Player:
    return Player(
        resource_id=performer.resource_id,
        name=performer.name,
        sessions=tuple(sessions),
        busy=tuple(busy.get(performer.resource_id, ())),
        outside=tuple(elsewhere.busy.get(performer.resource_id, ())),
    )
