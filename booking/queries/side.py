"""What is offered around stops."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager, joinedload, lazyload

from booking.models import BookingRequest, SideItem, Stop
from booking.queries.rooms import is_lent, load_rooms
from booking.rules.lifecycle import StopState
from booking.rules.rooms import Meeting, room_findings
from booking.rules.side import OPEN, ProposedBy, SideState
from core.db import session
from core.findings import blockers
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


def open_of_asker(stop_id: int) -> int:
    """How many of the organisation's own proposals are not decided."""
    mine = select(func.count()).where(
        SideItem.stop_id == stop_id,
        SideItem.proposed_by == ProposedBy.ASKER,
        SideItem.state.in_(OPEN),
    )
    return session.scalar(mine) or 0


def proposals_to_answer(now: datetime) -> list[SideItem]:
    """What the theatre can still say yes to, the first to begin first. One query."""
    waiting = (
        select(SideItem)
        .join(Stop, SideItem.stop_id == Stop.id)
        .where(
            SideItem.state == SideState.PROPOSED,
            SideItem.starts_at > now,
            Stop.state == StopState.CONFIRMED,
        )
        .order_by(SideItem.starts_at, SideItem.id)
        .options(
            contains_eager(SideItem.stop).options(
                joinedload(Stop.booking_request).options(
                    joinedload(BookingRequest.organisation), lazyload("*")
                ),
                lazyload("*"),
            ),
            lazyload(SideItem.room),
        )
    )
    return list(session.scalars(waiting))


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


def items_shown_to_asker(stop_id: int) -> list[SideItem]:
    """Its own proposals, whatever became of them; of the theatre what is agreed."""
    return [item for item in side_items(stop_id) if item.is_from_asker or item.is_agreed]


def busy_rooms(rooms: Iterable[Room], meeting: Meeting, now: datetime) -> set[int]:
    """Ids of those that cannot be had then. As many queries for one as for many."""
    places = load_rooms(meeting.period, rooms)
    return {
        room_id for room_id, place in places.items() if blockers(room_findings(meeting, place, now))
    }


def lent_rooms() -> list[Room]:
    found = (
        select(Room)
        .join(Room.venue)
        .where(is_lent())
        .order_by(Venue.district_number, Venue.name, Room.name, Room.id)
        .options(lazyload(Room.opening_hours))
    )
    return list(session.scalars(found))
