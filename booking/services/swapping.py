"""Performers among each other: ask a colleague to play some encounters, answer, take it back.

Reasons stay between the two. A planner reads that it was swapped, and no more.
"""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select, update

from booking.letters import swapping as letters
from booking.models import Performer, Stop, SwapEncounter, SwapRequest
from booking.queries.casting import cast_with, see_cast
from booking.queries.swapping import find_swap, own_encounters, swap_for_update
from booking.rules.swapping import SwapAnswer, may_answer, may_offer
from booking.services.casting import lock_cast, recast
from core import history, submissions
from core.db import session
from core.findings import Refused, blocker, blockers, refuse_if
from core.history import Actor


def ask_swap(
    stop_id: int,
    numbers: Collection[int],
    *,
    asker_id: int,
    colleague_id: int,
    words: str = "",
    form_token: str,
    now: datetime,
) -> SwapRequest:
    """By mail, with a key to a page to answer on. Why a colleague cannot is not said."""
    content = {"stop": stop_id, "who": [*sorted(numbers), colleague_id], "words": words}
    before = submissions.once(form_token, content)
    if before is not None:
        return session.get_one(SwapRequest, int(before))
    _request, stop = lock_cast(stop_id, None, now)
    asker, colleague = _performer(asker_id), _performer(colleague_id)
    own = own_encounters(stop, asker)
    refuse_if(may_offer(numbers, [each.number for each in own], stop.starts_at, now))
    wanted = cast_with(stop, numbers, colleague.resource_id)
    if blockers(see_cast(stop, wanted, now).said):
        raise Refused([blocker("swap_cannot", name=colleague.name)])
    swap = SwapRequest(
        stop=stop,
        asker=asker,
        colleague=colleague,
        words=words,
        made_at=now,
        offered=[
            SwapEncounter(encounter=each, starts_at=each.starts_at)
            for each in own
            if each.number in numbers
        ],
    )
    session.add(swap)
    session.flush()
    history.record("swap asked", swap.subject, by=_actor(asker), at=now)
    submissions.remember(form_token, content, str(swap.id), now)
    letters.asked(swap, now=now)
    return swap


def answer_swap(
    swap_id: int, *, says_yes: bool, accepted: Collection[str] = (), now: datetime
) -> SwapRequest:
    """Judged again at this moment. `accepted`: the concerns that stood on the page."""
    swap, stop = _locked(swap_id, now)
    by = _actor(swap.colleague)
    if says_yes:
        cast = cast_with(stop, swap.numbers, swap.colleague.resource_id)
        request = stop.booking_request
        recast(request, stop, cast, accepted=accepted, by=by, now=now, action="swapped")
    _end(swap, SwapAnswer.YES if says_yes else SwapAnswer.NO, by, now)
    letters.answered(swap, now=now)
    return swap


def take_swap_back(swap_id: int, *, asker_id: int, now: datetime) -> SwapRequest:
    """Only by who asked."""
    swap, _stop = _locked(swap_id, now)
    if swap.asker_id != asker_id:
        raise Refused([blocker("swap_over")])
    _end(swap, SwapAnswer.BACK, _actor(swap.asker), now)
    letters.taken_back(swap, now=now)
    return swap


def forget_swap_words(*, now: datetime) -> None:
    """Of requests that nobody answered, when their stop is over."""
    over = select(Stop.id).where(Stop.ends_at < now)
    session.execute(
        update(SwapRequest)
        .where(SwapRequest.words != "", SwapRequest.stop_id.in_(over))
        .values(words="")
    )


def _locked(swap_id: int, now: datetime) -> tuple[SwapRequest, Stop]:
    """The stop first, as when a planner decides who plays; an open request, or Refused."""
    found = find_swap(swap_id)
    if found is None:
        raise Refused([blocker("swap_over")])
    _request, stop = lock_cast(found.stop_id, None, now)
    swap = swap_for_update(swap_id)
    assert swap
    refuse_if(may_answer(swap.state_at(now)))
    return swap, stop


def _end(swap: SwapRequest, answer: SwapAnswer, by: Actor, now: datetime) -> None:
    swap.answer, swap.answered_at, swap.words = answer, now, ""
    session.flush()
    history.record(f"swap {answer.value}", swap.subject, by=by, at=now)


def _performer(performer_id: int) -> Performer:
    found = session.get(Performer, performer_id)
    if found is None or found.retired_at is not None or found.person is None:
        raise Refused([blocker("performer_does_not_play")])
    return found


def _actor(performer: Performer) -> Actor:
    return Actor.person(performer.person_id) if performer.person_id else history.COMMAND
