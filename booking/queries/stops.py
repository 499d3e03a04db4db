from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from booking.models import BookingRequest, Installation, Performer, Stop
from booking.queries.plays import WITH_PLAYS
from booking.rules.lifecycle import StopState
from core.clock import local_days
from core.db import session
from venues.models import Room, RoomState, Venue


def stops_between(first: date, last: date) -> list[Stop]:
    """Confirmed stops that start on these days, in order, with who asked."""
    window = local_days(first, last)
    found = (
        select(Stop)
        .options(joinedload(Stop.booking_request, innerjoin=True), WITH_PLAYS)
        .where(
            Stop.state == StopState.CONFIRMED,
            Stop.starts_at >= window.start,
            Stop.starts_at < window.end,
        )
        .order_by(Stop.starts_at, Stop.id)
    )
    return list(session.scalars(found).unique())


def undoable_stops(now: datetime) -> list[Stop]:
    """Just confirmed: the mails have not left yet."""
    found = (
        select(Stop)
        .options(joinedload(Stop.booking_request, innerjoin=True))
        .where(Stop.state == StopState.CONFIRMED, Stop.undo_until > now)
        .order_by(Stop.confirmed_at.desc(), Stop.id.desc())
    )
    return list(session.scalars(found).unique())


def rooms_for_cube() -> list[Room]:
    """Rooms that take the cube, listed places first, by district and name."""
    found = (
        select(Room)
        .join(Room.venue)
        .where(Room.state == RoomState.PUBLISHED, Room.welcomes_cube.is_(True))
        .order_by(Venue.is_listed.desc(), Venue.district_number, Venue.name, Room.name, Room.id)
    )
    return list(session.scalars(found))


def touring_installations() -> list[Installation]:
    found = select(Installation).where(Installation.retired_at.is_(None))
    return list(session.scalars(found.order_by(Installation.id)))


def playing_performers() -> list[Performer]:
    found = select(Performer).where(Performer.retired_at.is_(None))
    return list(session.scalars(found.order_by(Performer.name, Performer.id)))


def performers_of(resource_ids: Iterable[int]) -> dict[int, Performer]:
    """By resource id."""
    found = select(Performer).where(Performer.resource_id.in_(sorted(set(resource_ids))))
    return {each.resource_id: each for each in session.scalars(found)}


def stop_by_id(stop_id: int) -> Stop | None:
    return session.get(Stop, stop_id)


def request_by_id(request_id: int) -> BookingRequest | None:
    return session.get(BookingRequest, request_id)
