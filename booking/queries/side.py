"""What is offered around stops."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import lazyload

from booking.models import BookingRequest, SideItem, Stop
from booking.queries.rooms import is_lent
from booking.rules.side import SideState
from core.db import session
from core.period import Period
from venues.models import Room, Venue


@dataclass(frozen=True, slots=True)
class PublicItem:
    """Nothing of who does it."""

    title: str
    text: str
    period: Period
    where: str


def side_items(stop_id: int) -> list[SideItem]:
    found = select(SideItem).where(SideItem.stop_id == stop_id)
    return list(session.scalars(found.order_by(SideItem.starts_at, SideItem.id)))


def items_of(request: BookingRequest) -> list[SideItem]:
    """Of all its stops."""
    found = select(SideItem).join(SideItem.stop)
    mine = found.where(Stop.booking_request_id == request.id).order_by(SideItem.id)
    return list(session.scalars(mine))


def agreed_items(stop_id: int) -> list[SideItem]:
    return [item for item in side_items(stop_id) if item.is_agreed]


def side_item_by_id(item_id: int) -> SideItem | None:
    return session.get(SideItem, item_id)


def public_programme(stop_ids: Iterable[int]) -> dict[int, list[PublicItem]]:
    """What is agreed, by stop, in one query; of closed stops nothing."""
    found = (
        select(SideItem)
        .join(Stop, SideItem.stop_id == Stop.id)
        .where(
            SideItem.stop_id.in_(sorted(stop_ids)),
            SideItem.state == SideState.AGREED,
            Stop.is_closed.is_(False),
        )
        .order_by(SideItem.starts_at, SideItem.id)
    )
    programme: dict[int, list[PublicItem]] = defaultdict(list)
    for item in session.scalars(found):
        shown = PublicItem(item.title, item.text, item.period, item.where)
        programme[item.stop_id].append(shown)
    return programme


def lent_rooms() -> list[Room]:
    found = (
        select(Room)
        .join(Room.venue)
        .where(is_lent())
        .order_by(Venue.district_number, Venue.name, Room.name, Room.id)
        .options(lazyload(Room.opening_hours))
    )
    return list(session.scalars(found))
