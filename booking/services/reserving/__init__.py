"""Rooms to meet in: booking one, answering, changing, waiting, closing.

Read `booking` first: it is how a booking comes to be, and `dates` how one of its dates changes.
"""

from booking.services.reserving.answering import answer_room
from booking.services.reserving.answering_clockwork import expire_room_question, nudge_room_hosts
from booking.services.reserving.booking import book_room
from booking.services.reserving.cancelling import cancel_dates
from booking.services.reserving.details import change_details
from booking.services.reserving.forgetting import close_booking_links, forget_bookers
from booking.services.reserving.moving import Wanted, move_dates
from booking.services.reserving.proposals import (
    accept_proposals,
    refuse_proposals,
    take_back_proposals,
)

__all__ = [
    "Wanted",
    "accept_proposals",
    "answer_room",
    "book_room",
    "cancel_dates",
    "change_details",
    "close_booking_links",
    "expire_room_question",
    "forget_bookers",
    "move_dates",
    "nudge_room_hosts",
    "refuse_proposals",
    "take_back_proposals",
]
