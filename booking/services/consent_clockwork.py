"""What the clock does about answers that are due.

What is due follows from the rows, and is looked at again under the lock: two workers may run it at
once. What the clock notes is no other version of a row: nobody's form becomes out of date by it.
"""

from datetime import datetime

from sqlalchemy import update

from booking.letters import consent_events as letters
from booking.models import BookingRequest, HostConsent
from booking.queries.consents import hosts_to_remind, hosts_too_late, promises_to_keep
from booking.queries.norms import current_norms
from booking.queries.requests import request_for_update
from booking.rules.consent import ConsentState
from booking.rules.lifecycle import WAITING, RequestState
from core import history
from core.db import session


def remind_hosts(*, now: datetime) -> int:
    """Once, shortly before the answer is due. Returns how many."""
    reminded = 0
    for request_id in hosts_to_remind(now, current_norms()):
        request = request_for_update(request_id)
        consent = request.consent
        is_due = consent and consent.state is ConsentState.ASKED and consent.nudged_at is None
        if consent and is_due and _is_needed(request):
            _note(consent, nudged_at=now)
            history.record("host reminded", request.subject, by=history.CLOCK, at=now)
            letters.host_reminded(request, consent, now=now)
            reminded += 1
    return reminded


def expire_consents(*, now: datetime) -> int:
    """No answer in time: the theatre may go on by phone. Returns how many."""
    expired = 0
    for request_id in hosts_too_late(now):
        request = request_for_update(request_id)
        consent = request.consent
        if consent and consent.state is ConsentState.ASKED and consent.answer_until <= now:
            _note(consent, state=ConsentState.EXPIRED)
            history.record("host silent", request.subject, by=history.CLOCK, at=now)
            if _is_needed(request):
                letters.host_silent(request, consent, now=now)
            expired += 1
    return expired


def remind_theatre(*, now: datetime) -> int:
    """Once, two days before the promised answer is due. Returns of how many requests."""
    reminded = 0
    for request_id in promises_to_keep(now, current_norms()):
        request = request_for_update(request_id)
        if request.state is RequestState.SUBMITTED and request.nudged_at is None:
            _note(request, nudged_at=now)
            history.record("theatre reminded", request.subject, by=history.CLOCK, at=now)
            letters.promise_due(request, now=now)
            reminded += 1
    return reminded


def _note(row: BookingRequest | HostConsent, **values: object) -> None:
    """Written past the version that forms carry."""
    kind = type(row)
    session.execute(update(kind).where(kind.id == row.id).values(**values))


def _is_needed(request: BookingRequest) -> bool:
    return request.state in WAITING or request.state is RequestState.CONFIRMED
