"""Who looks after the places of the made-up season, and how far they are with them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from booking.demo import drawings
from core.clock import local_date, local_days, monday_of
from core.db import session
from core.findings import Refused
from core.history import COMMAND
from core.period import Period
from venues import services
from venues.facts import Holiday, holidays_ahead
from venues.models import Room, RoomState
from venues.pictures import read_picture
from venues.rules.fit import Measures
from venues.rules.hits import Agreed
from venues.rules.opening import DayHours, WeeklyHours
from venues.rules.terms import Terms
from venues.rules.values import ClosureDetails, HostDetails, RoomDetails

SATURDAY = 5
A_YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class DemoHost:
    name: str
    email: str
    places: tuple[str, ...]


# The first one is who "a host" is on the page of the demonstration.
HOSTS = (
    DemoHost(
        "De beheerder",
        "beheerder@plekken.example",
        ("De Dreef", "ZIMIHC theater Stefanus", "RAUM"),
    ),
    DemoHost(
        "De gastvrouw",
        "gastvrouw@plekken.example",
        ("De Dreef", "Buurtcentrum Zuilen", "Buurtcentrum De Speler", "Stadstuin Klopvaart"),
    ),
    DemoHost(
        "De conciërge",
        "concierge@plekken.example",
        (
            "Hart van Hoograven",
            "De Nieuwe Jutter",
            "Speeltuingebouw Griftsteede",
            "Buurtcentrum Sterrenzicht",
        ),
    ),
)
PHOTOS = {
    "De Dreef": ((drawings.living_room, "Tekening: een tafel met stoelen bij een groot raam"),),
    "ZIMIHC theater Stefanus": (
        (drawings.hall, "Tekening: een lichte zaal met stoelen in een kring"),
    ),
    "Buurtcentrum Zuilen": ((drawings.hall, "Tekening: een zaal met stoelen in een kring"),),
    "Stadstuin Klopvaart": ((drawings.garden, "Tekening: een tuin met bomen en een bank"),),
}
# Begun and not yet online: this is how a host finds the desk halfway.
BEGUN = RoomDetails(
    name="Keuken",
    measures=Measures(is_outdoors=False, is_step_free=True),
    has_kitchen=True,
    welcomes_cube=False,
    terms=Terms(welcomes_meetings=True),
)
PAUSED = replace(
    BEGUN,
    name="Studio",
    people=12,
    description="De vloer wordt geschuurd. Daarna kun je hier weer terecht.",
    opening_hours=tuple(WeeklyHours(day, time(9), time(17)) for day in range(SATURDAY)),
)


def begin(rooms: dict[str, Room], now: datetime) -> None:
    """Places get their hosts, photos, and rooms that are not online."""
    for host in HOSTS:
        for place in host.places:
            details = HostDetails(host.name, host.email)
            services.make_host(rooms[place].venue_id, details, by=COMMAND, now=now)
    for place, drawn in PHOTOS.items():
        new = [services.NewPhoto(read_picture(draw()), text) for draw, text in drawn]
        services.add_photos(rooms[place].id, new, by=COMMAND, now=now)
    _add(rooms["De Dreef"], BEGUN, RoomState.DRAFT, now)
    _add(rooms["ZIMIHC theater Stefanus"], PAUSED, RoomState.PAUSED, now)


def other_days(rooms: Sequence[Room], now: datetime) -> None:
    """Each is closed in the next holiday of the schools, and open late next Saturday."""
    today = local_date(now)
    schools = [each for each in holidays_ahead(today, today + A_YEAR) if each.is_for_schools][:1]
    closed = [ClosureDetails(_days_of(each), each.name) for each in schools]
    saturday = monday_of(today) + timedelta(weeks=1, days=SATURDAY)
    late = [DayHours(saturday, time(13), time(23))]
    for room in rooms:
        services.close_days(room.id, closed, by=COMMAND, now=now)
        services.set_special_hours(room.id, saturday, late, by=COMMAND, now=now)


def close_on(room: Room, in_days: int, now: datetime) -> None:
    """As a host closes a day for which the cube was agreed: told who is hit, and then knowingly."""
    day = local_date(now) + timedelta(days=in_days)
    closed = [ClosureDetails(local_days(day, day), "De vloer wordt gelakt.")]
    try:
        with session.begin_nested():
            services.close_days(room.id, closed, by=COMMAND, now=now)
    except Refused as refusal:
        keys = frozenset(hit.key for hit in refusal.findings[0].data["hits"])
        agreed = Agreed(keys, "Sorry, het kan niet anders.")
        services.close_days(room.id, closed, by=COMMAND, now=now, agreed=agreed)


def _days_of(holiday: Holiday) -> Period:
    return local_days(holiday.first_on, holiday.last_on)


def _add(beside: Room, details: RoomDetails, state: RoomState, now: datetime) -> None:
    services.add_room(beside.venue_id, details, by=COMMAND, now=now, state=state)
