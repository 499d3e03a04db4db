"""Where the made-up season plays: real places of Utrecht, measures made up."""

from dataclasses import dataclass
from datetime import datetime, time

from core.history import COMMAND
from venues.models import Room
from venues.rules.fit import Ground, Measures
from venues.rules.opening import WeeklyHours
from venues.rules.values import RoomDetails, VenueDetails
from venues.services import add_room, add_venue


@dataclass(frozen=True, slots=True)
class DemoPlace:
    name: str
    room: str
    postcode: str  # four digits: an exact address is nobody's business here
    street: str = "Voorbeeldstraat"  # which Utrecht does not have
    is_outdoors: bool = False
    opens: time = time(8)
    closes: time = time(22, 30)
    days: tuple[int, ...] = (0, 1, 2, 3, 4, 5)


WHOLE_WEEK = (0, 1, 2, 3, 4, 5, 6)
PLACES = (
    DemoPlace("De Dreef", "Huiskamer", "3563"),
    DemoPlace("ZIMIHC theater Stefanus", "Foyer", "3563", closes=time(23, 30)),
    DemoPlace("RAUM", "Berlijnplein", "3541", "Berlijnplein", True, time(7), time(23), WHOLE_WEEK),
    DemoPlace("Buurtcentrum Zuilen", "Zaal 1", "3553", "Sint-Ludgerusstraat"),
    DemoPlace("Buurtcentrum De Speler", "Grote zaal", "3552"),
    DemoPlace("De Musketon", "Theaterzaal", "3524", closes=time(23, 30)),
    DemoPlace("Hart van Hoograven", "Ontmoetingsruimte", "3525"),
    DemoPlace("De Nieuwe Jutter", "Buurtkamer", "3522"),
    DemoPlace(
        "Speeltuin De Boog",
        "Speelveld",
        "3522",
        is_outdoors=True,
        opens=time(7),
        closes=time(23),
        days=WHOLE_WEEK,
    ),
    DemoPlace("Speeltuin Bankaplein", "Plein", "3531", "Bankaplein", True, time(7), time(23)),
    DemoPlace("Speeltuingebouw Griftsteede", "Zaal", "3572"),
    DemoPlace("Buurtcentrum Sterrenzicht", "Zaal", "3582"),
    DemoPlace("Castellum Hoge Woerd", "Binnenplaats", "3454", closes=time(23)),
    DemoPlace("Stadstuin Klopvaart", "Tuin", "3564", "Vancouverdreef", True, time(7), time(22)),
)


def add_places(now: datetime) -> dict[str, Room]:
    """The rooms, by the name of their venue."""
    return {place.name: _add(place, now) for place in PLACES}


def _add(place: DemoPlace, now: datetime) -> Room:
    venue = add_venue(
        VenueDetails(
            name=place.name,
            postcode=place.postcode,
            street=place.street,
            phone="030 000 00 01",
            arrival="Laden en lossen kan voor de deur.",
            opened_by="De beheerder doet open.",
            waiting_place="In de gang staan stoelen.",
            coffee="Er is koffie en thee.",
        ),
        by=COMMAND,
        now=now,
    )
    return add_room(venue.id, _details(place), by=COMMAND, now=now)


def _details(place: DemoPlace) -> RoomDetails:
    hours = tuple(WeeklyHours(day, place.opens, place.closes) for day in place.days)
    return RoomDetails(
        name=place.room,
        measures=_outdoors() if place.is_outdoors else _indoors(),
        people=40,
        has_accessible_toilet=True,
        opening_hours=hours,
    )


def _indoors() -> Measures:
    return Measures(
        is_outdoors=False,
        floor_length_cm=600,
        floor_width_cm=500,
        free_height_cm=300,
        door_width_cm=95,
        is_step_free=True,
        has_power=True,
        is_quiet=True,
    )


def _outdoors() -> Measures:
    return Measures(
        is_outdoors=True,
        floor_length_cm=1000,
        floor_width_cm=1000,
        is_step_free=True,
        has_power=True,
        is_sheltered=True,
        ground=Ground.FIRM,
    )
