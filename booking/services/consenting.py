"""The second of three answers: a host is asked, or is no longer needed.

Whoever calls holds the lock on the row of the request (`request_for_update`); that is what makes an
answer and a confirmation at the same moment come one after the other.
"""

from datetime import datetime

from booking.letters import consent_events as letters
from booking.models import BookingRequest, HostConsent, Option, Stop
from booking.queries.consents import first_moment, has_host, is_host
from booking.queries.near_rooms import free_rooms_near
from booking.queries.norms import current_norms
from booking.rules.consent import ConsentState, answer_deadline
from booking.rules.lifecycle import RequestState
from booking.services.promises import promise_answer
from core import history
from core.db import session
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
    consent = _question(request, room, by, now)
    if is_host(by.person_id, room):
        _agree_at_once(consent, by, now)
    else:
        letters.host_asked(request, consent, now=now, not_before=not_before)
    return consent


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


def free_others(
    request: BookingRequest,
    consent: HostConsent,
    *,
    by: Actor,
    now: datetime,
    was_confirmed: bool = False,
) -> None:
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
    letters.host_refused(request, consent, option, near, was_confirmed=was_confirmed, now=now)
    if wanted:
        need_consent(request, wanted, by=by, now=now)


def bring_back(request: BookingRequest, stop: Stop, now: datetime) -> None:
    """A confirmation was taken back, and so is whatever it asked of hosts, before anybody knew."""
    put_aside = _put_aside_since(request, stop)
    for each in request.consents:
        if each.asked_at >= stop.confirmed_at and each.is_open:
            _put_aside(each, now)  # before the database lets an earlier one live
    for each in put_aside:
        each.state, each.dropped_at = _state_before(each, now), None
    session.flush()


def tell_again(request: BookingRequest, stop: Stop, now: datetime) -> None:
    """Letters to hosts that were taken back with those of a confirmation, where they still hold.

    A letter that was not taken back is not posted a second time.
    """
    if now >= stop.undo_until:
        return
    for each in _put_aside_since(request, stop):
        letters.host_dropped(request, each, now=now, not_before=stop.undo_until)
    consent = request.consent
    waits = consent and consent.state is ConsentState.ASKED
    if consent and waits and _is_held_back(request, consent, now):
        letters.host_asked(request, consent, now=now, not_before=stop.undo_until)


def _question(request: BookingRequest, room: Room, by: Actor, now: datetime) -> HostConsent:
    norms = current_norms()
    consent = HostConsent(
        booking_request=request,
        room=room,
        asked_at=now,
        answer_until=answer_deadline(now, first_moment(request, now, norms), norms),
    )
    session.add(consent)
    session.flush()
    history.record("host asked", request.subject, by=by, at=now, room=room.id)
    return consent


def _agree_at_once(consent: HostConsent, by: Actor, now: datetime) -> None:
    """Whoever speaks for the room asks for it: that is a yes to every moment."""
    request = consent.booking_request
    consent.state, consent.answered_at, consent.person_id = ConsentState.YES, now, by.person_id
    consent.moments = [choice.wish.key for choice in request.choices]
    session.flush()
    history.record("host agreed", request.subject, by=by, at=now, room=consent.room_id)


def _is_held_back(request: BookingRequest, consent: HostConsent, now: datetime) -> bool:
    """Asked with a confirmation that can still be taken back: the host has not heard of it."""
    stop = request.stop
    if stop is None or consent.answered_at:
        return False
    return consent.asked_at >= stop.confirmed_at and now < stop.undo_until


def _put_aside_since(request: BookingRequest, stop: Stop) -> list[HostConsent]:
    """Whom the confirmation made superfluous; at most one, as only one is open at a time."""
    return [
        each
        for each in request.consents
        if each.dropped_at and each.dropped_at >= stop.confirmed_at > each.asked_at
    ]


def _state_before(consent: HostConsent, now: datetime) -> ConsentState:
    """Of one that was open when it was put aside."""
    if consent.answered_at:
        return ConsentState.YES
    return ConsentState.ASKED if consent.answer_until > now else ConsentState.EXPIRED


def _put_aside(consent: HostConsent, now: datetime) -> None:
    consent.state, consent.dropped_at = ConsentState.DROPPED, now
    session.flush()


def _end_option_at(request: BookingRequest, room_id: int, now: datetime) -> Option | None:
    option = request.option
    if option is None or option.room_id != room_id:
        return None
    option.released_at = now
    return option
