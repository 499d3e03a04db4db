"""Who met in a room, and for what, goes when it is no longer needed; that a room was used stays."""

from datetime import datetime, timedelta

from sqlalchemy import Select, func, select

from booking.models import RoomBooking, RoomDate
from core import history, links, outbox
from core.db import session

CONTACTS_KEPT = timedelta(days=365)  # after the last date, as for a request
LINKS_KEPT = timedelta(days=30)  # after the last date
LINK_KIND, ANSWER_KIND = "room_booking", "room_answer"


def forget_bookers(*, now: datetime) -> int:
    """Erase who booked, a year after the last date of the booking. Returns of how many."""
    old = _ended_before(now - CONTACTS_KEPT).where(RoomBooking.contact_email != "")
    found = list(session.scalars(old))
    for booking in found:
        booking.contact_name = booking.contact_email = booking.contact_phone = ""
        booking.purpose = booking.pc4 = ""
        for date in booking.dates:
            date.words = ""
        outbox.forget_people(booking.subject)
        session.flush()
        history.record("forgotten", booking.subject, by=history.CLOCK, at=now)
    return len(found)


def close_booking_links(*, now: datetime) -> int:
    """Keys of asker and host stop a month after the last date. Returns for how many bookings."""
    open_to_any = links.subjects_with_links(LINK_KIND).union(links.subjects_with_links(ANSWER_KIND))
    done = _ended_before(now - LINKS_KEPT).where(RoomBooking.id.in_(open_to_any))
    found = list(session.scalars(done))
    for booking in found:
        venue_ids = {date.room.venue_id for date in booking.dates}
        for kind in (LINK_KIND, ANSWER_KIND, *(f"{ANSWER_KIND}:{each}" for each in venue_ids)):
            links.revoke(kind, booking.id, now)
    return len(found)


def _ended_before(moment: datetime) -> Select[tuple[RoomBooking]]:
    """Bookings of which all dates were over by then, whatever became of them."""
    last = (
        select(func.max(RoomDate.ends_at))
        .where(RoomDate.room_booking_id == RoomBooking.id)
        .scalar_subquery()
    )
    return (
        select(RoomBooking)
        .where(RoomBooking.submitted_at < moment, last < moment)
        .order_by(RoomBooking.id)
    )
