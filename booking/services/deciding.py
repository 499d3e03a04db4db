"""What the theatre decides about a request: option, confirm, undo, decline."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from booking import letters
from booking.models import BookingRequest, Invitation, Option, Stop
from booking.queries.holds import last_position
from booking.queries.moments import collected_until
from booking.queries.requests import request_for_update
from booking.queries.tour import load_tour
from booking.queries.weighing import weigh
from booking.rules.lifecycle import Action, DeclineReason, RequestState, StopState, may
from booking.rules.moments import early_findings
from booking.rules.norms import Wish
from booking.rules.placement import Chosen, Placement
from booking.rules.tour import Tour
from booking.rules.weighing import why_findings
from booking.services import claims
from booking.services.consenting import bring_back, drop_consent, need_consent
from booking.services.encounters import plan_encounters
from booking.services.placing import crew_of, keep_free, place_request, place_stop
from booking.services.ranking import rank_new
from core import history
from core.clock import local_date
from core.db import session
from core.findings import Finding, Refused, blocker, refuse_if
from core.history import Actor

ALTERNATIVES_AT_MOST = 3


def give_option(
    request_id: int,
    *,
    chosen: Chosen,
    expires_at: datetime,
    accepted: Collection[str] = (),
    why: str = "",
    version: int | None,
    by: Actor,
    now: datetime,
) -> Option:
    """Keep a period for this request until `expires_at`; an option it already had is replaced.

    Behind options that others have on it, it comes last in line, when that is accepted. `why`: for
    colleagues; needed when a higher score wants the same period.
    """
    request = request_for_update(request_id, version)
    refuse_if(may(Action.OPTION, request.state))
    _tour, placement = place_request(request, chosen, accepted, now, is_for_option=True)
    refuse_if(_end_date(expires_at, placement, now))
    weighed = weigh(request, [chosen.wish], now)
    refuse_if(why_findings(weighed, why))
    refuse_if(early_findings(collected_until(chosen.wish, local_date(now)), why))
    option = _new_option(request, placement, chosen.room_id, expires_at, now)
    request.state = RequestState.OPTIONED
    request.touch()
    session.add(option)
    session.flush()
    rank_new(option, now)
    history.record(
        "optioned",
        request.subject,
        by=by,
        at=now,
        until=expires_at.isoformat(),
        moment=chosen.wish.key,
        rank=option.rank,
        accepted=sorted(accepted),
        why=why,
        **weighed.facts,
    )
    letters.optioned(request, option, now=now)
    need_consent(request, option.room, by=by, now=now)
    return option


def confirm(
    request_id: int,
    *,
    chosen: Chosen,
    accepted: Collection[str] = (),
    why: str = "",
    version: int | None,
    by: Actor,
    now: datetime,
) -> Stop:
    """Claim cube, travel, place and performers in one go, or nothing.

    `accepted`: codes of the concerns somebody knowingly takes; any other concern refuses. `why`:
    for colleagues; needed when a higher score wants the same period. Mails wait until the time for
    undo is over.
    """
    request = request_for_update(request_id, version)
    refuse_if(may(Action.CONFIRM, request.state))
    tour, placement = place_request(request, chosen, accepted, now)
    weighed = weigh(request, [chosen.wish], now)
    refuse_if(why_findings(weighed, why))
    refuse_if(early_findings(collected_until(chosen.wish, local_date(now)), why))
    stop = _new_stop(request, chosen.room_id, placement, tour, now)
    session.add(stop)
    _end_option(request, now)
    request.state, request.decided_at = RequestState.CONFIRMED, now
    session.flush()
    claims.claim_stop(stop, placement, tour)
    plan_encounters(stop, now)
    history.record(
        "confirmed",
        request.subject,
        by=by,
        at=now,
        moment=chosen.wish.key,
        place=placement.place.name,
        accepted=sorted(accepted),
        why=why,
        **weighed.facts,
    )
    letters.confirmed(request, stop, now=now)
    need_consent(request, stop.room, by=by, now=now, not_before=stop.undo_until)
    return stop


def undo(request_id: int, *, by: Actor, now: datetime) -> BookingRequest:
    """Take a confirmation back before anybody was told."""
    request = request_for_update(request_id)
    refuse_if(may(Action.UNDO, request.state))
    claims.lock_tour()
    stop = request.stop
    if stop is None or now >= stop.undo_until or not letters.take_back(request, stop, now=now):
        raise Refused([blocker("too_late_to_undo")])
    claims.release_stop(stop, load_tour(now, stop.stay, without_stop=stop.id))
    stop.state = StopState.UNDONE
    option = _revive_option(request, stop, now)
    request.decided_at = None
    session.flush()
    history.record("undone", request.subject, by=by, at=now)
    bring_back(request, stop, now)
    if option and option.released_at is None:
        letters.optioned(request, option, now=now)  # unless it has left: confirming overtook it
    return request


def decline(
    request_id: int,
    *,
    reason: DeclineReason,
    words: str,
    alternatives: Iterable[Wish] = (),
    tour: Tour | None = None,
    version: int | None,
    by: Actor,
    now: datetime,
) -> BookingRequest:
    """Say no, say why, and offer up to three other moments, kept for the asker for some days.

    `tour`: loaded before, with the tour locked, by who declines several.
    """
    request = request_for_update(request_id, version)
    refuse_if(may(Action.DECLINE, request.state))
    offered = tuple(alternatives)
    refuse_if(_too_many(offered))
    kept = keep_free(request, offered, now, tour)
    weighed = weigh(request, [choice.wish for choice in request.choices], now)
    option = _end_option(request, now)
    request.state, request.decline_reason = RequestState.DECLINED, reason
    request.decline_words, request.decided_at = words, now
    request.alternatives = kept
    session.flush()
    history.record(
        "declined", request.subject, by=by, at=now, reason=reason, why=words, **weighed.facts
    )
    letters.declined(request, option, now=now)
    drop_consent(request, by=by, now=now)
    return request


def _too_many(offered: Sequence[Wish]) -> list[Finding]:
    if len(offered) <= ALTERNATIVES_AT_MOST:
        return []
    return [blocker("too_many_alternatives", at_most=ALTERNATIVES_AT_MOST)]


def _end_option(request: BookingRequest, now: datetime) -> Option | None:
    """The option that lived until now."""
    option = request.option
    if option:
        option.released_at = now
    return option


def _revive_option(request: BookingRequest, stop: Stop, now: datetime) -> Option | None:
    """Back to before the confirmation; an option that ended then lives again if it still may."""
    request.state = stop.request_state_before
    if request.state is not RequestState.OPTIONED:
        return None
    option = request.options[-1]
    if option.expires_at <= now:
        request.state = RequestState.SUBMITTED
        return None
    option.released_at = None
    return option


def _end_date(expires_at: datetime, placement: Placement, now: datetime) -> list[Finding]:
    if now < expires_at < placement.stay.start:
        return []
    return [blocker("option_end_date", last=placement.stay.start)]


def _new_option(
    request: BookingRequest, placement: Placement, room_id: int, expires_at: datetime, now: datetime
) -> Option:
    earlier = _end_option(request, now)
    session.flush()  # the earlier one must have ended before the database lets a new one live
    crew, position = crew_of(placement), _position(earlier, placement)
    return Option(
        position=position,
        booking_request=request,
        day_on=placement.wish.day,
        day_part=placement.wish.part,
        day_parts=placement.wish.day_parts,
        starts_at=placement.sessions[0].start,
        ends_at=placement.sessions[-1].end,
        stay_starts_at=placement.stay.start,
        stay_ends_at=placement.stay.end,
        installation=crew.installation,
        room_id=room_id,
        performer=crew.performers[0],
        invitation=earlier.invitation if earlier else Invitation.begin(now),
        created_at=now,
        expires_at=expires_at,
    )


def _position(earlier: Option | None, placement: Placement) -> int:
    """At the end of the line; another end date or performer does not cost a place in it."""
    if earlier is None or not _is_same_line(earlier, placement):
        return last_position() + 1
    return earlier.position


def _is_same_line(earlier: Option, placement: Placement) -> bool:
    shared = earlier.hold.resource_ids.intersection(placement.resource_ids)
    return bool(shared) and earlier.stay.overlaps(placement.stay)


def _new_stop(
    request: BookingRequest, room_id: int, placement: Placement, tour: Tour, now: datetime
) -> Stop:
    crew = crew_of(placement)
    stop = Stop(
        booking_request=request,
        room_id=room_id,
        invitation=request.option.invitation if request.option else Invitation.begin(now),
        is_closed=request.is_closed,
        public_title=request.public_title or crew.installation.piece,
        request_state_before=request.state,
        confirmed_at=now,
        undo_until=now + tour.norms.undo,
        changed_at=now,
    )
    place_stop(stop, placement, crew)
    return stop
