"""Rooms to meet in: booking one, answering, changing, waiting, closing.

Read `booking` first: it is how a booking comes to be, and `dates` how one of its dates changes.
"""

from booking.services.reserving.booking import book_room
from booking.services.reserving.closing import end_what_is_hit, who_is_hit
from booking.services.reserving.rechecking import recheck
from booking.services.reserving.waiting import WaitingAsked, join, leave, take_offer
from booking.services.reserving.waiting_clockwork import (
    forget_waiting,
    lapse_waiting,
    offer_waiting,
    take_back_offers,
)

__all__ = [
    "WaitingAsked",
    "book_room",
    "end_what_is_hit",
    "forget_waiting",
    "join",
    "lapse_waiting",
    "leave",
    "offer_waiting",
    "recheck",
    "take_back_offers",
    "take_offer",
    "who_is_hit",
]
