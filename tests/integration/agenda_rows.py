"""Stops as rows, at any time and in any state: what the services would refuse, a calendar must
still show well. The ordinary way to a stop is in `tests.builders`."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from sqlalchemy import select

from booking.models import (
    BookingRequest,
    Claim,
    ClaimPurpose,
    Installation,
    Invitation,
    Performer,
    Stop,
    StopSession,
)
from booking.rules.lifecycle import RequestState, StopState
from booking.rules.norms import DayPart
from core.clock import local_date, to_utc
from core.db import session
from core.period import Period, hull
from people.models import Organisation
from tests.builders import NOW
from venues.models import Room

BEFORE, AFTER = timedelta(minutes=90), timedelta(minutes=60)


def span(day: date, starts: str = "14:00", ends: str = "17:00") -> Period:
    """From one time to another on the clock of Utrecht; an end before the start is the next day."""
    first, last = time.fromisoformat(starts), time.fromisoformat(ends)
    return Period(to_utc(day, first), to_utc(day + timedelta(days=last <= first), last))


def stop_row(
    room: Room,
    *sessions: Period,
    title: str = "Van heel dichtbij",
    is_closed: bool = False,
    state: StopState = StopState.CONFIRMED,
    confirmed_at: datetime = NOW,
    cancelled_at: datetime | None = None,
    undo: timedelta = timedelta(minutes=10),
    organisation: str = "Buurtkring",
    **request: object,
) -> Stop:
    """A stop with all it needs to exist; the first cube and performer there are."""
    whole = hull(sessions)
    asked = _request(room, organisation, is_closed, confirmed_at, request)
    stop = Stop(
        booking_request=asked,
        state=state,
        installation=session.scalars(select(Installation)).unique().first(),
        room=room,
        invitation=Invitation(uid=f"{asked.reference}@x", organizer="a@x.example", created_at=NOW),
        day_on=local_date(whole.start),
        day_part=DayPart.AFTERNOON,
        starts_at=whole.start,
        ends_at=whole.end,
        stay_starts_at=whole.start - BEFORE,
        stay_ends_at=whole.end + AFTER,
        is_closed=is_closed,
        public_title=title,
        request_state_before=RequestState.SUBMITTED,
        confirmed_at=confirmed_at,
        undo_until=confirmed_at + undo,
        changed_at=cancelled_at or confirmed_at,
        cancelled_at=cancelled_at or (confirmed_at if state is StopState.CANCELLED else None),
        sessions=_sessions(sessions),
    )
    session.add(stop)
    session.flush()
    return stop


def claim_rows(stop: Stop) -> None:
    """What the stop takes: the cube, the room, and the performer of each session."""
    for resource_id in (stop.installation.resource_id, stop.room.resource_id):
        _claim(stop, resource_id, ClaimPurpose.STAND, stop.stay)
    for played in stop.sessions:
        called = played.period.padded(timedelta(minutes=30), timedelta())
        _claim(stop, played.performer.resource_id, ClaimPurpose.PLAY, called)
    session.flush()


def many_stops(room: Room, days: Iterable[date], confirmed_at: datetime = NOW) -> list[Stop]:
    """One a day, each with its claims."""
    stops = [
        stop_row(room, span(day), organisation=f"Groep {day}", confirmed_at=confirmed_at)
        for day in days
    ]
    for stop in stops:
        claim_rows(stop)
    return stops


def _request(
    room: Room, organisation: str, is_closed: bool, at: datetime, facts: dict[str, object]
) -> BookingRequest:
    number = session.query(BookingRequest).count() + 1
    given = {
        "contact_name": "Sam de Vries",
        "contact_email": "sam@buurtkring.example",
        "visitors_live_here": 8,
        **facts,
    }
    return BookingRequest(
        reference=f"T-{number}",
        state=RequestState.CONFIRMED,
        organisation=_organisation(organisation),
        district_number=room.venue.district_number,
        is_closed=is_closed,
        submitted_at=at,
        decided_at=at,
        **given,
    )


def _organisation(name: str) -> Organisation:
    key = name.casefold()
    known = session.scalars(select(Organisation).where(Organisation.name_key == key)).first()
    return known or Organisation(name=name, name_key=key, created_at=NOW)


def _sessions(periods: Iterable[Period]) -> list[StopSession]:
    performers = session.scalars(select(Performer).order_by(Performer.id)).unique().all()
    return [
        StopSession(
            starts_at=period.start, ends_at=period.end, performer=performers[n % len(performers)]
        )
        for n, period in enumerate(periods)
    ]


def _claim(stop: Stop, resource_id: int, purpose: ClaimPurpose, period: Period) -> None:
    session.add(
        Claim(
            resource_id=resource_id,
            stop=stop,
            purpose=purpose,
            starts_at=period.start,
            ends_at=period.end,
        )
    )
