"""Proposing something around a stop, changing it, and taking it back."""

from dataclasses import asdict, replace
from datetime import datetime

from booking.letters import side as letters
from booking.models import Invitation, SideItem
from booking.queries.requests import request_for_update
from booking.queries.side import open_of_asker
from booking.rules.side import (
    MOST_MAILED,
    ProposedBy,
    SideAction,
    SideMoment,
    SideOffer,
    SideState,
    may_act,
    may_add,
    may_propose,
)
from booking.services.side.items import (
    going_stop,
    item_for_update,
    judge_side,
    record,
    release_room,
)
from core import links, rate_limit, submissions
from core.db import session
from core.findings import Finding, blocker, refuse_if
from core.history import Actor


def propose_side(
    request_id: int,
    offer: SideOffer,
    *,
    proposed_by: ProposedBy = ProposedBy.THEATRE,
    form_token: str,
    by: Actor,
    now: datetime,
) -> SideItem:
    """Nothing is claimed yet: the theatre says yes or no."""
    content = {"request": request_id, **asdict(offer)}
    before = submissions.once(form_token, content)
    if before is not None:
        return session.get_one(SideItem, int(before))
    stop = going_stop(request_for_update(request_id))
    refuse_if(may_add(stop.undo_until, now))
    if proposed_by is ProposedBy.ASKER:
        refuse_if([*may_propose(open_of_asker(stop.id)), *_too_often(offer.email, now)])
    refuse_if(judge_side(offer.moment, stop, now))
    item = SideItem(
        stop=stop,
        invitation=Invitation.begin(now),
        proposed_by=proposed_by,
        offer=offer,
        made_at=now,
    )
    session.add(item)
    session.flush()
    record("side proposed", item, by, now)
    letters.proposed(item, now=now)
    submissions.remember(form_token, content, str(item.id), now)
    return item


def change_side(
    item_id: int, offer: SideOffer, *, version: int | None, by: Actor, now: datetime
) -> SideItem:
    """All of it, by the organisation that proposed it; the theatre decides again."""
    item = item_for_update(item_id, version)
    refuse_if(may_act(SideAction.CHOOSE, item.state))
    refuse_if(judge_side(offer.moment, going_stop(item.stop.booking_request), now))
    was = item.offer
    if was.email != offer.email:
        refuse_if(_too_often(offer.email, now))
        links.revoke(*item.subject, now)
        letters.replaced(item, now=now)
    _offer_anew(item, offer)
    record("side changed", item, by, now, was=was)
    letters.changed(item, now=now)
    return item


def choose_side_again(
    item_id: int,
    moment: SideMoment,
    *,
    language: str,
    version: int | None,
    by: Actor,
    now: datetime,
) -> SideItem:
    """The partner takes another moment or place; the theatre decides again. From now on the
    partner is written to in the language of the page."""
    item = item_for_update(item_id, version)
    refuse_if(may_act(SideAction.CHOOSE, item.state))
    refuse_if(judge_side(moment, going_stop(item.stop.booking_request), now))
    was = item.offer
    _offer_anew(item, replace(was, moment=moment, language=language))
    record("side changed", item, by, now, was=was)
    letters.changed(item, now=now)
    return item


def withdraw_side(
    item_id: int, *, words: str, version: int | None, by: Actor, now: datetime
) -> SideItem:
    """By who proposed it, the partner or the theatre; its room is free again."""
    item = item_for_update(item_id, version)
    refuse_if(may_act(SideAction.WITHDRAW, item.state))
    was_agreed = item.is_agreed
    item.state, item.reply = SideState.WITHDRAWN, words
    if was_agreed:
        release_room(item, now)
    session.flush()
    record("side withdrawn", item, by, now, why=words)
    letters.withdrawn(item, words, was_agreed=was_agreed, now=now)
    return item


def _too_often(email: str, now: datetime) -> list[Finding]:
    """Nobody is to be mailed again and again by somebody they may not know."""
    key = rate_limit.address_key(email)
    within = rate_limit.allowed("side_partner", key, MOST_MAILED, rate_limit.A_DAY, now)
    return [] if within else [blocker("side_mailed_enough", most=MOST_MAILED)]


def _offer_anew(item: SideItem, offer: SideOffer) -> None:
    item.offer, item.state, item.reply = offer, SideState.PROPOSED, ""
    session.flush()
    session.refresh(item, ["room"])
