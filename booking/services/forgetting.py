"""Personal data goes when it is no longer needed; what was played, where and for how many stays."""

from datetime import date, datetime, timedelta

from sqlalchemy import select

from booking.models import BookingRequest
from booking.queries.side import items_of
from booking.services.follow_up import forget_words
from booking.services.receiving import forget_reception
from core import history, links, outbox
from core.clock import local_date
from core.db import session

CONTACTS_KEPT = timedelta(days=365)  # after the last date
LINKS_KEPT = timedelta(days=30)  # after the last date


def forget_contacts(*, now: datetime) -> int:
    """Erase who asked, a year after the last date of the request. Returns of how many."""
    today = local_date(now)
    old = [r for r in _with_contact(now - CONTACTS_KEPT) if last_day(r) < today - CONTACTS_KEPT]
    for request in old:
        request.contact_name = request.contact_email = request.contact_phone = request.hope = ""
        for consent in request.consents:
            consent.words = ""
        forget_words(request)
        forget_reception(request)
        for item in items_of(request):
            item.partner = item.email = item.phone = item.reply = ""
        outbox.forget_people(request.subject)
        session.flush()
        history.record("forgotten", request.subject, by=history.CLOCK, at=now)
    return len(old)


def close_links(*, now: datetime) -> int:
    """Private links stop a month after the last date. Returns for how many requests."""
    today = local_date(now)
    done = [
        request
        for request in _with_links(now - LINKS_KEPT)
        if last_day(request) < today - LINKS_KEPT
    ]
    for request in done:
        links.revoke(*request.subject, now)
        for consent in request.consents:
            links.revoke(*consent.subject, now)
        for item in items_of(request):
            links.revoke(*item.subject, now)
    return len(done)


def last_day(request: BookingRequest) -> date:
    """Of all that was asked, offered or agreed."""
    asked = [choice.day_on for choice in request.choices]
    offered = [alternative.day_on for alternative in request.alternatives]
    agreed = [local_date(stop.stay_ends_at) for stop in request.stops]
    return max([*asked, *offered, *agreed, local_date(request.submitted_at)])


def _with_contact(submitted_before: datetime) -> list[BookingRequest]:
    found = select(BookingRequest).where(
        BookingRequest.contact_email != "", BookingRequest.submitted_at < submitted_before
    )
    return list(session.scalars(found.order_by(BookingRequest.id)))


def _with_links(submitted_before: datetime) -> list[BookingRequest]:
    ids = links.subjects_with_links("booking_request")
    found = select(BookingRequest).where(
        BookingRequest.id.in_(ids), BookingRequest.submitted_at < submitted_before
    )
    return list(session.scalars(found.order_by(BookingRequest.id)))
