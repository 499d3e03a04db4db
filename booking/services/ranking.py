"""Options in rank: who comes first, who is asked to decide, who moves up.

What is due follows from the rows: an option knows which rank its asker was told last, so whoever
stands higher now is told so, whatever it was that freed the place.
"""

from datetime import datetime
from typing import Any

from booking import letters
from booking.models import BookingRequest, Option
from booking.queries.holds import living_options, overtaken_options
from booking.queries.norms import current_norms
from booking.queries.requests import request_for_update
from booking.rules.lifecycle import Action, RequestState, may
from booking.rules.options import decide_until, line_of, may_challenge, may_move, rank_of, reordered
from booking.rules.tour import Hold
from booking.services import claims
from booking.services.promises import promise_answer
from core import history
from core.db import session
from core.findings import Refused, blocker, refuse_if
from core.history import Actor
from venues.facts import public_holidays


def rank_new(option: Option, now: datetime) -> None:
    """A new option knows its rank from the start: its first letter says it."""
    option.rank = rank_of(option.hold, _holds(living_options(now)))


def challenge(request_id: int, *, version: int | None, by: Actor, now: datetime) -> Option:
    """Ask who decides first to do so within a few working days; others wait for it."""
    request, option = _with_option(request_id, version)
    holds = _holds(living_options(now))
    refuse_if(
        may_challenge(
            option.hold,
            holds,
            is_challenged=option.challenged_at is not None,
            wants_it=option.wanted_at is not None,
        )
    )
    days = current_norms().challenge_days
    option.challenged_at = now
    option.decide_until = decide_until(now, days, public_holidays(), option.expires_at)
    _changed(request, "challenged", by, now, until=option.decide_until.isoformat())
    letters.challenged(request, option, now=now)
    return option


def want_option(request_id: int, *, version: int | None, by: Actor, now: datetime) -> Option:
    """The asker wants it for certain; the theatre still has to confirm."""
    request, option = _with_option(request_id, version)
    if option.wanted_at is None:
        option.wanted_at = now
        _changed(request, "wanted", by, now)
        letters.wanted(request, option, now=now)
    return option


def release_option(
    request_id: int, *, why: str = "", version: int | None, by: Actor, now: datetime
) -> BookingRequest:
    """Give the period back; the request waits for another one."""
    request, option = _with_option(request_id, version)
    option.released_at = now
    _waits_again(request, now)
    _changed(request, "released", by, now, why=why)
    letters.released(request, option, why=why, now=now)
    return request


def move_option(
    request_id: int, *, to_place: int, why: str, version: int | None, by: Actor, now: datetime
) -> Option:
    """The planner puts an option elsewhere in its line; all whose rank changes are told why."""
    request, option = _with_option(request_id, version)
    options = living_options(now)
    line = line_of(option.hold, _holds(options))
    refuse_if(may_move(line, request_id, to_place))
    positions = reordered(line, request_id, to_place)
    for each in options:
        each.position = positions.get(each.booking_request_id, each.position)
    _changed(request, "option moved", by, now, why=why, place=to_place)
    _tell_new_ranks(options, now, why)
    return option


def tell_ranks(*, now: datetime) -> int:
    """Tell askers whose option stands higher, or lower, than they last heard. Returns how many.

    This comes round each minute and mostly finds nothing: then nobody has to wait for it.
    """
    if not _with_new_rank(living_options(now)):
        return 0
    claims.lock_tour()
    session.expire_all()  # whoever held the lock may have changed what was seen before
    return _tell_new_ranks(living_options(now), now)


def end_overtaken(*, now: datetime) -> int:
    """Options on a period that went to another end; their requests wait for another moment."""
    requests = [request_for_update(each.booking_request_id) for each in overtaken_options(now)]
    if not requests:
        return 0
    claims.lock_tour()
    for option in overtaken_options(now):
        request = option.booking_request
        if request in requests:  # else the next round: it was not locked
            option.released_at = now
            _waits_again(request, now)
            _changed(request, "overtaken", history.CLOCK, now)
            letters.overtaken(request, option, now=now)
    return len(requests)


def _with_option(request_id: int, version: int | None) -> tuple[BookingRequest, Option]:
    """Locked, with the tour; Refused when it has no living option."""
    request = request_for_update(request_id, version)
    refuse_if(may(Action.RELEASE, request.state))
    claims.lock_tour()
    if request.option is None:
        raise Refused([blocker("no_option")])
    return request, request.option


def _waits_again(request: BookingRequest, now: datetime) -> None:
    request.state = RequestState.SUBMITTED
    promise_answer(request, now)


def _changed(request: BookingRequest, action: str, by: Actor, now: datetime, **facts: Any) -> None:
    request.touch()
    session.flush()
    history.record(action, request.subject, by=by, at=now, **facts)


def _tell_new_ranks(options: list[Option], now: datetime, why: str = "") -> int:
    moved = _with_new_rank(options)
    for option, rank in moved:
        before, option.rank = option.rank, rank
        letters.ranked(option.booking_request, option, before, why=why, now=now)
    return len(moved)


def _with_new_rank(options: list[Option]) -> list[tuple[Option, int]]:
    """Whose asker was told another rank than this one, last."""
    holds = _holds(options)
    ranked = [(option, rank_of(option.hold, holds)) for option in options]
    return [(each, rank) for each, rank in ranked if each.released_at is None and rank != each.rank]


def _holds(options: list[Option]) -> list[Hold]:
    return [option.hold for option in options]
