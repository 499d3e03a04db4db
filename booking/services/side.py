"""The side programme: what partners offer around a stop, and what becomes of it when that moves.

The request is locked first, then the room: as when a stop is moved.
"""

from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime

from booking.letters import side as letters
from booking.models import BookingRequest, Invitation, SideItem, Stop
from booking.queries.requests import request_for_update
from booking.queries.rooms import load_rooms
from booking.queries.side import agreed_items, side_item_by_id, side_items
from booking.rules.rooms import Meeting, room_findings
from booking.rules.side import (
    LIVE,
    SideAction,
    SideMoment,
    SideOffer,
    SideState,
    may_act,
    may_add,
    moment_findings,
)
from booking.services import claims
from core import history, submissions
from core.db import session
from core.findings import Finding, Refused, blocker, concern, concerns, heaviest_first, refuse_if
from core.history import Actor
from venues.models import Room


def judge_side(wanted: SideMoment, stop: Stop, now: datetime) -> list[Finding]:
    """All there is to say about this moment at this place."""
    found = moment_findings(wanted, stop.stay, now)
    if wanted.room_id is not None:
        found += _room_findings(wanted, wanted.room_id, now)
    return heaviest_first(found)


def propose_side(
    request_id: int, offer: SideOffer, *, form_token: str, by: Actor, now: datetime
) -> SideItem:
    """Nothing is claimed yet: the theatre says yes or no."""
    content = asdict(offer)
    before = submissions.once(form_token, content)
    if before is not None:
        return session.get_one(SideItem, int(before))
    stop = _going_stop(request_for_update(request_id))
    refuse_if(may_add(stop.undo_until, now))
    refuse_if(judge_side(offer.moment, stop, now))
    item = SideItem(
        stop=stop,
        invitation=Invitation.begin(now),
        title=offer.title,
        text=offer.text,
        partner=offer.partner,
        email=offer.email,
        phone=offer.phone,
        moment=offer.moment,
        made_at=now,
    )
    session.add(item)
    session.flush()
    _recorded("side proposed", item, by, now)
    letters.proposed(item, now=now)
    submissions.remember(form_token, content, str(item.id), now)
    return item


def choose_side_again(
    item_id: int, moment: SideMoment, *, version: int | None, by: Actor, now: datetime
) -> SideItem:
    """The partner takes another moment or place; the theatre decides again."""
    item = _item_for_update(item_id, version)
    refuse_if(may_act(SideAction.CHOOSE, item.state))
    refuse_if(judge_side(moment, _going_stop(item.stop.booking_request), now))
    item.moment, item.state = moment, SideState.PROPOSED
    session.flush()
    session.refresh(item, ["room"])
    _recorded("side proposed", item, by, now)
    letters.chosen_again(item, now=now)
    return item


def agree_side(
    item_id: int, *, accepted: Collection[str], version: int | None, by: Actor, now: datetime
) -> SideItem:
    """Yes: its room is claimed, the partner gets an invitation, and everybody can read it."""
    item = _item_for_update(item_id, version)
    refuse_if(may_act(SideAction.ANSWER, item.state))
    stop = _going_stop(item.stop.booking_request)
    if item.room_id:
        claims.lock_rooms([item.room_id])
    found = judge_side(item.moment, stop, now)
    refuse_if(found)
    unaccepted = [each for each in concerns(found) if each.code not in accepted]
    if unaccepted:
        raise Refused(unaccepted)
    _claim_room(item)
    item.state, stop.changed_at = SideState.AGREED, now
    session.flush()
    _recorded("side agreed", item, by, now)
    letters.agreed(item, now=now)
    return item


def decline_side(
    item_id: int, *, words: str, version: int | None, by: Actor, now: datetime
) -> SideItem:
    item = _item_for_update(item_id, version)
    refuse_if(may_act(SideAction.ANSWER, item.state))
    item.state = SideState.DECLINED
    session.flush()
    _recorded("side declined", item, by, now, why=words)
    letters.declined(item, words, now=now)
    return item


def withdraw_side(
    item_id: int, *, words: str, version: int | None, by: Actor, now: datetime
) -> SideItem:
    """By the partner or the theatre; its room is free again."""
    item = _item_for_update(item_id, version)
    refuse_if(may_act(SideAction.WITHDRAW, item.state))
    was_agreed, item.state = item.is_agreed, SideState.WITHDRAWN
    if was_agreed:
        claims.release_side(item.stop_id, item.room, item.period, now)
        item.stop.changed_at = now
    session.flush()
    _recorded("side withdrawn", item, by, now, why=words)
    letters.withdrawn(item, words, was_agreed=was_agreed, now=now)
    return item


def keep_side(stop: Stop) -> None:
    """The stop stays where and when it is; its claims were renewed, so are those of its rooms."""
    for item in agreed_items(stop.id):
        _claim_room(item)


def ask_side_again(stop: Stop, why: str, now: datetime) -> None:
    """The stop moved, its claims are released: what was around it needs another moment."""
    _end_all(stop, SideState.AGAIN, why, now)


def cancel_side(stop: Stop, why: str, now: datetime) -> None:
    _end_all(stop, SideState.CANCELLED, why, now)


def _end_all(stop: Stop, state: SideState, why: str, now: datetime) -> None:
    for item in side_items(stop.id):
        if item.state in LIVE:
            was_agreed, item.state = item.is_agreed, state
            session.flush()
            letters.stop_changed(item, why, was_agreed=was_agreed, now=now)


def _claim_room(item: SideItem) -> None:
    if item.room:
        claims.claim_side(item.stop_id, item.room, item.period)


def _room_findings(wanted: SideMoment, room_id: int, now: datetime) -> list[Finding]:
    room = session.get(Room, room_id)
    if room is None:
        return [blocker("no_such_room")]
    place = load_rooms(wanted.period, [room])[room_id]
    found = room_findings(Meeting(wanted.period, wanted.people), place, now)
    if not room.terms.confirms_at_once:
        found.append(concern("side_room_asks_host", place=room.full_name))
    return found


def _item_for_update(item_id: int, version: int | None) -> SideItem:
    found = side_item_by_id(item_id)
    if found is None:
        raise Refused([blocker("side_changed_meanwhile")])
    request_for_update(found.stop.booking_request_id)
    session.refresh(found)
    if version is not None and found.version != version:
        raise Refused([blocker("side_changed_meanwhile")])
    return found


def _going_stop(request: BookingRequest) -> Stop:
    if request.stop is None or not request.stop.is_confirmed:
        raise Refused([blocker("no_stop")])
    return request.stop


def _recorded(action: str, item: SideItem, by: Actor, now: datetime, why: str = "") -> None:
    request = item.stop.booking_request
    history.record(action, request.subject, by=by, at=now, why=why, place=item.title)
