"""Taking and giving back time. The only code that writes claims."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from booking.models import Claim, ClaimPurpose, Installation, RoomDate, Stop
from booking.models.claim import NO_OVERLAP
from booking.rules.norms import Norms
from booking.rules.performers import called
from booking.rules.placement import Cast, Placement
from booking.rules.rooms import claimed
from booking.rules.tour import Cube, Standing, Tour
from booking.rules.touring import approach, next_standing
from core.db import session, violated
from core.findings import Refused, blocker
from core.period import Period
from core.resource import Resource
from venues.models import Room


def lock_tour() -> None:
    """Let nobody else plan the tour until this transaction ends.

    The constraint keeps claims apart, but it cannot see that two stops leave no time to drive, or
    that a performer gets no rest. Every stop needs an installation, so those rows are the lock, in
    one order for everybody. SQLite has no row locks: there the whole transaction is one.
    """
    in_order = (
        select(Resource.id)
        .join(Installation, Installation.resource_id == Resource.id)
        .order_by(Resource.id)
        .with_for_update(key_share=True, of=Resource)
    )
    session.execute(in_order)


def lock_rooms(room_ids: Iterable[int]) -> None:
    """Let nobody else book, close or change these rooms until this transaction ends.

    The constraint keeps claims apart; opening hours, closures and offers it cannot see.
    """
    in_order = (
        select(Room.id)
        .where(Room.id.in_(sorted(set(room_ids))))
        .order_by(Room.id)
        .with_for_update(key_share=True, of=Room)
    )
    session.execute(in_order)


def claim_stop(stop: Stop, placement: Placement, tour: Tour) -> None:
    """Claim all the stop takes, or refuse: cube, travel, place and performers."""
    standing = Standing(stop.id, placement.stay, placement.place.spot)
    _retime_travel(placement.cube.joined_by(standing), placement.stay, tour.norms)
    for resource_id, period, purpose in sorted(_needs(placement, tour.norms)):
        _add(resource_id, stop.id, purpose, period)
    _flush()


def claim_performers(stop_id: int, plays: Cast, tour: Tour) -> None:
    """Others play than before: the time of performers follows, cube and place stay, or refuse."""
    wanted = {(who, called(stretch.period, tour.norms)) for who, stretch in plays}
    for claim in _live_claims(stop_id):
        if claim.purpose is ClaimPurpose.PLAY:
            if (claim.resource_id, claim.period) in wanted:
                wanted.remove((claim.resource_id, claim.period))
            else:
                claim.released_at = tour.now
    _flush()
    for resource_id, period in sorted(wanted):
        _add(resource_id, stop_id, ClaimPurpose.PLAY, period)
    _flush()


def release_stop(stop: Stop, tour: Tour) -> None:
    """Give back all its time. `tour` is the tour around it, without it."""
    for claim in _live_claims(stop.id):
        claim.released_at = tour.now
    _flush()
    for cube in tour.cubes:
        if cube.resource_id == stop.installation.resource_id:
            _retime_travel(cube, stop.stay, tour.norms)


def claim_date(date: RoomDate) -> None:
    """Claim the room for a meeting, with what is kept free around it, or refuse."""
    period = claimed(date.period, date.room.terms)
    session.add(
        Claim(
            resource_id=date.room.resource_id,
            room_date_id=date.id,
            purpose=ClaimPurpose.MEET,
            starts_at=period.start,
            ends_at=period.end,
        )
    )
    _flush()


def release_date(date: RoomDate, now: datetime) -> None:
    """Give back the time of a meeting, if it had any."""
    live = select(Claim).where(Claim.room_date_id == date.id, Claim.released_at.is_(None))
    for claim in session.scalars(live):
        claim.released_at = now
    _flush()


def claim_side(stop_id: int, room: Room, period: Period) -> None:
    """The stop claims a room for what a partner does around it, or refuse."""
    _add(room.resource_id, stop_id, ClaimPurpose.MEET, claimed(period, room.terms))
    _flush()


def release_side(stop_id: int, room: Room | None, period: Period, now: datetime) -> None:
    """Live claims never overlap: at most one of this room covers the period."""
    for claim in _live_claims(stop_id):
        is_of_room = room is not None and claim.resource_id == room.resource_id
        if claim.purpose is ClaimPurpose.MEET and is_of_room and claim.period.covers(period):
            claim.released_at = now
    _flush()


def _needs(placement: Placement, norms: Norms) -> Iterable[tuple[int, Period, ClaimPurpose]]:
    cube_id = placement.cube.resource_id
    travel = placement.approach.claim_before(placement.stay)
    if travel:
        yield cube_id, travel, ClaimPurpose.TRAVEL
    yield cube_id, placement.stay, ClaimPurpose.STAND
    yield placement.place.resource_id, placement.stay, ClaimPurpose.STAND
    for player, stretch in placement.plays:
        if player:
            yield player.resource_id, called(stretch.period, norms), ClaimPurpose.PLAY


def _retime_travel(cube: Cube, stay: Period, norms: Norms) -> None:
    """The stop after `stay` is now reached from somewhere else: claim that journey instead."""
    following = next_standing(cube, stay)
    if following is None:
        return
    journey = approach(cube, following.stay, following.spot, norms).claim_before(following.stay)
    for claim in _live_claims(following.stop_id):
        if claim.purpose is ClaimPurpose.TRAVEL:
            session.delete(claim)
    _flush()
    if journey:
        _add(cube.resource_id, following.stop_id, ClaimPurpose.TRAVEL, journey)
        _flush()


def _live_claims(stop_id: int) -> list[Claim]:
    mine = select(Claim).where(Claim.stop_id == stop_id, Claim.released_at.is_(None))
    return list(session.scalars(mine.order_by(Claim.resource_id, Claim.starts_at)))


def _add(resource_id: int, stop_id: int, purpose: ClaimPurpose, period: Period) -> None:
    session.add(
        Claim(
            resource_id=resource_id,
            stop_id=stop_id,
            purpose=purpose,
            starts_at=period.start,
            ends_at=period.end,
        )
    )


def _flush() -> None:
    try:
        session.flush()
    except IntegrityError as error:
        if NO_OVERLAP in violated(error):
            raise Refused([blocker("just_taken")]) from error
        raise
