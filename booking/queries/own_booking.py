"""What the asker could have instead. Always the same number of queries, however many dates."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import lazyload

from booking.models import RoomBooking, RoomDate
from booking.queries.rooms import asker_of, is_lent, load_rooms
from booking.rules.room_changes import Change, JudgedChange, Stands, judge_change
from booking.rules.rooms import Meeting, asker_findings, room_findings
from booking.rules.walking import walking_minutes
from core.clock import local_days
from core.db import session
from core.findings import Finding
from core.period import hull
from venues.models import Room

WITHIN = 20  # minutes on foot
AT_MOST = 8


def judge_dates(
    booking: RoomBooking,
    dates: Sequence[RoomDate],
    change: Change,
    room: Room | None,
    now: datetime,
) -> list[JudgedChange]:
    """What would become of each, in order. `room` None: each stays in the room it has."""
    days = [change.day_of(date.period) for date in dates]
    rooms = {each.id: each for each in ([room] if room else [date.room for date in dates])}
    places = load_rooms(
        local_days(min(days), max(days)),
        rooms.values(),
        without_dates=[date.id for date in dates],
    )
    return [
        judge_change(stands(date), change, places[(room or date.room).id], booking.people, now)
        for date in dates
    ]


def proposal_findings(
    booking: RoomBooking, dates: Sequence[RoomDate], now: datetime
) -> list[tuple[RoomDate, list[Finding]]]:
    """What there is against what is proposed for each, now."""
    if not dates:
        return []
    proposed = [(date, date.proposed or date.period) for date in dates]
    window = hull(period for _date, period in proposed)
    rooms = {date.room.id: date.room for date in dates}
    places = load_rooms(window, rooms.values(), without_dates=[date.id for date in dates])
    return [
        (date, room_findings(Meeting(period, booking.people), places[date.room.id], now))
        for date, period in proposed
    ]


def stands(date: RoomDate) -> Stands:
    return Stands(date.id, date.period, date.room.id, date.state)


def against_asker(
    booking: RoomBooking, dates: Iterable[RoomDate], room: Room, now: datetime
) -> list[Finding]:
    """What the terms of a room say that somebody comes to from another one."""
    coming = sum(date.room is not room for date in dates)
    if not coming:
        return []
    place = load_rooms(booking.dates[0].period, [room])[room.id]
    asker = asker_of(booking.contact_email, booking.pc4, room, now)
    return asker_findings(asker, coming, place)


def rooms_instead(room: Room, people: int) -> list[tuple[Room, int]]:
    """Rooms within slipper distance that are large enough, with the minutes on foot. One query."""
    lent = (
        select(Room)
        .join(Room.venue)
        .where(is_lent(), Room.id != room.id)
        .options(lazyload(Room.opening_hours))
    )
    found = [
        (other, walking_minutes(room.venue.point, other.venue.point))
        for other in session.scalars(lent)
        if other.people is None or other.people >= people
    ]
    near = [each for each in found if each[1] <= WITHIN]
    return sorted(near, key=lambda each: (each[1], each[0].full_name))[:AT_MOST]
