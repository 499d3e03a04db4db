"""An organisation books a room, on one date or on many at once."""

from collections import Counter
from datetime import datetime

from booking.letters import room_events as letters
from booking.models import Invitation, RoomBooking, RoomDate
from booking.queries.norms import current_norms
from booking.queries.rooms import asker_of, places_for
from booking.rules.room_asked import AskedDate, RoomAsked, judge_asked, shape_findings
from booking.rules.rooms import asker_findings
from booking.services import claims
from booking.services.references import new_reference
from booking.services.reserving.dates import confirm_date, is_apart
from core import history, rate_limit, submissions
from core.db import session
from core.findings import Finding, Refused, blocker, blockers, refuse_if
from people.services import find_or_add_organisation
from venues.models import Room
from venues.queries.places import find_rooms

BOOKINGS_PER_ADDRESS = 20
BOOKINGS_PER_CLIENT = 60


def book_room(asked: RoomAsked, *, form_token: str, now: datetime, client: str = "") -> RoomBooking:
    """Ask for all chosen dates, or for none; the same form sent again leads to the same booking.

    Rooms that confirm at once are claimed at once. `client`: from where it comes, to be counted.
    """
    content = {"room": repr(asked)}
    earlier = submissions.once(form_token, content)
    if earlier is not None:
        return session.get_one(RoomBooking, int(earlier))
    refuse_if(_too_often(asked.contact.email, client, now))
    refuse_if(shape_findings(asked))
    claims.lock_rooms(asked.room_ids)
    rooms = find_rooms([asked.room_id, *asked.room_ids])
    refuse_if(_against(asked, rooms, now))
    booking = _new_booking(asked, rooms, now)
    session.add(booking)
    session.flush()
    submissions.remember(form_token, content, str(booking.id), now)
    history.record("booked", booking.subject, by=history.ASKER, at=now, dates=len(booking.dates))
    _confirm_at_once(booking, now)
    letters.booked(booking, now=now)
    return booking


def _against(asked: RoomAsked, rooms: dict[int, Room], now: datetime) -> list[Finding]:
    """The dates that cannot be had (any more), each followed by the reason; then who may not."""
    if not all(room_id in rooms for room_id in asked.room_ids):
        raise Refused([blocker("no_such_room")])
    places = places_for(asked, rooms)
    findings = []
    for found in judge_asked(asked, places, now):
        if not found.is_free:
            findings += [blocker("date_not_free", day=found.day), *blockers(found.findings)]
    for room_id, wanted in sorted(Counter(each.room_id for each in asked.dates).items()):
        asker = asker_of(asked.contact.email, asked.pc4, rooms[room_id], now)
        findings += asker_findings(asker, wanted, places[room_id])
    return findings


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
    booking.answer_until = min(now + current_norms().host_answer, first)
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
