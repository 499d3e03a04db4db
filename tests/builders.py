"""A small Utrecht to test in: one cube, three performers, a few places. Each builder says only what
matters to its caller; the rest is ordinary."""

from collections.abc import Collection
from datetime import UTC, date, datetime, time

from booking import services
from booking.models import BookingRequest, Installation, Performer, RoomBooking, Stop
from booking.rules.asked import Asked, Contact, Where
from booking.rules.audience import Audience
from booking.rules.consent import HostAnswer, HostReason
from booking.rules.norms import DayPart, Wish
from booking.rules.placement import Chosen
from booking.rules.recurrence import Recurrence, Times, days
from booking.rules.room_asked import AskedDate, RoomAsked
from booking.services import reserving
from core import history
from core.db import session, transact
from core.fields import new_form_token
from core.history import Actor
from core.resource import Resource, ResourceKind
from people.models import Person, Role
from venues.facts import find_postcode
from venues.models import OpeningHours, Room, Venue, VenueHost
from venues.rules.fit import Ground

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)  # a Tuesday, ten in the morning in Utrecht
THURSDAY = date(2027, 2, 4)
AFTERNOON = Wish(THURSDAY, DayPart.AFTERNOON)
AFTERNOON_STARTS = datetime(2027, 2, 4, 12, tzinfo=UTC)
EVENING = Times(time(19), time(21))
OVERVECHT, LUNETTEN, VLEUTEN = "3563 CB", "3524 AB", "3451 AB"
NEIGHBOURS = Audience(live_here=8, by_key_figure=4)
PLANNER = Actor("command")


def person(name: str = "Noor", role: Role | None = None, email: str = "") -> Person:
    added = Person(
        name=name, email=email or f"{name.lower()}@stut.example", created_at=NOW, phone=""
    )
    if role:
        added.grant(role)
    session.add(added)
    session.flush()
    return added


def cube(name: str = "Kubus", pc4: str = "3563") -> Installation:
    added = Installation(
        name=name,
        piece="Van heel dichtbij",
        depot_pc4=pc4,
        resource=Resource(kind=ResourceKind.INSTALLATION),
    )
    session.add(added)
    session.flush()
    return added


def performer(name: str = "Elias", of: Person | None = None) -> Performer:
    added = Performer(name=name, person=of, resource=Resource(kind=ResourceKind.PERFORMER))
    session.add(added)
    session.flush()
    return added


def room(
    name: str = "De Huiskamer",
    postcode: str = OVERVECHT,
    *,
    hours: tuple[time, time] | None = (time(7), time(23, 30)),
    host: Person | None = None,
    **facts: object,
) -> Room:
    """A room in a venue of the same name, where the cube fits, open every day."""
    found = find_postcode(postcode)
    assert found
    fits = {
        "people": 30,
        "floor_length_cm": 500,
        "floor_width_cm": 400,
        "free_height_cm": 300,
        "door_width_cm": 95,
        "is_step_free": True,
        "has_power": True,
        "is_quiet": True,
        "ground": Ground.FIRM,
    }
    added = Room(
        name="Zaal",
        created_at=NOW,
        resource=Resource(kind=ResourceKind.ROOM),
        venue=Venue(
            name=name,
            street="Voorbeeldstraat",
            house_number="1",
            postcode=postcode,
            pc4=found.pc4,
            district_number=found.district.number,
            created_at=NOW,
        ),
        opening_hours=[
            OpeningHours(weekday=d, opens_at=hours[0], closes_at=hours[1]) for d in range(7)
        ]
        if hours
        else [],
        **{**fits, **facts},
    )
    session.add(added)
    session.flush()
    if host:
        session.add(VenueHost(venue_id=added.venue_id, person_id=host.id))
    return added


def stage() -> Room:
    """One cube, three performers and a room: enough to play, committed."""
    return transact(_stage)


def _stage() -> Room:
    cube()
    for name in ("Christiaan", "Ricardo", "Elias"):
        performer(name)
    return room()


def asked(
    room_id: int | None = None,
    *wishes: Wish,
    postcode: str = OVERVECHT,
    audience: Audience = NEIGHBOURS,
    organisation: str = "Burennetwerk Zuilen",
    is_closed: bool = False,
    language: str = "nl",
    email: str = "contact@burennetwerk.example",
    hope: str = "",
) -> Asked:
    found = find_postcode(postcode)
    assert found
    return Asked(
        where=Where(found, room_id),
        wishes=wishes or (AFTERNOON,),
        is_closed=is_closed,
        audience=audience,
        contact=Contact(organisation, "Sam de Vries", email, "030 123 45 67", language),
        hope=hope,
    )


def submitted(what: Asked, now: datetime = NOW) -> BookingRequest:
    return transact(services.submit, what, form_token=new_form_token(), now=now)


def host_says_yes(request: BookingRequest, *wishes: Wish, now: datetime = NOW) -> None:
    """To these moments, or to all that were asked; nothing where no host was asked."""
    _answer(request, HostAnswer(says_yes=True, moments=_keys(request, wishes)), now)


def host_says_no(
    request: BookingRequest,
    reason: HostReason = HostReason.IN_USE,
    words: str = "",
    now: datetime = NOW,
) -> None:
    _answer(request, HostAnswer(says_yes=False, reason=reason, words=words), now)


def _keys(request: BookingRequest, wishes: Collection[Wish]) -> tuple[str, ...]:
    return tuple(wish.key for wish in wishes or [choice.wish for choice in request.choices])


def _answer(request: BookingRequest, answer: HostAnswer, now: datetime) -> None:
    session.rollback()
    consent = session.get_one(BookingRequest, request.id).consent
    if consent:
        transact(
            services.answer_as_host, consent.id, answer, version=None, by=history.ASKER, now=now
        )


def confirmed(
    request: BookingRequest,
    room_id: int,
    wish: Wish = AFTERNOON,
    now: datetime = NOW,
    accepted: Collection[str] = (),
) -> Stop:
    return transact(
        services.confirm,
        request.id,
        chosen=Chosen(wish, room_id),
        accepted=accepted,
        version=None,
        by=PLANNER,
        now=now,
    )


def meeting_room(name: str = "De Buurtkamer", postcode: str = OVERVECHT, **facts: object) -> Room:
    """A room that is lent for meetings and confirms at once, unless told otherwise."""
    lent = {"welcomes_meetings": True, "confirms_at_once": True, **facts}
    return room(name, postcode, **lent)  # type: ignore[arg-type]


def room_asked(
    found: Room,
    first_on: date = THURSDAY,
    recurrence: Recurrence | None = None,
    *,
    times: Times = EVENING,
    people: int = 12,
    organisation: str = "Taalcafé Overvecht",
    email: str = "contact@taalcafe.example",
    skip: Collection[date] = (),
) -> RoomAsked:
    """All days of the recurrence but those to skip."""
    recurrence = recurrence or Recurrence()
    wanted = [day for day in days(first_on, recurrence) if day not in skip]
    return RoomAsked(
        room_id=found.id,
        first_on=first_on,
        times=times,
        recurrence=recurrence,
        dates=tuple(AskedDate(day, found.id, times) for day in wanted),
        people=people,
        purpose="Taalcafé",
        contact=Contact(organisation, "Noor Bakker", email, "030 123 45 67"),
        pc4=found.venue.pc4,
    )


def booked(what: RoomAsked, now: datetime = NOW) -> RoomBooking:
    return transact(reserving.book_room, what, form_token=new_form_token(), now=now)
