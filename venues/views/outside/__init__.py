"""The pages about calendars kept elsewhere: those of rooms, and what all owners share.

Who plays is known to booking only, so `booking.views.performer_calendars` adds the pages of
performers to this blueprint.
"""

from venues.views.outside import rooms
from venues.views.outside.blueprint import bp

__all__ = ["bp", "rooms"]
