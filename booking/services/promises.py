"""The theatre says by when it will answer, and keeps to it when the days of a moment change.

Whoever calls holds the lock on the row of the request, or has just made it.
"""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import update

from booking.letters import promises as letters
from booking.models import BookingRequest
from booking.queries.moments import Days, intakes_for, undecided_on
from booking.queries.norms import current_norms
from booking.queries.requests import request_for_update
from booking.rules.lifecycle import RequestState
from booking.rules.promises import promise
from core import history
from core.clock import local_date
from core.db import session
from core.history import Actor


def promise_answer(request: BookingRequest, now: datetime) -> None:
    """Anew; the theatre is reminded of it once."""
    request.answer_until, request.nudged_at = _promised(request, None, now), None


def follow_intakes(changed: Iterable[Days], *, why: str, by: Actor, now: datetime) -> int:
    """What waits on days of which the intake changed. Returns how many hear later than promised.

    Who hears later is told so, once for each date; an earlier answer needs no letter.
    """
    later = 0
    for request_id in undecided_on(changed):
        request = request_for_update(request_id)
        if request.state is RequestState.SUBMITTED:
            later += _promise_again(request, why, by, now)
    return later


def _promise_again(request: BookingRequest, why: str, by: Actor, now: datetime) -> bool:
    before = request.answer_until
    until = _promised(request, before, now)
    if before is None or until == before:
        return False
    # Past the version that forms carry: nothing that is decided by has changed.
    kept = update(BookingRequest).where(BookingRequest.id == request.id)
    session.execute(kept.values(answer_until=until, nudged_at=None))
    dates = [before.isoformat(), until.isoformat()]
    history.record("promise moved", request.subject, by=by, at=now, why=why, promised=dates)
    if until > before:
        letters.heard_later(request, before, now=now)
    return until > before


def _promised(request: BookingRequest, before: datetime | None, now: datetime) -> datetime:
    today, wishes = local_date(now), [choice.wish for choice in request.choices]
    intakes = intakes_for(wishes, today, locked=True)
    term = current_norms().theatre_answer
    return promise(wishes, intakes, term=term, today=today, now=now, before=before)
