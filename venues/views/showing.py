"""A room as anybody may see it: for the public page, and for the host to look it over."""

from dataclasses import dataclass
from datetime import date, datetime

from core.language import gettext as _
from core.language import ngettext
from venues import phrases
from venues.models import Closure, Room, RoomPhoto
from venues.queries.photos import photos_of
from venues.queries.places import closures_ahead
from venues.queries.special import special_ahead
from venues.views.wording import Fact, terms_facts

CLOSURES_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Feature:
    """Something a room has (or is), or has not; None: nobody has said."""

    says: str
    is_there: bool | None


@dataclass(frozen=True, slots=True)
class RoomShown:
    room: Room
    size: list[str]  # for example "40 mensen", "5 × 4 m (20 m²)"
    features: list[Feature]
    hours: list[tuple[str, str]]  # day and times
    special: list[tuple[date, str]]
    closures: list[Closure]
    photos: list[RoomPhoto]
    terms: list[Fact]  # empty when it is not lent for meetings
    reception: list[Fact]


def room_shown(room: Room, now: datetime) -> RoomShown:
    """In three statements, whatever there is to show."""
    special = special_ahead(room.id, now)
    return RoomShown(
        room=room,
        size=size_in_words(room),
        features=features(room),
        hours=phrases.hours_by_day(hours.weekly for hours in room.opening_hours),
        special=[(day, phrases.day_hours(hours)) for day, hours in special.items()],
        closures=closures_ahead(room.id, now)[:CLOSURES_SHOWN],
        photos=photos_of([room.id])[room.id],
        terms=terms_facts(room.terms) if room.welcomes_meetings else [],
        reception=reception(room),
    )


def size_in_words(room: Room) -> list[str]:
    people = people_in_words(room)
    return [*([people] if people else []), *_floor(room.floor_length_cm, room.floor_width_cm)]


def people_in_words(room: Room) -> str:
    """Nothing when nobody has said."""
    if room.people is None:
        return ""
    return ngettext("tot %(num)d mens", "tot %(num)d mensen", room.people)


def features(room: Room) -> list[Feature]:
    """What groups ask for, in the order in which they ask."""
    asked = [
        (_("Zonder drempels of trappen"), room.is_step_free),
        (_("Toegankelijk toilet"), room.has_accessible_toilet),
        (_("Lift"), room.has_lift),
        (_("Keuken"), room.has_kitchen),
        (_("Scherm of beamer"), room.has_screen),
        (_("Tuin"), room.has_garden),
        (_("Stopcontact"), room.has_power),
        (_("Stil"), room.is_quiet),
    ]
    return [Feature(says, is_there) for says, is_there in asked]


def _floor(length: int | None, width: int | None) -> list[str]:
    if length is None or width is None:
        return []
    size = {"length": phrases.metres(length), "width": phrases.metres(width)}
    return [_("%(length)s × %(width)s m (%(area)s m²)", area=length * width // 10_000, **size)]


def reception(room: Room) -> list[Fact]:
    venue = room.venue
    said = [
        (_("Zo kom je er"), venue.arrival),
        (_("Wie doet er open?"), venue.opened_by),
        (_("Waar kun je wachten?"), venue.waiting_place),
        (_("Koffie en thee"), venue.coffee),
        (_("Wie blijft er achteraf?"), venue.stays_after),
    ]
    return [(label, text) for label, text in said if text]
