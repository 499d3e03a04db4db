"""Rooms and their claims by the thousand, made by the database itself."""

from datetime import date, time, timedelta
from itertools import cycle, islice

from sqlalchemy import insert, text

from core.db import db, session, transact
from core.resource import Resource, ResourceKind
from tests import builders
from venues.facts import postcodes
from venues.models import OpeningHours, Room, Venue

FIRST_ID = 1_000
OPEN = (time(9), time(22))
LENGTH = 180  # minutes, of each claim
NUMBERS = "WITH RECURSIVE each(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM each WHERE n + 1 < :count)"
MOMENTS = {
    "sqlite": "strftime('%Y-%m-%d %H:%M:%f000', '{first} 17:00', ({minutes}) || ' minutes')",
    "postgresql": "timestamptz '{first} 17:00Z' + ({minutes}) * interval '1 minute'",
}


def many_rooms(count: int) -> None:
    """Rooms of all sizes in all districts, open every day from nine to ten at night."""
    numbers = range(FIRST_ID, FIRST_ID + count)
    places = list(islice(cycle(postcodes().values()), count))
    session.execute(
        insert(Resource), [{"id": n, "kind": ResourceKind.ROOM} for n in numbers]
    )
    session.execute(
        insert(Venue),
        [
            {
                "id": n,
                "name": f"Buurthuis {n}",
                "street": "Voorbeeldstraat",
                "house_number": str(n),
                "postcode": f"{place.pc4} AB",
                "pc4": place.pc4,
                "district_number": place.district.number,
                "created_at": builders.NOW,
            }
            for n, place in zip(numbers, places, strict=True)
        ],
    )
    session.execute(
        insert(Room),
        [
            {
                "id": n,
                "venue_id": n,
                "resource_id": n,
                "name": "Zaal",
                "people": 8 + n % 40,
                "is_step_free": (None, True, True, False)[n % 4],
                "has_kitchen": n % 3 > 0,
                "welcomes_meetings": True,
                "created_at": builders.NOW,
            }
            for n in numbers
        ],
    )
    session.execute(
        insert(OpeningHours),
        [
            {"room_id": n, "weekday": day, "opens_at": OPEN[0], "closes_at": OPEN[1]}
            for n in numbers
            for day in range(7)
        ],
    )
    session.commit()


def many_claims(count: int, rooms: int, first: date, last: date, *, first_id: int = 100_000) -> None:
    """Spread evenly over the rooms of `many_rooms` and over the days; each three hours long."""
    days_apart = max(1, (last - first) // timedelta(days=1) * rooms // count)
    moment = MOMENTS[db.engine.dialect.name]
    slot = f"(n / {rooms}) * {days_apart * 24 * 60}"
    starts_at = moment.format(first=first, minutes=slot).replace(":", r"\:")
    ends_at = moment.format(first=first, minutes=f"{slot} + {LENGTH}").replace(":", r"\:")
    claims = (
        f"{NUMBERS} INSERT INTO claim"
        " (id, resource_id, room_date_id, purpose, starts_at, ends_at)"
        f" SELECT :first_id + n, {FIRST_ID} + n % {rooms}, :date_id, 'meet', {starts_at}, {ends_at}"
        " FROM each"
    )
    given = {"count": count, "first_id": first_id, "date_id": _a_date()}
    session.execute(text(claims), given)
    session.commit()


def _a_date() -> int:
    """Of a booking that all these claims are for: who booked is nothing to the finder."""
    elsewhere = transact(builders.meeting_room, "Elders")
    (date_,) = builders.booked(builders.room_asked(elsewhere)).dates
    return date_.id
