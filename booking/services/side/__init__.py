"""The side programme: what is offered around a stop, and what becomes of it when that moves.

The request is locked first, then the room, the stop and the item: as when a stop is moved.
"""

from booking.services.side.answering import agree_side, ask_side_change, decline_side
from booking.services.side.following import ask_side_again, cancel_side, keep_side, lose_room
from booking.services.side.items import judge_side
from booking.services.side.proposing import (
    change_side,
    choose_side_again,
    propose_side,
    withdraw_side,
)

__all__ = [
    "agree_side",
    "ask_side_again",
    "ask_side_change",
    "cancel_side",
    "change_side",
    "choose_side_again",
    "decline_side",
    "judge_side",
    "keep_side",
    "lose_room",
    "propose_side",
    "withdraw_side",
]
