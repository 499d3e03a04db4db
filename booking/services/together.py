"""Planning a moment: each chosen request is confirmed, the rest is offered nearby days."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy.orm.attributes import flag_modified

from booking.models import BookingRequest, Moment
from booking.queries.moments import moment_for_update
from booking.queries.nearby import offers_nearby
from booking.queries.requests import request_for_update
from booking.queries.together import tour_of
from booking.rules.lifecycle import DeclineReason
from booking.rules.moments import Pick, early_findings
from booking.rules.norms import Wish
from booking.rules.placement import Chosen
from booking.services import claims
from booking.services.deciding import confirm, decline
from core import history
from core.clock import local_date
from core.db import session
from core.findings import Finding, Refused, blocker, blockers, refuse_if
from core.history import Actor


def plan_together(
    moment_id: int,
    picks: Sequence[Pick],
    *,
    why: str,
    words: str,
    version: int,
    by: Actor,
    now: datetime,
) -> Moment:
    """All or nothing. `why`: for colleagues. `words`: for who does not play on these days.

    A refusal names the organisation it is about.
    """
    claims.lock_tour()
    moment = moment_for_update(moment_id, version)
    if not picks:
        raise Refused([blocker("nobody_picked")])
    is_collected = local_date(now) <= moment.intake_until
    refuse_if(early_findings(moment.intake_until if is_collected else None, why))
    # First all who play, so that nothing is offered that one of them needs.
    for pick in picks:
        if pick.wish:
            _confirm(pick, pick.wish, moment, why, by, now)
    if rest := [pick for pick in picks if pick.wish is None]:
        _offer(rest, moment, words, by, now)
    history.record(
        "moment planned",
        moment.subject,
        by=by,
        at=now,
        why=why,
        planned=sum(pick.wish is not None for pick in picks),
        offered=sum(pick.wish is None for pick in picks),
    )
    flag_modified(moment, "state")  # who compared before must look again
    session.flush()
    return moment


def _confirm(pick: Pick, wish: Wish, moment: Moment, why: str, by: Actor, now: datetime) -> None:
    request = _unchanged(pick)
    with _naming(request):
        if request.room_id is None:
            raise Refused([blocker("no_such_room")])
        confirm(
            request.id,
            chosen=Chosen(wish, request.room_id),
            accepted=pick.accepted,
            why=f"{moment.public_name}: {why}" if why else moment.public_name,
            version=None,
            by=by,
            now=now,
        )


def _offer(picks: Sequence[Pick], moment: Moment, words: str, by: Actor, now: datetime) -> None:
    """The tour is loaded once; what is kept for one is not offered to another."""
    requests = [_unchanged(pick) for pick in picks]
    offers, tour = offers_nearby(requests, moment, tour_of(moment, requests, now))
    for request in requests:
        with _naming(request):
            decline(
                request.id,
                reason=DeclineReason.NO_TIME,
                words=words,
                alternatives=[placement.wish for placement in offers[request.id]],
                tour=tour,
                version=None,
                by=by,
                now=now,
            )


def _unchanged(pick: Pick) -> BookingRequest:
    """Locked, and as the planner saw it."""
    request = request_for_update(pick.request_id)
    if request.version != pick.version:
        name = request.organisation.name
        raise Refused([blocker("request_changed_meanwhile", name=name)])
    return request


@contextmanager
def _naming(request: BookingRequest) -> Iterator[None]:
    """A refusal says whose request it is about."""
    name = request.organisation.name
    try:
        yield
    except Refused as refusal:
        raise Refused(_of(name, refusal.findings)) from refusal


def _of(name: str, findings: Sequence[Finding]) -> list[Finding]:
    """The same, with whose request it is; a concern that nobody accepted refuses here too."""
    refusing = blockers(findings) or findings
    return [blocker("for_one_of_them", name=name), *refusing]
