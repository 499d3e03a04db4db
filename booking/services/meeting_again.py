"""A room is booked for what continues after a visit: the booking and the agreement are one."""

from datetime import datetime

from booking.models import BookingRequest, FollowUp, RoomBooking
from booking.queries.requests import request_for_update
from booking.rules.follow_up import series_findings
from booking.rules.room_asked import RoomAsked
from booking.services.reserving import book_room
from core import history
from core.db import session
from core.findings import refuse_if


def book_what_continues(
    request_id: int,
    asked: RoomAsked,
    *,
    form_token: str,
    now: datetime,
    client: str = "",
    draft_token: str | None = None,
) -> RoomBooking:
    """As `book_room`. Refused, and nothing booked, when other dates hold with this visit."""
    request = request_for_update(request_id)  # before the rooms, as whoever moves a stop
    booking = book_room(
        asked, form_token=form_token, now=now, client=client, draft_token=draft_token
    )
    agreed = _agreed(request, now)
    if agreed.room_booking_id == booking.id:
        return booking
    before = agreed.room_booking
    refuse_if(series_findings([date.state for date in before.dates] if before else []))
    agreed.room_booking, agreed.changed_at = booking, now
    agreed.plan = agreed.plan or asked.purpose
    request.touch()
    session.flush()
    history.record(
        "room to continue",
        request.subject,
        by=history.ASKER,
        at=now,
        why=agreed.plan,
        place=booking.room.full_name,
        reference=booking.reference,
    )
    return booking


def _agreed(request: BookingRequest, now: datetime) -> FollowUp:
    found = session.get(FollowUp, request.id, populate_existing=True)
    if found is None:
        found = FollowUp(booking_request_id=request.id, plan="", changed_at=now)
        session.add(found)
    return found
