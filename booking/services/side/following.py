"""What is around a stop follows it, and follows the rooms it is in."""

from datetime import datetime

from booking.letters import side as letters
from booking.letters import side_rooms
from booking.models import SideItem, Stop
from booking.queries.side import agreed_items, side_items
from booking.rules.side import LIVE, SideState
from booking.services.side.items import claim_room, lock_item, record, release_room
from core.db import session
from core.history import Actor
from venues.rules.hits import Hit


def keep_side(stop: Stop) -> None:
    """The stop stays where and when it is; its claims were renewed, so are those of its rooms."""
    for item in agreed_items(stop.id):
        claim_room(item)


def ask_side_again(stop: Stop, why: str, now: datetime) -> None:
    """The stop moved, its claims are released: what was around it needs another moment."""
    _end_all(stop, SideState.AGAIN, why, now)


def cancel_side(stop: Stop, why: str, now: datetime) -> None:
    _end_all(stop, SideState.CANCELLED, why, now)


def lose_room(item_id: int, hit: Hit, words: str, *, by: Actor, now: datetime) -> None:
    """Its room cannot be had any more: another moment or place is needed.

    Called with the room locked, so without its request: who has that may be waiting for the room.
    """
    item = lock_item(session.get_one(SideItem, item_id))
    if not item.is_agreed:
        return
    release_room(item, now)
    item.state, item.reply = SideState.AGAIN, words
    session.flush()
    record("side lost its room", item, by, now, why=words)
    side_rooms.room_lost(item, hit, words, now=now)


def _end_all(stop: Stop, state: SideState, why: str, now: datetime) -> None:
    for item in side_items(stop.id):
        if item.state in LIVE:
            was_agreed, item.state, item.reply = item.is_agreed, state, why
            session.flush()
            letters.stop_changed(item, why, was_agreed=was_agreed, now=now)
