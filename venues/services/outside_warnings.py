"""A calendar that cannot be read for a day: its owner is told, once."""

from datetime import datetime

from sqlalchemy import select

from core.db import session
from people.models import Person
from venues.letters import tell_calendar_is_silent
from venues.models import OutsideCalendar, Room, VenueHost
from venues.queries.outside import silent

ROOM_PATH = "/mijn-ruimtes/ruimtes/{}/agendas"


def warn_hosts(now: datetime) -> None:
    """Those of the rooms; who plays is not known here."""
    of_rooms = silent(now).join(Room, Room.resource_id == OutsideCalendar.resource_id)
    for calendar, room in session.execute(of_rooms.add_columns(Room)).tuples().all():
        path = ROOM_PATH.format(room.id)
        for person in _hosts(room):
            tell_calendar_is_silent(calendar, room.full_name, person, path, now)
        calendar.warned_at = now
        session.flush()


def _hosts(room: Room) -> list[Person]:
    of_venue = (
        select(Person)
        .join(VenueHost, VenueHost.person_id == Person.id)
        .where(VenueHost.venue_id == room.venue_id, Person.disabled_at.is_(None))
        .order_by(Person.id)
    )
    return list(session.scalars(of_venue))
