"""Rooms and their claims by the thousand, made by the database itself."""

from datetime import date, time
from itertools import cycle, islice

from sqlalchemy import insert, text

from booking.models import Claim
from core.db import db, session, transact
from core.resource import Resource, ResourceKind
from tests import builders
from venues.facts import Postcode, postcodes
from venues.models import OpeningHours, Room, Venue

FIRST_ROOM, FIRST_CLAIM = 1_000, 100_000  # ids
OPENS, CLOSES = time(9), time(22)
LENGTH = 180  # minutes, of each claim
A_DAY = 24 * 60
SOME_CLAIMS = (
    "WITH RECURSIVE each(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM each WHERE n + 1 < :count)"
    " INSERT INTO claim (id, resource_id, room_date_id, purpose, starts_at, ends_at)"
    " SELECT :first_id + n, :first_room + n % :rooms, :room_date, 'meet', {starts_at}, {ends_at}"
    " FROM each"
)
MOMENTS = {
    "sqlite": "strftime('%Y-%m-%d %H:%M:%f000', '{first} 17:00', ({minutes}) || ' minutes')",
    "postgresql": "timestamptz '{first} 17:00Z' + ({minutes}) * interval '1 minute'",
}


def many_rooms(count: int) -> None:
    """Rooms of all sizes in all districts, open every day from nine to ten at night."""
    places = dict(enumerate(islice(cycle(postcodes().values()), count), FIRST_ROOM))
    session.execute(insert(Resource), [{"id": n, "kind": ResourceKind.ROOM} for n in places])
    session.execute(insert(Venue), [_venue(n, place) for n, place in places.items()])
    session.execute(insert(Room), [_room(n) for n in places])
    session.execute(
        insert(OpeningHours),
        [
            {"room_id": n, "weekday": day, "opens_at": OPENS, "closes_at": CLOSES}
            for n in places
            for day in range(7)
        ],
    )
    session.commit()


def many_claims(count: int, rooms: int, first: date, last: date) -> None:
    """Of all the rooms of `many_rooms` as many, spread evenly over the days."""
    apart = max(1, (last - first).days * rooms // count) * A_DAY
    minutes = f"(n / :rooms) * {apart}"
    moment = MOMENTS[db.engine.dialect.name]
    starts_at = moment.format(first=first, minutes=minutes)
    ends_at = moment.format(first=first, minutes=f"{minutes} + {LENGTH}")
    claims = SOME_CLAIMS.format(starts_at=starts_at, ends_at=ends_at)
    given = {
        "count": count,
        "first_id": FIRST_CLAIM + session.query(Claim).count(),
        "first_room": FIRST_ROOM,
        "rooms": rooms,
        "room_date": _a_date(),
    }
    for masked in ("17:00", "%H:%M:%f"):
        claims = claims.replace(masked, masked.replace(":", r"\:"))
    session.execute(text(claims), given)
    session.commit()


def _venue(number: int, place: Postcode) -> dict[str, object]:
    return {
        "id": number,
        "name": f"Buurthuis {number}",
        "street": "Voorbeeldstraat",
        "house_number": str(number),
        "postcode": f"{place.pc4} AB",
        "pc4": place.pc4,
        "district_number": place.district.number,
        "created_at": builders.NOW,
    }


def _room(number: int) -> dict[str, object]:
    return {
        "id": number,
        "venue_id": number,
        "resource_id": number,
        "name": "Zaal",
        "people": 8 + number % 40,
        "is_step_free": (None, True, True, False)[number % 4],
        "has_kitchen": number % 3 > 0,
        "welcomes_meetings": True,
        "created_at": builders.NOW,
    }


def _a_date() -> int:
    """Of a booking elsewhere that all these claims are for: the finder does not read who booked."""
    elsewhere = transact(builders.meeting_room, "Elders", notice_hours=0, dates_ahead=None)
    (date_,) = builders.booked(builders.room_asked(elsewhere)).dates
    return date_.id
