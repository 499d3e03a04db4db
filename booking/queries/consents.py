"""What hosts were asked about the cube, as services and pages need it."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from booking.models import BookingRequest, HostConsent, Stop
from booking.queries.norms import current_norms
from booking.queries.places import hosted
from booking.queries.requests import request_for_update
from booking.rules.consent import ConsentAction, ConsentState, longer_terms, may_consent
from booking.rules.lifecycle import WAITING, RequestState, StopState
from booking.rules.norms import Norms, Wish
from booking.rules.three_answers import Answer, Party, Stance, stances
from booking.rules.touring import stay_around
from core.db import session
from core.findings import Finding, Refused, blocker
from core.period import Period
from people.models import Person
from venues.models import Room, VenueHost


def consent_by_id(consent_id: int) -> HostConsent | None:
    return session.get(HostConsent, consent_id)


def consent_for_update(consent_id: int) -> tuple[BookingRequest, HostConsent]:
    """The consent with its request, both as they are now; the lock on the request guards both."""
    asked_for = select(HostConsent.booking_request_id).where(HostConsent.id == consent_id)
    request = request_for_update(session.scalars(asked_for).one_or_none() or 0)
    consent = next((each for each in request.consents if each.id == consent_id), None)
    if consent is None:
        raise Refused([blocker("no_such_request")])
    return request, consent


def has_host(room: Room | None) -> bool:
    """Whether somebody has to say yes before the cube comes here."""
    return room is not None and bool(hosted([room]))


def is_host(person_id: int | None, room: Room) -> bool:
    """Whether this person may speak for the room."""
    key = (room.venue_id, person_id)
    return person_id is not None and session.get(VenueHost, key) is not None


def first_moment(request: BookingRequest, now: datetime, norms: Norms) -> datetime | None:
    """When the cube may be there first, of what is agreed, kept or asked; None: that has passed."""
    agreed = request.stop
    if agreed and agreed.is_confirmed:
        return agreed.starts_at
    starts = [choice.wish.sessions(norms)[0].start for choice in request.choices]
    if request.option:
        starts.append(request.option.starts_at)
    return min((start for start in starts if start > now), default=None)


def stays_asked(request: BookingRequest) -> list[tuple[Wish, Period]]:
    """Each moment that was asked, with how long the cube would be there for it."""
    norms = current_norms()
    wishes = [choice.wish for choice in request.choices]
    return [(wish, stay_around(wish.sessions(norms), norms)) for wish in wishes]


def terms_to_think(consent: HostConsent, now: datetime) -> dict[int, datetime]:
    """How much longer this host may take: days, and until when."""
    norms = current_norms()
    first = first_moment(consent.booking_request, now, norms)
    if first is None:
        return {}
    return longer_terms(consent.asked_at, consent.answer_until, first, now, norms)


def is_overtaken(request: BookingRequest, consent: HostConsent) -> bool:
    """Whether another question about this request has taken the place of this one."""
    others = [each for each in request.consents if each is not consent]
    return any(
        each.is_open or (each.room_id == consent.room_id and each.id > consent.id)
        for each in others
    )


def against_answer(action: ConsentAction, consent: HostConsent, now: datetime) -> list[Finding]:
    """What stands in the way of this answer; for who looks, and again for who gives it."""
    request = consent.booking_request
    stop = request.stop
    if stop and stop.is_confirmed and stop.ends_at <= now:
        return [blocker("already_played")]
    is_needed = not is_overtaken(request, consent) and not has_other_place(request, consent)
    return may_consent(action, consent.state, request.state, is_needed=is_needed)


def open_consents_of(person: Person) -> list[HostConsent]:
    """What this host has been asked and the theatre still needs, most urgent first."""
    mine = (
        select(HostConsent)
        .join(HostConsent.room)
        .join(VenueHost, VenueHost.venue_id == Room.venue_id)
        .join(HostConsent.booking_request)
        .where(
            VenueHost.person_id == person.id,
            HostConsent.state.in_([ConsentState.ASKED, ConsentState.EXPIRED]),
            BookingRequest.state.in_([*WAITING, RequestState.CONFIRMED]),
        )
        .order_by(HostConsent.answer_until, HostConsent.id)
        .options(joinedload(HostConsent.booking_request))
    )
    return list(session.scalars(mine).unique())


def stops_hosts_refuse(now: datetime) -> list[Stop]:
    """Confirmed stops whose host has taken the yes back: a planner has to act."""
    refused = (
        select(Stop)
        .join(Stop.booking_request)
        .join(HostConsent, HostConsent.booking_request_id == BookingRequest.id)
        .options(joinedload(Stop.booking_request, innerjoin=True))
        .where(
            Stop.state == StopState.CONFIRMED,
            Stop.ends_at > now,
            HostConsent.room_id == Stop.room_id,
            HostConsent.state == ConsentState.NO,
        )
        .order_by(Stop.starts_at, Stop.id)
    )
    stops = session.scalars(refused).unique()
    return [stop for stop in stops if is_refused(stop)]


def is_refused(stop: Stop) -> bool:
    """Whether the host of its place does not want it any more."""
    consent = stop.booking_request.consent
    return bool(consent and consent.room_id == stop.room_id and consent.state is ConsentState.NO)


def three_answers(request: BookingRequest, now: datetime) -> list[Answer]:
    """Of asker, host and theatre; empty when no host was asked, or nothing is left to agree on."""
    consent = request.consent
    if consent is None or has_other_place(request, consent):
        return []
    found = stances(request.state, consent.state)
    if found is None:
        return []
    of_host, of_theatre = found
    return [
        Answer(Party.ASKER, Stance.YES, at=request.submitted_at),
        Answer(
            Party.HOST,
            of_host,
            at=consent.answered_at,
            until=consent.answer_until,
            reminded_at=consent.nudged_at,
            reason=consent.reason,
            words=consent.words,
        ),
        _of_theatre(request, of_theatre, now),
    ]


def has_other_place(request: BookingRequest, consent: HostConsent) -> bool:
    """Whether the answer is about a place that the request is not about any more."""
    stop, option = request.stop, request.option
    if stop and stop.is_confirmed:
        return stop.room_id != consent.room_id
    place = option.room_id if option else request.room_id
    return place not in (None, consent.room_id)


def _of_theatre(request: BookingRequest, stance: Stance, now: datetime) -> Answer:
    option = request.option
    until = option.expires_at if option and stance is Stance.HELD else request.answer_until
    is_waiting = stance is Stance.WAITING
    return Answer(
        Party.THEATRE,
        stance,
        at=request.decided_at,
        until=until,
        reminded_at=request.nudged_at if is_waiting else None,
        is_late=bool(is_waiting and until and until < now),
    )


def hosts_to_remind(now: datetime, norms: Norms) -> list[int]:
    """Requests whose host has not answered and has not been reminded, shortly before the end."""
    due = select(HostConsent.booking_request_id).where(
        HostConsent.state == ConsentState.ASKED,
        HostConsent.nudged_at.is_(None),
        HostConsent.asked_at < now - norms.nudge,
        HostConsent.answer_until > now,
        HostConsent.answer_until <= now + norms.nudge,
    )
    return _ids(session.scalars(due.order_by(HostConsent.id)))


def hosts_too_late(now: datetime) -> list[int]:
    """Requests whose host has not answered in time."""
    due = select(HostConsent.booking_request_id).where(
        HostConsent.state == ConsentState.ASKED, HostConsent.answer_until <= now
    )
    return _ids(session.scalars(due.order_by(HostConsent.id)))


def promises_to_keep(now: datetime, norms: Norms) -> list[int]:
    """Requests that the theatre has to answer soon, as it has promised."""
    due = select(BookingRequest.id).where(
        BookingRequest.state == RequestState.SUBMITTED,
        BookingRequest.nudged_at.is_(None),
        BookingRequest.answer_until <= now + norms.theatre_nudge,
    )
    return _ids(session.scalars(due.order_by(BookingRequest.id)))


def _ids(found: Iterable[int]) -> list[int]:
    return list(dict.fromkeys(found))
