"""An organisation books a room, on one date or on many at once."""

from datetime import datetime

from booking.letters import room_events as letters
from booking.models import Invitation, RoomBooking, RoomDate
from booking.queries.asked_rooms import against_asker, against_dates, rooms_asked
from booking.queries.norms import current_norms
from booking.rules.room_asked import AskedDate, RoomAsked, answer_due, shape_findings
from booking.services import claims
from booking.services.drafts import drop_draft
from booking.services.references import new_reference
from booking.services.reserving.dates import confirm_date, is_apart
from core import history, rate_limit, submissions
from core.db import session
from core.findings import Finding, blocker, refuse_if
from people.services import find_or_add_organisation
from venues.models import Room

BOOKINGS_PER_ADDRESS = 20
BOOKINGS_PER_CLIENT = 60


def book_room(
    asked: RoomAsked,
    *,
    form_token: str,
    now: datetime,
    client: str = "",
    draft_token: str | None = None,
) -> RoomBooking:
    """Ask for all chosen dates, or for none; the same form sent again leads to the same booking.

    Rooms that confirm at once are claimed at once. `client`: from where it comes, to be counted.
    The draft it was filled in with is not kept.
    """
    content = {"room": repr(asked)}
    earlier = submissions.once(form_token, content)
    if earlier is not None:
        return session.get_one(RoomBooking, int(earlier))
    refuse_if(_too_often(asked.contact.email, client, now))
    refuse_if(shape_findings(asked))
    claims.lock_rooms(asked.room_ids)
    rooms = rooms_asked(asked)
    refuse_if([*against_dates(asked, rooms, now), *against_asker(asked, rooms, now)])
    if draft_token:
        drop_draft(draft_token)
    booking = _new_booking(asked, rooms, now)
    session.add(booking)
    session.flush()
    submissions.remember(form_token, content, str(booking.id), now)
    history.record("booked", booking.subject, by=history.ASKER, at=now, dates=len(booking.dates))
    _confirm_at_once(booking, now)
    letters.booked(booking, now=now)
    return booking


def _new_booking(asked: RoomAsked, rooms: dict[int, Room], now: datetime) -> RoomBooking:
    contact = asked.contact
    booking = RoomBooking(
        reference=new_reference("R"),
        room=rooms[asked.room_id],
        organisation=find_or_add_organisation(contact.organisation, now=now),
        contact_name=contact.name,
        contact_email=contact.email,
        contact_phone=contact.phone,
        language=contact.language,
        pc4=asked.pc4,
        purpose=asked.purpose,
        people=asked.people,
        frequency=asked.recurrence.frequency,
        first_on=asked.first_on,
        until_on=asked.days[-1] if asked.recurrence.is_series else None,
        starts=asked.times.starts,
        ends=asked.times.ends,
        invitation=Invitation.begin(now),
        submitted_at=now,
    )
    for each in asked.dates:
        _add_date(booking, each, rooms[each.room_id])
    first = min(date.starts_at for date in booking.dates)
    booking.answer_until = answer_due(first, now, current_norms().host_answer)
    return booking


def _add_date(booking: RoomBooking, each: AskedDate, room: Room) -> None:
    period = each.times.on(each.day)
    assert period is not None  # the rules refuse a time that is not on the clock
    date = RoomDate(
        room_booking=booking,
        room=room,
        day_on=each.day,
        starts_at=period.start,
        ends_at=period.end,
    )
    date.is_apart = is_apart(date)


def _confirm_at_once(booking: RoomBooking, now: datetime) -> None:
    at_once = [date for date in booking.dates if date.room.confirms_at_once]
    for date in sorted(at_once, key=lambda date: (date.room.resource_id, date.starts_at)):
        confirm_date(date, now)
    if len(at_once) == len(booking.dates):
        booking.answer_until = None
    session.flush()


def _too_often(email: str, client: str, now: datetime) -> list[Finding]:
    within = rate_limit.allowed_today(
        "booking",
        email,
        client,
        per_address=BOOKINGS_PER_ADDRESS,
        per_client=BOOKINGS_PER_CLIENT,
        now=now,
    )
    return [] if within else [blocker("booked_too_often")]
