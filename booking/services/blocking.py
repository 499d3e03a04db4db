"""The tour stands still for a while: the block, what becomes of whoever it hits, and the mails that
say so, in one transaction."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from booking.letters import blocks as letters
from booking.models import Block, Stop
from booking.queries.blocks import block_for_update, stop_ids_inside
from booking.queries.hit_by_block import Hit, HitKind, hit_by, offered_in, request_ids_in
from booking.queries.norms import current_norms
from booking.queries.requests import request_for_update
from booking.queries.ways_out import chosen_for
from booking.rules.blocks import BlockDetails, may_block
from booking.rules.lifecycle import DeclineReason
from booking.rules.placement import Chosen
from booking.rules.ways_out import Way, WayOut
from booking.services import claims
from booking.services.deciding import decline, give_option
from booking.services.ranking import release_option
from booking.services.touring import cancel, move
from core import history, submissions
from core.db import session
from core.findings import Refused, blocker, refuse_if
from core.history import Actor

CALLED_OFF_FIRST = (Way.CALL_OFF, Way.LET_GO, Way.OFFER)  # what makes room for the others


def make_block(
    details: BlockDetails,
    chosen: Mapping[str, WayOut],
    *,
    form_token: str,
    by: Actor,
    now: datetime,
) -> Block:
    """`chosen`: for each hit on the list that was seen, by its key, what becomes of it.

    Refused when somebody is hit who was not on it. The requests are locked before the tour, as when
    they are decided about; under the tour lock nobody else can come in between.
    """
    content = {"about": repr(details)}  # once it is done, what was chosen hits nobody any more
    before = submissions.once(form_token, content)
    if before is not None:
        return session.get_one(Block, int(before))
    refuse_if(may_block(details, now))
    for request_id in request_ids_in(chosen):
        request_for_update(request_id)
    claims.lock_tour()
    hits = hit_by(details, now)
    if any(hit.key not in chosen for hit in hits):
        raise Refused([blocker("hit_meanwhile")])
    block = _add(details, by, now)
    done = [_do(hit, chosen[hit.key], details, by, now) for hit in _in_order(hits, chosen)]
    if stop_ids_inside(details.blocked, now):
        raise Refused([blocker("still_inside_block")])
    history.record("blocked", block.subject, by=by, at=now, why=details.reason, done=done)
    submissions.remember(form_token, content, str(block.id), now)
    return block


def lift_block(block_id: int, *, version: int, by: Actor, now: datetime) -> Block:
    """The time is free again. Nothing that was called off comes back by itself."""
    block = block_for_update(block_id)
    if block is None or block.version != version or block.lifted_at is not None:
        raise Refused([blocker("block_changed_meanwhile")])
    claims.lock_tour()
    block.lifted_at = now
    session.flush()
    history.record("block lifted", block.subject, by=by, at=now)
    return block


def _add(details: BlockDetails, by: Actor, now: datetime) -> Block:
    block = Block(
        kind=details.kind,
        resource_id=details.resource_id,
        starts_at=details.starts_at,
        ends_at=details.ends_at,
        reason=details.reason,
        words=details.words,
        made_at=now,
        person_id=by.person_id,
    )
    session.add(block)
    session.flush()
    return block


def _in_order(hits: Iterable[Hit], chosen: Mapping[str, WayOut]) -> list[Hit]:
    return sorted(hits, key=lambda hit: chosen[hit.key].way not in CALLED_OFF_FIRST)


def _do(hit: Hit, out: WayOut, details: BlockDetails, by: Actor, now: datetime) -> dict[str, Any]:
    """One way out, by the same service as when a planner does it alone; what the history keeps."""
    what = {
        "request": hit.request.id,
        "was": hit.wishes[0].key,
        "kind": hit.kind.value,
        "way": out.way.value,
    }
    acts = {
        HitKind.STOP: _stop,
        HitKind.OPTION: _option,
        HitKind.REQUEST: _request,
        HitKind.OFFER: _offer,
    }
    acts[hit.kind](hit, out, details, by, now)
    return what


def _stop(hit: Hit, out: WayOut, details: BlockDetails, by: Actor, now: datetime) -> None:
    stop = hit.stop
    assert stop
    if out.way is Way.CALL_OFF:
        cancel(
            hit.request.id,
            why=details.words,
            alternatives=out.wishes,
            version=None,
            by=by,
            now=now,
        )
        return
    move(
        hit.request.id,
        chosen=_goes_on(stop, out, details),
        why=details.words,
        accepted=out.accepted,
        version=None,
        by=by,
        now=now,
    )


def _goes_on(stop: Stop, out: WayOut, details: BlockDetails) -> Chosen:
    return chosen_for(stop, out, details.blocked, current_norms())


def _option(hit: Hit, out: WayOut, details: BlockDetails, by: Actor, now: datetime) -> None:
    option = hit.request.option
    assert option
    if out.way is Way.LET_GO:
        release_option(hit.request.id, why=details.words, version=None, by=by, now=now)
        return
    give_option(
        hit.request.id,
        chosen=Chosen(option.wish, option.room_id),
        expires_at=option.expires_at,
        accepted=out.accepted,
        version=None,
        by=by,
        now=now,
    )


def _request(hit: Hit, out: WayOut, details: BlockDetails, by: Actor, now: datetime) -> None:
    if out.way is Way.LEAVE:
        return
    decline(
        hit.request.id,
        reason=DeclineReason.NO_TIME,
        words=details.words,
        alternatives=out.wishes,
        version=None,
        by=by,
        now=now,
    )


def _offer(hit: Hit, _out: WayOut, details: BlockDetails, by: Actor, now: datetime) -> None:
    """What was offered cannot be any more: it goes from the page of the asker, who hears it."""
    request = request_for_update(hit.request.id)
    gone = [each for owner, each in offered_in(details.blocked, now) if owner.id == request.id]
    request.alternatives = [each for each in request.alternatives if each not in gone]
    request.touch()
    session.flush()
    moments = [wish.key for wish in hit.wishes]
    history.record("offer dropped", request.subject, by=by, at=now, why=details.words, gone=moments)
    letters.offer_dropped(request, hit.wishes, details.words, now=now)
