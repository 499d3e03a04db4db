from collections.abc import Iterable

from sqlalchemy import func, select
from sqlalchemy.orm import defaultload, lazyload

from booking.models import BookingRequest
from booking.rules.lifecycle import WAITING, RequestState
from core.db import session
from core.findings import Refused, blocker
from core.submissions import Submission
from venues.models import Room

NOT_NEEDED_TO_DECIDE = (
    lazyload(BookingRequest.choices),
    lazyload(BookingRequest.alternatives),
    defaultload(BookingRequest.room).lazyload(Room.opening_hours),
)


def request_for_update(request_id: int, version: int | None = None) -> BookingRequest:
    """The request, locked until the transaction ends.

    Raises Refused when it does not exist, or is no longer the version somebody looked at.
    """
    locked = (
        select(BookingRequest)
        .where(BookingRequest.id == request_id)
        .options(*NOT_NEEDED_TO_DECIDE)
        .with_for_update(key_share=True, of=BookingRequest)
        .execution_options(populate_existing=True)
    )
    request = session.scalars(locked).one_or_none()
    if request is None:
        raise Refused([blocker("no_such_request")])
    if version is not None and request.version != version:
        raise Refused([blocker("changed_meanwhile", state=request.state)])
    return request


def request_sent_with(form_token: str) -> BookingRequest | None:
    """What the form with this token led to, when it was sent before."""
    sent = select(Submission.outcome, Submission.at).where(Submission.token == form_token).limit(1)
    row = session.execute(sent).one_or_none()
    request = session.get(BookingRequest, int(row.outcome)) if row else None
    # Other forms have tokens too: this one led to the request it was sent with.
    return request if row and request and request.submitted_at == row.at else None


def waiting_requests() -> list[BookingRequest]:
    """What waits for the theatre, longest first."""
    return requests_in(WAITING)


def requests_in(states: Iterable[RequestState]) -> list[BookingRequest]:
    found = (
        select(BookingRequest)
        .where(BookingRequest.state.in_(list(states)))
        .order_by(BookingRequest.submitted_at, BookingRequest.id)
    )
    return list(session.scalars(found))


def decided_requests(limit: int, offset: int = 0) -> list[BookingRequest]:
    """The latest decisions first."""
    found = (
        select(BookingRequest)
        .where(BookingRequest.decided_at.is_not(None))
        .order_by(BookingRequest.decided_at.desc(), BookingRequest.id.desc())
        .limit(limit)
        .offset(offset)
    )
    return list(session.scalars(found))


def count_waiting() -> int:
    waiting = select(func.count()).where(BookingRequest.state.in_(list(WAITING)))
    return session.scalar(waiting) or 0
