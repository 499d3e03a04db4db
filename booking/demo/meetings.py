"""Rooms of the made-up season that are lent for meetings, and who meets there."""

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from booking.queries.rooms import places_for
from booking.rules.asked import Contact
from booking.rules.recurrence import Frequency, Recurrence, Times, days
from booking.rules.room_asked import AskedDate, RoomAsked, judge_asked
from booking.services import reserving
from core.clock import local_date, midnight, monday_of
from core.fields import new_form_token
from venues.models import Room
from venues.rules.terms import BookableBy, Terms

AT_ONCE = Terms(welcomes_meetings=True, confirms_at_once=True)
BY_HAND = Terms(welcomes_meetings=True, before_minutes=15, after_minutes=30, notice_hours=48)
FOR_NEIGHBOURS = replace(AT_ONCE, bookable_by=BookableBy.NEIGHBOURS)
LENT = {
    "De Dreef": AT_ONCE,
    "ZIMIHC theater Stefanus": BY_HAND,
    "Buurtcentrum Zuilen": AT_ONCE,
    "Buurtcentrum De Speler": BY_HAND,
    "Hart van Hoograven": AT_ONCE,
    "De Nieuwe Jutter": FOR_NEIGHBOURS,
    "Speeltuingebouw Griftsteede": AT_ONCE,
    "Buurtcentrum Sterrenzicht": BY_HAND,
    "Stadstuin Klopvaart": AT_ONCE,
}
KITCHEN = {
    "De Dreef": True,
    "Buurtcentrum Zuilen": True,
    "De Nieuwe Jutter": True,
    "Hart van Hoograven": False,
}
PEOPLE = {"De Dreef": 24, "Buurtcentrum Zuilen": 60, "Speeltuingebouw Griftsteede": 16}


@dataclass(frozen=True, slots=True)
class Meets:
    """An organisation that meets every week; none of them exists."""

    organisation: str
    place: str
    weekday: int
    times: Times
    purpose: str


WEEKLY = (
    Meets("Taalcafé Overvecht", "De Dreef", 1, Times(time(19), time(21)), "Taalcafé"),
    Meets("Kookclub Zuilen", "Buurtcentrum Zuilen", 3, Times(time(16), time(19)), "Samen koken"),
    Meets("Naaiatelier", "Hart van Hoograven", 2, Times(time(10), time(12)), "Naaien"),
)
TIMES = 12


@dataclass(frozen=True, slots=True)
class Asks:
    """A question that waits for a host; the first two are about the same evening."""

    organisation: str
    times: Times
    purpose: str
    in_weeks: int
    count: int = 1
    people: int = 12


ASKED_AT = "ZIMIHC theater Stefanus"
ASKED_BEFORE = timedelta(days=5)
ASKING = (
    Asks("Buurtkoor Overvecht", Times(time(19, 30), time(21, 30)), "Zingen", 2, 6, 22),
    Asks("Leesclub De Bladzijde", Times(time(20), time(22)), "Over een boek praten", 2),
    Asks("Bewonersgroep Noord", Times(time(14), time(16)), "Plannen voor het plein", 3, 1, 18),
)


def lend(rooms: dict[str, Room]) -> None:
    for name, terms in LENT.items():
        room = rooms[name]
        room.terms = terms
        room.has_kitchen = KITCHEN.get(name)
        room.has_screen = terms is BY_HAND
        room.people = PEOPLE.get(name, room.people)


def meet(rooms: dict[str, Room], now: datetime) -> None:
    for each in WEEKLY:
        room = rooms[each.place]
        asked = _free_dates(_asked(each, room, now), room, now)
        reserving.book_room(asked, form_token=new_form_token(), now=now)


def ask(rooms: dict[str, Room], now: datetime) -> None:
    """Where a host answers by hand; the first to ask has waited longest."""
    room = rooms[ASKED_AT]
    for number, each in enumerate(ASKING):
        asked_at = midnight(local_date(now) - ASKED_BEFORE) + timedelta(days=number, hours=14)
        asked = _free_dates(_question(each, room, now), room, asked_at)
        reserving.book_room(asked, form_token=new_form_token(), now=asked_at)


def _question(asks: Asks, room: Room, now: datetime) -> RoomAsked:
    meets = Meets(asks.organisation, ASKED_AT, 1, asks.times, asks.purpose)
    first = monday_of(local_date(now)) + timedelta(weeks=asks.in_weeks, days=meets.weekday)
    once = Recurrence()
    rhythm = Recurrence(Frequency.FORTNIGHTLY, count=asks.count) if asks.count > 1 else once
    dates = tuple(AskedDate(day, room.id, asks.times) for day in days(first, rhythm))
    weekly = _asked(meets, room, now)
    return replace(weekly, first_on=first, recurrence=rhythm, dates=dates, people=asks.people)


def _free_dates(asked: RoomAsked, room: Room, now: datetime) -> RoomAsked:
    """Without the days on which the cube stands there."""
    judged = judge_asked(asked, places_for(asked, {room.id: room}), now)
    free = {each.day for each in judged if each.is_free}
    return replace(asked, dates=tuple(each for each in asked.dates if each.day in free))


def _asked(meets: Meets, room: Room, now: datetime) -> RoomAsked:
    first = monday_of(local_date(now)) + timedelta(days=7 + meets.weekday)
    weekly = Recurrence(Frequency.WEEKLY, count=TIMES)
    contact = Contact(meets.organisation, "De vrijwilliger", "groep@organisaties.example", "")
    return RoomAsked(
        room_id=room.id,
        first_on=first,
        times=meets.times,
        recurrence=weekly,
        dates=tuple(AskedDate(day, room.id, meets.times) for day in days(first, weekly)),
        people=12,
        purpose=meets.purpose,
        contact=contact,
        pc4=room.venue.pc4,
    )
