"""The asker corrects what is known of the meeting: how many come, what for, whom to call."""

from datetime import datetime

from booking.letters import room_changes as letters
from booking.letters.room_calendar import standing_of
from booking.models import RoomBooking
from booking.rules.room_changes import may_change, people_findings
from booking.services.reserving.locking import booking_to_change
from core import history
from core.db import session
from core.findings import Refused, blocker, refuse_if
from core.history import Actor


def change_details(
    booking_id: int,
    *,
    people: int,
    purpose: str,
    phone: str,
    version: int | None,
    by: Actor,
    now: datetime,
) -> RoomBooking:
    """Refused when a room is too small for so many. Hosts hear what is different."""
    booking = booking_to_change(booking_id, version)
    coming = [date for date in booking.dates if may_change(date, now)]
    if not coming:
        raise Refused([blocker("nothing_to_change")])
    refuse_if(people_findings(people, [(d.room.full_name, d.room.people) for d in coming]))
    before, said = standing_of(booking), _different(booking, people, purpose, phone)
    if not said:
        return booking
    booking.people, booking.purpose, booking.contact_phone = people, purpose, phone
    booking.touch()
    session.flush()
    history.record("details changed", booking.subject, by=by, at=now, what=said)
    letters.details_changed(booking, coming, before, now=now)
    return booking


def _different(booking: RoomBooking, people: int, purpose: str, phone: str) -> list[str]:
    now_and_then = {
        "people": (booking.people, people),
        "purpose": (booking.purpose, purpose),
        "phone": (booking.contact_phone, phone),
    }
    return [name for name, (was, becomes) in now_and_then.items() if was != becomes]
