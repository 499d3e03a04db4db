"""What happens to a confirmed stop: it moves, or it is cancelled."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from booking import letters
from booking.models import BookingRequest, Stop
from booking.queries.plays import keeping
from booking.queries.requests import request_for_update
from booking.queries.tour import load_tour
from booking.rules.lifecycle import Action, RequestState, StopState, may
from booking.rules.norms import Wish
from booking.rules.placement import Chosen
from booking.services import claims
from booking.services.consenting import drop_consent, end_consent, need_consent, tell_again
from booking.services.encounters import drop_encounters, plan_encounters
from booking.services.placing import crew_of, keep_free, place_request, place_stop, standing_stop
from booking.services.receiving import leave_place
from booking.services.side import ask_side_again, cancel_side, keep_side
from core import history
from core.db import session
from core.findings import refuse_if
from core.history import Actor


def move(
    request_id: int,
    *,
    chosen: Chosen,
    why: str,
    accepted: Collection[str] = (),
    version: int | None,
    by: Actor,
    now: datetime,
) -> Stop:
    """Another time, place or performer for a confirmed stop; everybody's calendar follows."""
    request = request_for_update(request_id, version)
    refuse_if(may(Action.MOVE, request.state))
    stop = standing_stop(request, now)
    before, cast = _standing(stop), _cast(stop)
    told_before = letters.people_told(request, stop)
    chosen = keeping(chosen, stop)
    tour, placement = place_request(request, chosen, accepted, now, without_stop=stop.id)
    claims.release_stop(stop, load_tour(now, stop.stay, without_stop=stop.id))
    crew = crew_of(placement)
    place_stop(stop, placement, crew)
    stop.room_id, stop.changed_at = chosen.room_id, now
    request.touch()
    session.flush()
    session.refresh(stop, ["room", "sessions"])
    claims.claim_stop(stop, placement, tour)
    is_elsewhere = before.room_id != stop.room_id
    plan_encounters(stop, now, why, crew.cast, is_elsewhere=is_elsewhere)
    is_recast = before == _standing(stop)
    history.record(
        "recast" if is_recast else "moved",
        request.subject,
        by=by,
        at=now,
        why=why,
        before=before.wish.key,
        after=chosen.wish.key,
        cast=_differing(cast, _cast(stop)),
        accepted=sorted(accepted),
    )
    leave_place(stop, before.room_id, by=by, now=now)
    letters.moved(request, stop, told_before, why=why, now=now, is_recast=is_recast)
    if is_recast:
        keep_side(stop)
    else:
        ask_side_again(stop, why, now)
    need_consent(request, stop.room, by=by, now=now, not_before=stop.undo_until)
    tell_again(request, stop, now)
    return stop


def cancel(
    request_id: int,
    *,
    why: str,
    alternatives: Iterable[Wish] = (),
    version: int | None,
    by: Actor,
    now: datetime,
) -> BookingRequest:
    """By the asker or the theatre, after confirmation. The time is free again at once.

    The theatre may offer other moments with it, kept for the asker as with a decline.
    """
    request = request_for_update(request_id, version)
    refuse_if(may(Action.CANCEL, request.state))
    stop = standing_stop(request, now)
    claims.lock_tour()
    claims.release_stop(stop, load_tour(now, stop.stay, without_stop=stop.id))
    stop.state, stop.cancelled_at, stop.changed_at = StopState.CANCELLED, now, now
    stop.cancel_words = why
    request.state, request.decided_at = RequestState.CANCELLED, now
    session.flush()
    request.alternatives = keep_free(request, tuple(alternatives), now)
    history.record("cancelled", request.subject, by=by, at=now, why=why)
    letters.cancelled(request, stop, why=why, now=now)  # while the encounters say who plays
    drop_encounters(stop, why, now)
    cancel_side(stop, why, now)
    _tell_hosts_asked(request, stop, by, now)
    return request


def choose_words(
    request_id: int,
    *,
    public_title: str,
    internal_subject: str,
    version: int | None,
    by: Actor,
    now: datetime,
) -> BookingRequest:
    """What everybody reads in the agenda, and what the theatre itself calls it."""
    request = request_for_update(request_id, version)
    before = request.public_title
    subjects = [request.internal_subject, internal_subject]
    request.public_title, request.internal_subject = public_title, internal_subject
    stop = request.stop
    if stop and stop.is_confirmed:
        stop.public_title = public_title or stop.installation.piece
        stop.changed_at = now
    request.touch()
    session.flush()
    history.record(
        "words chosen",
        request.subject,
        by=by,
        at=now,
        before=before,
        after=public_title,
        subjects=subjects if subjects[0] != subjects[1] else [],
    )
    return request


@dataclass(frozen=True, slots=True)
class _Standing:
    """Where and when a stop is; who plays may change without it."""

    wish: Wish
    room_id: int


def _standing(stop: Stop) -> _Standing:
    return _Standing(stop.wish, stop.room_id)


def _cast(stop: Stop) -> dict[str, str]:
    """Where, with which cube and who plays, for the history."""
    players = [performer.name for performer in stop.performers]
    return {
        "place": stop.room.full_name,
        "cube": stop.installation.name,
        "players": ", ".join(players),
    }


def _differing(before: dict[str, str], after: dict[str, str]) -> dict[str, list[str]]:
    return {name: [before[name], after[name]] for name in before if before[name] != after[name]}


def _tell_hosts_asked(request: BookingRequest, stop: Stop, by: Actor, now: datetime) -> None:
    """With the other letters, or apart when those never left."""
    if now < stop.undo_until:
        drop_consent(request, by=by, now=now)
        tell_again(request, stop, now)
    else:
        end_consent(request, now)
