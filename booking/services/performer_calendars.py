"""A performer's own calendar cannot be read for a day: he is told, once."""

from datetime import datetime

from booking.models import Performer
from core.db import session
from venues.letters import tell_calendar_is_silent
from venues.models import OutsideCalendar
from venues.queries.outside import silent

PATH = "/mijn-speelbeurten/agendas"


def warn_performers(*, now: datetime) -> None:
    of_performers = silent(now).join(
        Performer, Performer.resource_id == OutsideCalendar.resource_id
    )
    rows = session.execute(of_performers.add_columns(Performer)).tuples().all()
    for calendar, performer in rows:
        if performer.person and performer.person.disabled_at is None:
            tell_calendar_is_silent(calendar, performer.name, performer.person, PATH, now)
        calendar.warned_at = now
        session.flush()
