"""Encounters and their seats."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import exists, func, select

from booking.models import Encounter, Seat, SeatBooking, Stop
from booking.rules.encounters import SEATS, Holder, Seating
from booking.rules.lifecycle import StopState
from core.db import session

REMINDED_BEFORE = timedelta(hours=26)


def encounters_of(stop_id: int) -> list[Encounter]:
    """Those that are played, in order, with their seats. Two statements."""
    found = (
        select(Encounter)
        .where(Encounter.stop_id == stop_id, Encounter.dropped_at.is_(None))
        .order_by(Encounter.number)
    )
    return list(session.scalars(found))


def seatings_to_come(stop_id: int, now: datetime) -> list[Seating]:
    return [each.seating for each in encounters_of(stop_id) if each.starts_at > now]


def find_seat_booking(booking_id: int) -> SeatBooking | None:
    return session.get(SeatBooking, booking_id)


def find_held_seat(seat_id: int) -> Seat | None:
    """As long as the organisation keeps it, at an encounter that is played."""
    found = (
        select(Seat)
        .join(Seat.encounter)
        .where(
            Seat.id == seat_id,
            Seat.holder == Holder.ORGANISATION,
            Seat.released_at.is_(None),
            Encounter.dropped_at.is_(None),
        )
    )
    return session.scalars(found).one_or_none()


def lock_encounters(encounter_ids: Sequence[int]) -> dict[int, Encounter]:
    """Nobody else takes or gives back seats of these until this transaction ends. By id."""
    locked = (
        select(Encounter)
        .where(Encounter.id.in_(sorted(set(encounter_ids))))
        .order_by(Encounter.id)
        .with_for_update(of=Encounter)
        .execution_options(populate_existing=True)
    )
    return {each.id: each for each in session.scalars(locked).unique()}


def stops_without_encounters(now: datetime) -> list[Stop]:
    """Confirmed stops to come that nobody can take a seat at yet."""
    planned = exists().where(Encounter.stop_id == Stop.id)
    found = (
        select(Stop)
        .where(Stop.state == StopState.CONFIRMED, Stop.starts_at > now, ~planned)
        .order_by(Stop.id)
    )
    return list(session.scalars(found))


def visitors_to_remind(now: datetime) -> list[SeatBooking]:
    """Whoever left an e-mail address and comes within about a day."""
    found = (
        select(SeatBooking)
        .join(SeatBooking.encounter)
        .where(
            SeatBooking.email != "",
            SeatBooking.cancelled_at.is_(None),
            SeatBooking.reminded_at.is_(None),
            SeatBooking.created_at < now - timedelta(hours=1),
            Encounter.starts_at > now,
            Encounter.starts_at <= now + REMINDED_BEFORE,
        )
        .order_by(SeatBooking.id)
    )
    return list(session.scalars(found))


def visits_to_forget(ended_before: datetime) -> list[SeatBooking]:
    """With an address that nobody needs any more."""
    found = (
        select(SeatBooking)
        .join(SeatBooking.encounter)
        .where(
            (SeatBooking.email != "") | (SeatBooking.phone != ""),
            Encounter.ends_at < ended_before,
        )
        .order_by(SeatBooking.id)
    )
    return list(session.scalars(found))


def seats_taken(stop_id: int) -> tuple[int, int]:
    """How many seats of a stop are taken, and how many there are at all."""
    played = select(Encounter.id).where(
        Encounter.stop_id == stop_id, Encounter.dropped_at.is_(None)
    )
    taken = select(func.count()).where(Seat.encounter_id.in_(played), Seat.released_at.is_(None))
    every = select(func.count()).select_from(played.subquery())
    return session.scalar(taken) or 0, SEATS * (session.scalar(every) or 0)
