"""When the tour stands still, and what is agreed inside such a time."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_, select

from booking.models import Block, Claim, ClaimPurpose, Installation, Performer, Stop
from booking.queries.places import LONGEST
from booking.rules.blocks import Blocked, period_of
from booking.rules.lifecycle import StopState
from core.db import session
from core.period import Period


def blocks_in(window: Period) -> list[Blocked]:
    """Those that stand; one statement."""
    standing = select(Block.resource_id, Block.starts_at, Block.ends_at).where(
        Block.lifted_at.is_(None),
        Block.starts_at < window.end,
        or_(Block.ends_at.is_(None), Block.ends_at > window.start),
    )
    return [
        Blocked(period_of(starts_at, ends_at), resource_id)
        for resource_id, starts_at, ends_at in session.execute(standing)
    ]


def standing_blocks(now: datetime) -> list[Block]:
    """Of today and later, the first first."""
    found = select(Block).where(
        Block.lifted_at.is_(None), or_(Block.ends_at.is_(None), Block.ends_at > now)
    )
    return list(session.scalars(found.order_by(Block.starts_at, Block.id)))


def past_blocks(now: datetime, limit: int) -> list[Block]:
    """Over or lifted, the latest first."""
    found = select(Block).where(or_(Block.lifted_at.is_not(None), Block.ends_at <= now))
    return list(
        session.scalars(found.order_by(Block.starts_at.desc(), Block.id.desc()).limit(limit))
    )


def block_by_id(block_id: int) -> Block | None:
    return session.get(Block, block_id)


def block_for_update(block_id: int) -> Block | None:
    return session.get(Block, block_id, with_for_update=True, populate_existing=True)


def blockable() -> tuple[list[Installation], list[Performer]]:
    """What a block can be about, by name; also what no longer tours, for blocks of then."""
    cubes = session.scalars(select(Installation).order_by(Installation.name, Installation.id))
    players = session.scalars(select(Performer).order_by(Performer.name, Performer.id))
    return list(cubes), list(players)


def stop_ids_inside(blocked: Blocked, now: datetime) -> list[int]:
    """Confirmed stops, not over yet, that use time in it: their claims say so, travel included."""
    found = (
        select(Stop.id)
        .join(Claim, Claim.stop_id == Stop.id)
        .where(*_goes_on(now), _touches(blocked), _is_about(blocked))
        .order_by(Stop.starts_at, Stop.id)
        .distinct()
        .add_columns(Stop.starts_at)
    )
    return [stop_id for stop_id, _starts_at in session.execute(found)]


def stops_inside_blocks(now: datetime) -> list[tuple[Stop, Block]]:
    """What nobody can have agreed to: a block is made with everything inside it dealt with."""
    standing = and_(
        Block.lifted_at.is_(None),
        or_(Block.resource_id.is_(None), Block.resource_id == Claim.resource_id),
        Claim.ends_at > Block.starts_at,
        or_(Block.ends_at.is_(None), Claim.starts_at < Block.ends_at),
    )
    found = (
        select(Stop, Block)
        .join(Claim, Claim.stop_id == Stop.id)
        .join(Block, standing)
        .where(*_goes_on(now))
        .order_by(Stop.starts_at, Stop.id, Block.id)
    )
    return list(
        {(stop.id, block.id): (stop, block) for stop, block in session.execute(found)}.values()
    )


def _goes_on(now: datetime) -> tuple[ColumnElement[bool], ...]:
    """What partners do around a stop is not the tour."""
    return (
        Stop.state == StopState.CONFIRMED,
        Stop.ends_at > now,
        Claim.released_at.is_(None),
        Claim.purpose != ClaimPurpose.MEET,
    )


def _touches(blocked: Blocked) -> ColumnElement[bool]:
    """No claim is longer than `LONGEST`."""
    period = blocked.period
    return and_(
        Claim.starts_at > period.start - LONGEST,
        Claim.ends_at > period.start,
        Claim.starts_at < period.end,
    )


def _is_about(blocked: Blocked) -> ColumnElement[bool]:
    if blocked.resource_id is None:
        return Claim.stop_id.is_not(None)
    return Claim.resource_id == blocked.resource_id
