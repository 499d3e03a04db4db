"""How visitors of a stop are received."""

from booking.models import Stop, StopReception
from booking.rules.reception import Reception, Welcome
from core.db import session
from venues.models import Venue


def agreed_reception(stop_id: int) -> Reception:
    """What was agreed for this stop alone."""
    found = session.get(StopReception, stop_id)
    return found.agreed if found else Reception()


def reception_at_stop(stop: Stop) -> Reception:
    """What holds: where nothing was agreed, as the place says."""
    return agreed_reception(stop.id).at(welcome_of(stop.room.venue))


def welcome_of(venue: Venue) -> Welcome:
    return Welcome(venue.opened_by, venue.waiting_place, venue.coffee, venue.stays_after)
