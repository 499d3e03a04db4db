"""After a visit of the cube people go on meeting in a room that is lent."""

from dataclasses import replace
from datetime import datetime, time, timedelta

from sqlalchemy import select

from booking import services
from booking.models import Stop
from booking.queries.rooms import places_for
from booking.rules.asked import Contact
from booking.rules.lifecycle import StopState
from booking.rules.recurrence import Frequency, Recurrence, Times, days
from booking.rules.room_asked import AskedDate, RoomAsked, judge_asked
from core.clock import local_date
from core.db import session
from core.fields import new_form_token
from venues.models import Room

WHERE = "Stadstuin Klopvaart"
WHEN = Times(time(16), time(17, 30))
TIMES = 10


def meet_again(rooms: dict[str, Room], now: datetime) -> None:
    """After the first visit there was, on the dates that are free."""
    played = select(Stop).where(Stop.state == StopState.CONFIRMED, Stop.ends_at <= now)
    stop = session.scalars(played.order_by(Stop.starts_at)).unique().first()
    if stop is None:
        return
    room, at = rooms[WHERE], stop.starts_at - timedelta(days=5)
    asked = _asked(stop, room)
    judged = judge_asked(asked, places_for(asked, {room.id: room}), at)
    free = {each.day for each in judged if each.is_free}
    dates = tuple(each for each in asked.dates if each.day in free)
    if dates:
        services.book_what_continues(
            stop.booking_request_id,
            replace(asked, dates=dates),
            form_token=new_form_token(),
            now=at,
        )


def _asked(stop: Stop, room: Room) -> RoomAsked:
    """Every week, from the week after the visit."""
    request = stop.booking_request
    first = local_date(stop.starts_at) + timedelta(weeks=1)
    weekly = Recurrence(Frequency.WEEKLY, count=TIMES)
    return RoomAsked(
        room_id=room.id,
        first_on=first,
        times=WHEN,
        recurrence=weekly,
        dates=tuple(AskedDate(day, room.id, WHEN) for day in days(first, weekly)),
        people=10,
        purpose="Samen soep koken",
        contact=Contact(
            request.organisation.name,
            request.contact_name,
            request.contact_email,
            request.contact_phone,
        ),
        pc4=room.venue.pc4,
    )
