"""The second of three answers: a host is asked, answers, is reminded, or is no longer needed.

Whoever calls holds the lock on the row of the request (`request_for_update`); that is what makes an
answer and a confirmation at the same moment come one after the other.
"""

from datetime import datetime

from booking.letters import consent_events as letters
from booking.models import BookingRequest, HostConsent, Option, Stop
from booking.queries.consents import consent_for_update, has_host, has_other_place
from booking.queries.near_rooms import free_rooms_near
from booking.queries.norms import current_norms
from booking.rules.consent import (
    ConsentState,
    HostAnswer,
    answer_deadline,
    may_consent,
)
from booking.rules.lifecycle import RequestState
from core import history
from core.db import session
from core.findings import Finding, Refused, blocker, refuse_if
from core.history import Actor
from venues.models import Room


def need_consent(
    request: BookingRequest,
    room: Room | None,
    *,
    by: Actor,
    now: datetime,
    not_before: datetime | None = None,
) -> HostConsent | None:
    """Make sure that the host of this room is the one who is asked.

    Whoever was asked for another room hears that it is no longer needed. `not_before` holds those
    letters back as long as the place itself can be taken back.
    """
    consent = request.consent
    if consent and room and consent.room_id == room.id:
        return consent
    drop_consent(request, by=by, now=now, not_before=not_before)
    if room is None or not has_host(room):
        return None
    return _ask(request, room, by, now, not_before)


def drop_consent(
    request: BookingRequest, *, by: Actor, now: datetime, not_before: datetime | None = None
) -> None:
    """No answer is needed any more: another place, or no visit at all. Only who was asked hears."""
    consent = request.consent
    if consent is None or not consent.is_open:
        return
    has_heard = not _is_held_back(request, consent, now)
    _put_aside(consent, now)
    history.record("host not needed", request.subject, by=by, at=now, room=consent.room_id)
    if has_heard:
        letters.host_dropped(request, consent, now=now, not_before=not_before)


def end_consent(request: BookingRequest, now: datetime) -> None:
    """As `drop_consent`, where the host hears of it in another letter."""
    consent = request.consent
    if consent and consent.is_open:
        _put_aside(consent, now)


def answer_as_host(
    consent_id: int, answer: HostAnswer, *, version: int | None, by: Actor, now: datetime
) -> HostConsent:
    """Yes or no, by a host or by a planner who had one on the phone.

    The same answer twice is one answer. A no before the confirmation frees the asker and the
    theatre; after it, it is a question to the planners, who decide.
    """
    request, consent = consent_for_update(consent_id)
    if _is_said(consent, answer):
        return consent
    if version is not None and consent.version != version:
        raise Refused([blocker("consent_changed_meanwhile")])
    refuse_if(_against(request, consent, answer, now))
    _write(consent, answer, by, now)
    done = "host agreed" if answer.says_yes else "host refused"
    history.record(done, request.subject, by=by, at=now, why=answer.words, room=consent.room_id)
    if answer.says_yes:
        _have_place(request, consent)
        letters.host_agreed(request, consent, now=now)
    elif request.state is RequestState.CONFIRMED:
        request.touch()
        session.flush()
        letters.host_took_back(request, consent, now=now)
    else:
        free_others(request, consent, by=by, now=now)
    return consent


def free_others(request: BookingRequest, consent: HostConsent, *, by: Actor, now: datetime) -> None:
    """One no frees the other two: the option ends, the place is open again, the choices stay."""
    option = _end_option_at(request, consent.room_id, now)
    wanted = None if request.room_id == consent.room_id else request.room
    request.room_id = wanted.id if wanted else None
    request.state = RequestState.SUBMITTED
    request.touch()
    promise_answer(request, now)
    session.flush()
    session.expire(request, ["room"])
    near = free_rooms_near(request, now)
    letters.host_refused(request, consent, option, near, now=now)
    if wanted:
        need_consent(request, wanted, by=by, now=now)


