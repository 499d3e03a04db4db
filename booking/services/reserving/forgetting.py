"""Who booked a room is forgotten a year after the last date; keys stop after a month. What was
booked, where and when stays."""

from datetime import datetime

from sqlalchemy import ColumnElement, exists, or_, select

from booking.letters.room_answer_events import kind_of_key
from booking.models import RoomBooking, RoomDate
from booking.services.forgetting import CONTACTS_KEPT, LINKS_KEPT
from core import history, links, outbox
from core.db import session


def forget_room_contacts(*, now: datetime) -> int:
    """Returns of how many bookings."""
    old = select(RoomBooking).where(
        RoomBooking.contact_email != "", _is_over_since(now - CONTACTS_KEPT)
    )
    bookings = list(session.scalars(old.order_by(RoomBooking.id)))
    for booking in bookings:
        booking.contact_name = booking.contact_email = booking.contact_phone = ""
        booking.purpose = ""
        for date in booking.dates:
            date.words = ""
        outbox.forget_people(booking.subject)
        session.flush()
        history.record("forgotten", booking.subject, by=history.CLOCK, at=now)
    return len(bookings)


def close_room_links(*, now: datetime) -> int:
    """Of askers and of hosts. Returns for how many bookings."""
    has_keys = or_(
        *(RoomBooking.id.in_(links.subjects_with_links(k)) for k in ("room_booking", kind_of_key()))
    )
    done = select(RoomBooking).where(has_keys, _is_over_since(now - LINKS_KEPT))
    bookings = list(session.scalars(done.order_by(RoomBooking.id)))
    for booking in bookings:
        links.revoke(*booking.subject, now)
        venues = {date.room.venue_id for date in booking.dates}
        for kind in (kind_of_key(), *(kind_of_key(venue_id) for venue_id in venues)):
            links.revoke(kind, booking.id, now)
    return len(bookings)


def _is_over_since(moment: datetime) -> ColumnElement[bool]:
    later = exists().where(RoomDate.room_booking_id == RoomBooking.id, RoomDate.ends_at >= moment)
    return ~later
