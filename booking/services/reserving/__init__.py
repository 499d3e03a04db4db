"""Rooms to meet in: booking one, answering, changing, waiting, closing.

Read `booking` first: it is how a booking comes to be, and `dates` how one of its dates changes.
"""

from booking.services.reserving.booking import book_room
from booking.services.reserving.closing import end_what_is_hit, who_is_hit
from booking.services.reserving.rechecking import recheck

__all__ = ["book_room", "end_what_is_hit", "recheck", "who_is_hit"]
