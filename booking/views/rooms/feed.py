"""/ruimtes/<id>.ics: when a room is taken, for in somebody's own calendar. Never who is there."""

from datetime import timedelta

from flask import Response, abort, make_response, request

from booking import feeds
from booking.queries.rooms import load_rooms
from booking.rules.rooms import HORIZON
from booking.views.rooms.blueprint import bp
from booking.views.rooms.loading import find_shown
from core import clock
from core.clock import local_date, local_days
from core.period import merged
from people.access import public

BACK = timedelta(days=7)
MAX_AGE = 300  # seconds


@bp.get("/ruimtes/<int:room_id>.ics")
@public
def feed(room_id: int) -> Response:
    """Unchanged since the last time: no more than that is sent."""
    found = find_shown(room_id) or abort(404)
    today = local_date(clock.utcnow())
    place = load_rooms(local_days(today - BACK, today + HORIZON), [found])[found.id]
    busy = merged((*place.taken, *place.outside, *place.closures))
    response = make_response(feeds.room_busy(found, busy))
    response.headers["Content-Type"] = "text/calendar; charset=utf-8"
    response.headers["Content-Disposition"] = f'inline; filename="ruimte-{found.id}.ics"'
    response.cache_control.public = True
    response.cache_control.max_age = MAX_AGE
    response.add_etag()
    response.make_conditional(request)
    return response