def bring_back(request: BookingRequest, stop: Stop, *, by: Actor, now: datetime) -> None:
    """A confirmation was taken back, and so is whatever it asked of hosts, before anybody knew."""
    put_aside = _put_aside_since(request, stop)
    for each in request.consents:
        if each.asked_at >= stop.confirmed_at and each.is_open:
            _put_aside(each, now)  # before the database lets an earlier one live
    for each in put_aside:
        each.state = ConsentState.YES if each.answered_at else ConsentState.ASKED
        each.dropped_at = None
    session.flush()
    consent = request.consent
    if consent and consent.state is ConsentState.NO:
        free_others(request, consent, by=by, now=now)


def tell_again(request: BookingRequest, stop: Stop, now: datetime) -> None:
    """Letters to hosts that were taken back with those of a confirmation, where they still hold.

    A letter that was not taken back is not posted a second time.
    """
    if now >= stop.undo_until:
        return
    for each in _put_aside_since(request, stop):
        letters.host_dropped(request, each, now=now, not_before=stop.undo_until)
    consent = request.consent
    if consent and consent.is_open and _is_held_back(request, consent, now):
        letters.host_asked(request, consent, now=now, not_before=stop.undo_until)


def promise_answer(request: BookingRequest, now: datetime) -> None:
    """The theatre says when it will answer; it is reminded of that once."""
    request.answer_until, request.nudged_at = now + current_norms().theatre_answer, None


def _ask(
    request: BookingRequest, room: Room, by: Actor, now: datetime, not_before: datetime | None
) -> HostConsent:
    norms = current_norms()
    first = min(choice.wish.sessions(norms)[0].start for choice in request.choices)
    consent = HostConsent(
        booking_request=request,
        room=room,
        asked_at=now,
        answer_until=answer_deadline(now, first, norms),
    )
    session.add(consent)
    session.flush()
    history.record("host asked", request.subject, by=by, at=now, room=room.id)
    letters.host_asked(request, consent, now=now, not_before=not_before)
    return consent


def _is_held_back(request: BookingRequest, consent: HostConsent, now: datetime) -> bool:
    """Asked with a confirmation that can still be taken back: the host has not heard of it."""
    stop = request.stop
    return bool(stop and consent.asked_at >= stop.confirmed_at and now < stop.undo_until)


def _put_aside_since(request: BookingRequest, stop: Stop) -> list[HostConsent]:
    """Whom the confirmation made superfluous; at most one, as only one is open at a time."""
    return [
        each
        for each in request.consents
        if each.dropped_at and each.dropped_at >= stop.confirmed_at > each.asked_at
    ]


def _put_aside(consent: HostConsent, now: datetime) -> None:
    consent.state, consent.dropped_at = ConsentState.DROPPED, now
    session.flush()


def _have_place(request: BookingRequest, consent: HostConsent) -> None:
    """A no that is taken back gives the place back to a request that has none."""
    if request.state is not RequestState.CONFIRMED and request.room_id is None:
        request.room = consent.room
        session.flush()


def _is_said(consent: HostConsent, answer: HostAnswer) -> bool:
    said = (consent.state, consent.reason, consent.words, tuple(consent.moments))
    return said == (answer.state, answer.reason, answer.words, answer.moments)


def _against(
    request: BookingRequest, consent: HostConsent, answer: HostAnswer, now: datetime
) -> list[Finding]:
    if consent is not request.consents[-1]:
        return [blocker("host_not_needed")]
    stop = request.stop
    if stop and stop.is_confirmed and stop.ends_at <= now:
        return [blocker("already_played")]
    return may_consent(
        answer.action,
        consent.state,
        request.state,
        has_other_place=has_other_place(request, consent),
    )


def _write(consent: HostConsent, answer: HostAnswer, by: Actor, now: datetime) -> None:
    consent.state, consent.reason = answer.state, answer.reason
    consent.words, consent.moments = answer.words, list(answer.moments)
    consent.answered_at, consent.person_id = now, by.person_id
    session.flush()


def _end_option_at(request: BookingRequest, room_id: int, now: datetime) -> Option | None:
    option = request.option
    if option is None or option.room_id != room_id:
        return None
    option.released_at = now
    return option
