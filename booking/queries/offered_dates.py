"""All dates of what somebody wants in a room, with what is free instead where one is taken.

Always the same number of queries, however many dates there are and however many are taken.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from sqlalchemy import or_, select

from booking.queries.rooms import is_lent, load_rooms
from booking.rules.instead import (
    DAYS_AROUND,
    Instead,
    Nearby,
    OfferedDate,
    instead_of,
    offered_date,
    on_other_days,
)
from booking.rules.room_answers import Wanted
from booking.rules.rooms import JudgedDate, judged_series
from booking.rules.walking import walking_minutes
from core.clock import local_date, local_days
from core.db import session
from core.period import Period
from venues.facts import postcodes
from venues.models import Room, Venue
from venues.queries.places import find_rooms
from venues.rules.terms import BookableBy

WITHIN = 30  # minutes on foot
LOOKED_AT = 8  # of the nearest rooms


def offered_dates(
    room: Room, wanted: Wanted, choices: Mapping[date, str], now: datetime
) -> list[OfferedDate]:
    days = wanted.days
    place = load_rooms(_window(wanted, now), [room])[room.id]
    found = judged_series(days, wanted.times, wanted.people, place, now)
    nearby = _nearby(room, found, wanted.people)
    return [
        offered_date(each, wanted.times, _instead(each, wanted, nearby, now), choices)
        for each in found
    ]


def _instead(
    found: JudgedDate, wanted: Wanted, nearby: list[Nearby], now: datetime
) -> list[Instead]:
    same_day = instead_of(found, wanted.people, nearby, now)
    if wanted.recurrence.is_series or found.is_free:
        return same_day
    other_days = on_other_days(found, wanted.times, wanted.people, now, local_date(now))
    room_id = found.place.room_id
    own = [each for each in same_day if each.place.room_id == room_id]
    elsewhere = [each for each in same_day if each.place.room_id != room_id]
    return [*own, *other_days, *elsewhere]


def _window(wanted: Wanted, now: datetime) -> Period:
    """What does not come back may go to another day."""
    days = wanted.days
    if wanted.recurrence.is_series:
        return local_days(days[0], days[-1])
    around, today = timedelta(days=DAYS_AROUND), local_date(now)
    return local_days(min(days[0], max(days[0] - around, today)), days[0] + around)


def _nearby(room: Room, found: list[JudgedDate], people: int) -> list[Nearby]:
    """The nearest rooms that are big enough and for anybody, around the dates that are taken."""
    taken = [each.day for each in found if not each.is_free and each.period]
    if not taken:
        return []
    walking = _nearest(room, people)
    rooms = find_rooms(walking)
    places = load_rooms(local_days(taken[0], taken[-1]), rooms.values())
    return [Nearby(places[room_id], walking[room_id]) for room_id in walking]


def _nearest(room: Room, people: int) -> dict[int, int]:
    """Walking minutes by room id, the nearest first; 0: in the same building."""
    big_enough = or_(Room.people.is_(None), Room.people >= people)
    others = (
        select(Room.id, Room.venue_id, Venue.pc4)
        .join(Room.venue)
        .where(
            is_lent(),
            Room.id != room.id,
            Room.is_outdoors == room.is_outdoors,
            Room.bookable_by == BookableBy.ANYBODY,
            big_enough,
        )
    )
    centres, origin = postcodes(), room.venue.point
    minutes = {
        room_id: 0 if venue_id == room.venue_id else walking_minutes(origin, centres[pc4].centre)
        for room_id, venue_id, pc4 in session.execute(others).tuples()
    }
    near = sorted((m, room_id) for room_id, m in minutes.items() if m <= WITHIN)
    return {room_id: m for m, room_id in near[:LOOKED_AT]}
