"""What is kept for somebody without a claim: options, and moments offered with a decline."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import joinedload

from booking.models import Alternative, BookingRequest, Installation, Option, Performer, Stop
from booking.queries.plays import has_player
from booking.rules.lifecycle import RequestState, StopState
from booking.rules.tour import Hold
from core.db import session
from core.period import Period
from venues.models import Room

# `Option.ends_by` for a query.
ENDS_BY = case(
    (and_(Option.decide_until.is_not(None), Option.wanted_at.is_(None)), Option.decide_until),
    else_=Option.expires_at,
)


def holds_in(window: Period, now: datetime) -> list[Hold]:
    """Living options and offers with all that each of them keeps; two statements."""
    return [*_options_in(window, now), *_offers_in(window, now)]


def living_options(now: datetime) -> list[Option]:
    """Those that decide now who comes first, in line, with who asked.

    One that ended because its request was confirmed counts until that can no longer be undone:
    nobody is told to move up for ten minutes.
    """
    found = (
        select(Option)
        .join(Option.booking_request)
        .options(joinedload(Option.booking_request, innerjoin=True))
        .where(or_(Option.released_at.is_(None), _comes_back_by_undo(now)))
        .order_by(Option.position)
    )
    return list(session.scalars(found).unique())


def last_position() -> int:
    return session.scalar(select(func.max(Option.position))) or 0


def overtaken_options(now: datetime) -> list[Option]:
    """Living options whose cube, place or performer was given to another, for good."""
    taken = (
        select(Stop.id)
        .where(
            Stop.state == StopState.CONFIRMED,
            Stop.undo_until <= now,
            Stop.stay_starts_at < Option.stay_ends_at,
            Stop.stay_ends_at > Option.stay_starts_at,
            Stop.booking_request_id != Option.booking_request_id,
            or_(
                Stop.installation_id == Option.installation_id,
                Stop.room_id == Option.room_id,
                has_player(Option.performer_id),
            ),
        )
        .correlate(Option)
        .exists()
    )
    found = select(Option).where(Option.released_at.is_(None), taken).order_by(Option.position)
    return list(session.scalars(found))


def _comes_back_by_undo(now: datetime) -> ColumnElement[bool]:
    undoable = (
        select(Stop.id)
        .where(
            Stop.booking_request_id == Option.booking_request_id,
            Stop.state == StopState.CONFIRMED,
            Stop.confirmed_at == Option.released_at,
            Stop.undo_until > now,
        )
        .correlate(Option)
        .exists()
    )
    return and_(BookingRequest.state == RequestState.CONFIRMED, undoable)


def _options_in(window: Period, now: datetime) -> list[Hold]:
    living = (
        select(
            Option.booking_request_id,
            Option.stay_starts_at,
            Option.stay_ends_at,
            ENDS_BY,
            Option.position,
            Installation.resource_id,
            Performer.resource_id,
            Room.resource_id,
        )
        .join(Option.installation)
        .join(Option.performer)
        .join(Option.room)
        .where(
            Option.released_at.is_(None),
            now < ENDS_BY,
            Option.stay_starts_at < window.end,
            Option.stay_ends_at > window.start,
        )
        .order_by(Option.position)
    )
    return [
        Hold(request_id, frozenset(kept), Period(starts_at, ends_at), ends_by, position)
        for request_id, starts_at, ends_at, ends_by, position, *kept in session.execute(living)
    ]


def _offers_in(window: Period, now: datetime) -> list[Hold]:
    offered = (
        select(
            Alternative.booking_request_id,
            Alternative.stay_starts_at,
            Alternative.stay_ends_at,
            Alternative.kept_until,
            Installation.resource_id,
            Performer.resource_id,
            Room.resource_id,
        )
        .join(Installation, Alternative.installation_id == Installation.id)
        .join(Performer, Alternative.performer_id == Performer.id)
        .join(BookingRequest, Alternative.booking_request_id == BookingRequest.id)
        .outerjoin(Room, BookingRequest.room_id == Room.id)
        .where(
            Alternative.kept_until > now,
            Alternative.stay_starts_at < window.end,
            Alternative.stay_ends_at > window.start,
        )
        .order_by(Alternative.id)
    )
    return [_offer(*row) for row in session.execute(offered)]


def _offer(
    request_id: int, starts_at: datetime, ends_at: datetime, until: datetime, *kept: int | None
) -> Hold:
    resource_ids = frozenset(each for each in kept if each is not None)
    return Hold(request_id, resource_ids, Period(starts_at, ends_at), until, is_offer=True)
