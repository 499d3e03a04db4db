"""Rooms where the cube is welcome and can stand, from near to far."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import lazyload

from booking.models import BookingRequest
from booking.queries.tour import load_tour
from booking.rules.consent import ConsentState
from booking.rules.norms import Wish
from booking.rules.placement import Wanted, best
from booking.rules.walking import walking_minutes
from core.db import session
from core.geography import Point
from core.period import hull
from venues.facts import postcodes
from venues.fitting import Fit, fit_of
from venues.models import Room, RoomState, Venue

WITHIN = 30  # minutes on foot, for who has no place yet
FURTHER = 60  # for who loses one
AT_MOST = 6
ANSWERS = ("fits", "if", "unknown")  # the surest first
JUDGED = 12  # how many of the nearest are looked at for a free moment


@dataclass(frozen=True, slots=True)
class NearRoom:
    """`walking` is in minutes from where the asker is."""

    room: Room
    walking: int
    fit: Fit


@dataclass(frozen=True, slots=True)
class FreeRoom:
    """A room nearby that can have the cube at `wishes`, which were asked for another one."""

    room: Room
    walking: int
    fit: Fit
    wishes: tuple[Wish, ...]


def cube_rooms() -> list[Room]:
    """All listed rooms where the cube is welcome, by district and name. One query."""
    return list(session.scalars(_welcoming().order_by(Venue.district_number, Venue.name, Room.id)))


def rooms_near(
    origin: Point,
    *,
    within: int = WITHIN,
    at_most: int = AT_MOST,
    without: Collection[int] = (),
) -> list[NearRoom]:
    """Where it fits, or may fit; nearest first. One query."""
    near = {
        pc4: minutes
        for pc4, postcode in postcodes().items()
        if (minutes := walking_minutes(origin, postcode.centre)) <= within
    }
    found = _welcoming().where(Venue.pc4.in_(near), Room.id.not_in(list(without)))
    rooms = [
        NearRoom(room, near[room.venue.pc4], fit)
        for room in session.scalars(found)
        if not (fit := fit_of(room)).is_no
    ]
    return sorted(rooms, key=_nearest_and_surest)[:at_most]


def free_rooms_near(request: BookingRequest, now: datetime, at_most: int = 3) -> list[FreeRoom]:
    """Other rooms that are free at moments that were asked. Always the same number of queries."""
    without = {each.room_id for each in request.consents if each.state is ConsentState.NO}
    if request.room_id:
        without.add(request.room_id)
    near = rooms_near(asked_near(request), within=FURTHER, at_most=JUDGED, without=without)
    wishes = [choice.wish for choice in request.choices]
    tour = load_tour(now, hull(w.window for w in wishes), [each.room.id for each in near])
    found = []
    for each in near:
        place = tour.places[each.room.id]
        placed = [best(Wanted(place, wish, request.visitors, request.id), tour) for wish in wishes]
        free = tuple(p.wish for p in placed if p and p.is_possible)
        if free:
            found.append(FreeRoom(each.room, each.walking, each.fit, free))
    return found[:at_most]


def asked_near(request: BookingRequest) -> Point:
    """The place that was asked, else one that was asked before, else somewhere in the district."""
    if request.room:
        return request.room.venue.point
    if request.consents:
        return request.consents[-1].room.venue.point
    district = request.district_number
    return next(p.centre for p in postcodes().values() if p.district.number == district)


def _welcoming() -> Select[tuple[Room]]:
    return (
        select(Room)
        .join(Room.venue)
        .where(Venue.is_listed, Room.state == RoomState.PUBLISHED, Room.welcomes_cube)
        .options(lazyload(Room.opening_hours))
    )


def _nearest_and_surest(near: NearRoom) -> tuple[int, int, str, int]:
    return near.walking, ANSWERS.index(near.fit.answer), near.room.full_name, near.room.id
