"""Rooms to meet in: booking one, answering, changing, waiting, closing.

Read `booking` first: it is how a booking comes to be, and `dates` how one of its dates changes.
"""

from booking.services.reserving.answering import answer_room
from booking.services.reserving.answering_clockwork import expire_room_question, nudge_room_hosts
from booking.services.reserving.booking import book_room
from booking.services.reserving.cancelling import cancel_dates
from booking.services.reserving.closing import end_what_is_hit, who_is_hit
from booking.services.reserving.details import change_details
from booking.services.reserving.forgetting import close_booking_links, forget_bookers
from booking.services.reserving.moving import Wanted, move_dates
from booking.services.reserving.proposals import (
    accept_proposals,
    refuse_proposals,
    take_back_proposals,
)
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
    "Wanted",
    "accept_proposals",
    "answer_room",
    "book_room",
    "cancel_dates",
    "change_details",
    "close_booking_links",
    "end_what_is_hit",
    "expire_room_question",
    "forget_bookers",
    "forget_waiting",
    "join",
    "lapse_waiting",
    "leave",
    "move_dates",
    "nudge_room_hosts",
    "offer_waiting",
    "recheck",
    "refuse_proposals",
    "take_back_offers",
    "take_back_proposals",
    "take_offer",
    "who_is_hit",
]
