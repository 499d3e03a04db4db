"""What the theatre says to something around a stop: yes, no, or not like this."""

from collections.abc import Collection
from datetime import datetime

from booking.letters import side as letters
from booking.models import SideItem
from booking.rules.side import SideAction, SideState, may_act
from booking.services.side.items import (
    changed,
    claim_room,
    going_stop,
    item_for_update,
    judge_side,
    record,
)
from core.db import session
from core.findings import Refused, concerns, refuse_if
from core.history import Actor


def agree_side(
    item_id: int, *, accepted: Collection[str], version: int | None, by: Actor, now: datetime
) -> SideItem:
    """Yes: its room is claimed, the partner gets an invitation, and everybody can read it."""
    item = item_for_update(item_id, version, with_room=True)
    refuse_if(may_act(SideAction.ANSWER, item.state))
    stop = going_stop(item.stop.booking_request)
    found = judge_side(item.moment, stop, now)
    refuse_if(found)
    unaccepted = [each for each in concerns(found) if each.code not in accepted]
    if unaccepted:
        raise Refused(unaccepted)
    claim_room(item)
    changed(stop.id, now)
    item.state, item.reply = SideState.AGREED, ""
    session.flush()
    record("side agreed", item, by, now)
    letters.agreed(item, now=now)
    return item


def decline_side(
    item_id: int, *, words: str, version: int | None, by: Actor, now: datetime
) -> SideItem:
    item = _answered(item_id, SideState.DECLINED, words, version)
    record("side declined", item, by, now, why=words)
    letters.declined(item, words, now=now)
    return item


def ask_side_change(
    item_id: int, *, words: str, version: int | None, by: Actor, now: datetime
) -> SideItem:
    """Not like this: who proposed it reads what would fit, and proposes again."""
    item = _answered(item_id, SideState.TO_CHANGE, words, version)
    record("side asked to change", item, by, now, why=words)
    letters.asked_to_change(item, words, now=now)
    return item


def _answered(item_id: int, state: SideState, words: str, version: int | None) -> SideItem:
    item = item_for_update(item_id, version)
    refuse_if(may_act(SideAction.ANSWER, item.state))
    item.state, item.reply = state, words
    session.flush()
    return item
