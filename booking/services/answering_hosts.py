"""What a host answers: yes, no, or later. By the host, or by a planner who had one on the phone."""

from datetime import datetime

from booking.letters import consent_events as letters
from booking.models import BookingRequest, HostConsent
from booking.queries.consents import (
    against_answer,
    consent_for_update,
    has_other_place,
    terms_to_think,
)
from booking.rules.consent import ConsentAction, ConsentState, HostAnswer
from booking.rules.lifecycle import RequestState
from booking.services.consenting import free_others
from booking.services.deciding import undo
from core import history
from core.db import session
from core.findings import Refused, blocker, refuse_if
from core.history import Actor


def answer_as_host(
    consent_id: int, answer: HostAnswer, *, version: int | None, by: Actor, now: datetime
) -> HostConsent:
    """Yes or no; the same answer twice is one answer.

    A no frees the asker and the theatre, also from a confirmation nobody has been told of. After
    that it is a question to the planners, who decide.
    """
    request, consent = consent_for_update(consent_id)
    if _is_said(consent, answer):
        return consent
    _refuse_if_not(answer.action, consent, version, now)
    _write(consent, answer, by, now)
    done = "host agreed" if answer.says_yes else "host refused"
    history.record(done, request.subject, by=by, at=now, why=answer.words, room=consent.room_id)
    if answer.says_yes:
        _have_place(request, consent)
        letters.host_agreed(request, consent, now=now)
    elif request.state is RequestState.CONFIRMED:
        _refuse_what_is_confirmed(request, consent, by, now)
    else:
        free_others(request, consent, by=by, now=now)
    return consent


def answer_later(
    consent_id: int, days: int, *, version: int | None, by: Actor, now: datetime
) -> HostConsent:
    """The host thinks on for so many days; asker and theatre hear until when."""
    request, consent = consent_for_update(consent_id)
    _refuse_if_not(ConsentAction.POSTPONE, consent, version, now)
    until = terms_to_think(consent, now).get(days)
    if until is None:
        raise Refused([blocker("host_cannot_wait")])
    consent.state, consent.answer_until, consent.nudged_at = ConsentState.ASKED, until, None
    session.flush()
    history.record(
        "host answers later", request.subject, by=by, at=now, room=consent.room_id, days=days
    )
    letters.host_thinks(request, consent, now=now)
    return consent


def _refuse_if_not(
    action: ConsentAction, consent: HostConsent, version: int | None, now: datetime
) -> None:
    refuse_if(against_answer(action, consent, now))
    if version is not None and consent.version != version:
        raise Refused([blocker("consent_changed_meanwhile")])


def _refuse_what_is_confirmed(
    request: BookingRequest, consent: HostConsent, by: Actor, now: datetime
) -> None:
    """Before anybody was told it is as if nobody had confirmed; after that a person decides."""
    stop = request.stop
    if stop is None or now >= stop.undo_until:
        request.touch()
        session.flush()
        letters.host_took_back(request, consent, now=now)
        return
    undo(request.id, by=by, now=now)
    if has_other_place(request, consent):
        letters.confirmation_refused(request, consent, now=now)
    else:
        free_others(request, consent, by=by, now=now, was_confirmed=True)


def _have_place(request: BookingRequest, consent: HostConsent) -> None:
    """A no that is taken back gives the place back to a request that has none."""
    if request.state is not RequestState.CONFIRMED and request.room_id is None:
        request.room = consent.room
        session.flush()


def _is_said(consent: HostConsent, answer: HostAnswer) -> bool:
    said = (consent.state, consent.reason, consent.words, tuple(consent.moments))
    return said == (answer.state, answer.reason, answer.words, answer.moments)


def _write(consent: HostConsent, answer: HostAnswer, by: Actor, now: datetime) -> None:
    consent.state, consent.reason = answer.state, answer.reason
    consent.words, consent.moments = answer.words, list(answer.moments)
    consent.answered_at, consent.person_id = now, by.person_id
    session.flush()
