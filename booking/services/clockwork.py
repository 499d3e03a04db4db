"""What the clock does. Each can run at any moment, any number of times: what is due follows from
the rows themselves."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select

from booking import letters
from booking.models import BookingRequest, Option, RequestDraft
from booking.queries.holds import ENDS_BY
from booking.queries.requests import request_for_update
from booking.rules.lifecycle import RequestState
from booking.services.consenting import drop_consent
from core import history
from core.db import session

REMIND_BEFORE = timedelta(days=3)
DRAFTS_LIVE = timedelta(days=1)


def expire_options(*, now: datetime) -> int:
    """Let options lapse whose end date has come. Returns how many."""
    due = select(Option.booking_request_id).where(Option.released_at.is_(None), now >= ENDS_BY)
    request_ids = list(session.scalars(due.order_by(Option.id)))
    for request_id in request_ids:
        _expire(request_for_update(request_id), now)
    return len(request_ids)


def remind_of_options(*, now: datetime) -> int:
    """Tell askers whose option ends within three days. Returns how many."""
    due = (
        select(Option)
        .where(
            Option.released_at.is_(None),
            Option.reminded_at.is_(None),
            Option.expires_at > now,
            Option.expires_at <= now + REMIND_BEFORE,
            Option.created_at < now - REMIND_BEFORE,
        )
        .order_by(Option.id)
    )
    options = list(session.scalars(due))
    for option in options:
        option.reminded_at = now
        letters.option_ends_soon(option.booking_request, option, now=now)
    return len(options)


def forget_drafts(*, now: datetime) -> int:
    """Throw away what was filled in and never sent. Returns how many."""
    old = delete(RequestDraft).where(RequestDraft.changed_at < now - DRAFTS_LIVE)
    return session.connection().execute(old).rowcount


def _expire(request: BookingRequest, now: datetime) -> None:
    option = request.option
    if option is None or option.ends_by > now:
        return
    option.released_at = now
    request.state, request.decided_at = RequestState.EXPIRED, now
    session.flush()
    history.record("expired", request.subject, by=history.CLOCK, at=now)
    letters.expired(request, option, now=now)
    drop_consent(request, by=history.CLOCK, now=now)
