"""Waiting for a time in a room that is taken: join, take what is offered, leave."""

from dataclasses import dataclass
from datetime import datetime

from booking.letters import room_waiting as letters
from booking.models import RoomBooking, WaitingPlace
from booking.queries.rooms import asker_of, load_rooms
from booking.queries.waiting import (
    in_line_already,
    number_in_line,
    room_waited_for,
    waiting_for_update,
)
from booking.rules.asked import Contact
from booking.rules.recurrence import Recurrence, Times
from booking.rules.room_asked import AskedDate, RoomAsked
from booking.rules.room_lifecycle import WaitingState
from booking.rules.rooms import Meeting, asker_findings
from booking.rules.waiting import WaitingAction, join_findings, may_wait
from booking.services import claims
from booking.services.references import new_reference
from booking.services.reserving.booking import book_room
from core import history, rate_limit, submissions
from core.clock import local_date, to_local
from core.db import session
from core.findings import Finding, Refused, blocker, refuse_if
from core.period import Period
from people.services import find_or_add_organisation
from venues.models import Room
from venues.queries.places import find_room

PLACES_PER_ADDRESS = 20
PLACES_PER_CLIENT = 60


@dataclass(frozen=True, slots=True)
class WaitingAsked:
    """What somebody fills in to wait for a time."""

    room_id: int
    period: Period
    people: int
    purpose: str
    contact: Contact
    pc4: str = ""  # of the organisation; empty: not said


def join(asked: WaitingAsked, *, form_token: str, now: datetime, client: str = "") -> WaitingPlace:
    """Stand in line; the same form sent again leads to the same place."""
    content = {"waiting": repr(asked)}
    earlier = submissions.once(form_token, content)
    if earlier is not None:
        return session.get_one(WaitingPlace, int(earlier))
    refuse_if(_too_often(asked.contact.email, client, now))
    claims.lock_rooms([asked.room_id])
    room = find_room(asked.room_id)
    if room is None:
        raise Refused([blocker("no_such_room")])
    refuse_if(_against(asked, room, now))
    place = in_line_already(room.id, asked.period, asked.contact.email) or _add(asked, room, now)
    submissions.remember(form_token, content, str(place.id), now)
    letters.joined(place, number_in_line(place), now=now)
    return place


def take_offer(waiting_id: int, *, version: int, form_token: str, now: datetime) -> RoomBooking:
    """Book what is offered; the offer itself does not stand in the way."""
    place = _in_turn(waiting_id, version)
    refuse_if(may_wait(WaitingAction.TAKE, place.state))
    if place.offered_until is not None and place.offered_until <= now:
        raise Refused([blocker("offer_is_over")])
    booking = book_room(_as_booking(place), form_token=form_token, now=now)
    _become(place, WaitingState.TAKEN)
    history.record("taken", place.subject, by=history.ASKER, at=now, booking=booking.reference)
    return booking


def leave(waiting_id: int, *, version: int, now: datetime) -> WaitingPlace:
    """No longer needed. The clock offers the time to who is next."""
    place = _in_turn(waiting_id, version)
    refuse_if(may_wait(WaitingAction.LEAVE, place.state))
    _become(place, WaitingState.LEFT)
    history.record("left", place.subject, by=history.ASKER, at=now)
    return place


def _in_turn(waiting_id: int, version: int) -> WaitingPlace:
    """The room first, as everybody does, and then the place as it is now."""
    room_id = room_waited_for(waiting_id)
    claims.lock_rooms([room_id] if room_id else [])
    return waiting_for_update(waiting_id, version)


def _become(place: WaitingPlace, state: WaitingState) -> None:
    place.state, place.offered_until = state, None
    session.flush()


def _against(asked: WaitingAsked, room: Room, now: datetime) -> list[Finding]:
    place = load_rooms(asked.period, [room])[room.id]
    asker = asker_of(asked.contact.email, asked.pc4, room, now)
    return [
        *join_findings(Meeting(asked.period, asked.people), place, now),
        *asker_findings(asker, 1, place),
    ]


def _add(asked: WaitingAsked, room: Room, now: datetime) -> WaitingPlace:
    contact = asked.contact
    place = WaitingPlace(
        reference=new_reference("W"),
        room=room,
        organisation=find_or_add_organisation(contact.organisation, now=now),
        contact_name=contact.name,
        contact_email=contact.email,
        contact_phone=contact.phone,
        language=contact.language,
        pc4=asked.pc4,
        purpose=asked.purpose,
        people=asked.people,
        starts_at=asked.period.start,
        ends_at=asked.period.end,
        created_at=now,
    )
    session.add(place)
    session.flush()
    history.record("joined", place.subject, by=history.ASKER, at=now)
    return place


def _as_booking(place: WaitingPlace) -> RoomAsked:
    start, end = to_local(place.starts_at), to_local(place.ends_at)
    day, times = local_date(place.starts_at), Times(start.time(), end.time())
    contact = Contact(
        place.organisation.name,
        place.contact_name,
        place.contact_email,
        place.contact_phone,
        place.language,
    )
    return RoomAsked(
        room_id=place.room_id,
        first_on=day,
        times=times,
        recurrence=Recurrence(),
        dates=(AskedDate(day, place.room_id, times),),
        people=place.people,
        purpose=place.purpose,
        contact=contact,
        pc4=place.pc4,
        waiting_id=place.id,
    )


def _too_often(email: str, client: str, now: datetime) -> list[Finding]:
    within = rate_limit.allowed_today(
        "waiting",
        email,
        client,
        per_address=PLACES_PER_ADDRESS,
        per_client=PLACES_PER_CLIENT,
        now=now,
    )
    return [] if within else [blocker("waited_too_often")]
