"""Rooms to meet in: booking one, answering, changing, waiting, closing.

Read `booking` first: it is how a booking comes to be, and `dates` how one of its dates changes.
"""

from booking.services.reserving.answering import answer_room
from booking.services.reserving.answering_clockwork import expire_room_question, nudge_room_hosts
from booking.services.reserving.booking import book_room

__all__ = [
    "answer_room",
    "book_room",
    "expire_room_question",
    "nudge_room_hosts",
]
