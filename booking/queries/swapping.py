"""Requests of performers to each other."""

from datetime import datetime

from sqlalchemy import or_, select

from booking.models import Encounter, Performer, Stop, SwapRequest
from booking.queries.casting import CastSeen, cast_with, see_cast
from booking.rules.lifecycle import StopState
from core.db import session


def find_swap(swap_id: int) -> SwapRequest | None:
    return session.get(SwapRequest, swap_id)


def swap_for_update(swap_id: int) -> SwapRequest | None:
    found = (
        select(SwapRequest)
        .where(SwapRequest.id == swap_id)
        .with_for_update(of=SwapRequest)
        .execution_options(populate_existing=True)
    )
    return session.scalars(found).unique().one_or_none()


def swaps_of(performer: Performer, now: datetime) -> list[SwapRequest]:
    """Asked by or of this performer, about stops that have not begun; the latest last."""
    found = (
        select(SwapRequest)
        .join(SwapRequest.stop)
        .where(
            or_(SwapRequest.asker_id == performer.id, SwapRequest.colleague_id == performer.id),
            Stop.state == StopState.CONFIRMED,
            Stop.starts_at > now,
        )
        .order_by(Stop.starts_at, SwapRequest.id)
    )
    return list(session.scalars(found).unique())


def colleagues_of(performer: Performer) -> list[Performer]:
    """Who plays too, and can be mailed."""
    found = select(Performer).where(
        Performer.id != performer.id,
        Performer.retired_at.is_(None),
        Performer.person_id.is_not(None),
    )
    return list(session.scalars(found.order_by(Performer.name, Performer.id)))


def own_encounters(stop: Stop, performer: Performer) -> list[Encounter]:
    return [each for each in stop.played if each.performer_id == performer.id]


def see_swap(swap: SwapRequest, now: datetime) -> CastSeen:
    """What a yes would mean."""
    wanted = cast_with(swap.stop, swap.numbers, swap.colleague.resource_id)
    return see_cast(swap.stop, wanted, now)
