"""What is known of a place, as rows of a label and a text."""

from collections.abc import Iterable
from dataclasses import dataclass

from core.language import gettext as _
from venues import durations, phrases
from venues.rules.opening import WeeklyHours
from venues.rules.terms import Terms
from venues.rules.values import Details, RoomDetails, VenueDetails

Fact = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that was typed and is stored otherwise."""

    label: str
    typed: str
    stored: str


def differences(typed: Details, stored: Details) -> list[Difference]:
    """Only what is not the same, in the order of the page."""
    pairs = zip(facts_of(typed), facts_of(stored), strict=True)
    return [
        Difference(label, said, kept or _("leeg"))
        for (label, said), (_label, kept) in pairs
        if said != kept
    ]


def facts_of(details: Details) -> list[Fact]:
    return room_facts(details) if isinstance(details, RoomDetails) else venue_facts(details)


def venue_facts(venue: VenueDetails) -> list[Fact]:
    return [
        (_("Naam"), venue.name),
        (_("Adres"), f"{venue.street} {venue.house_number}".strip()),
        (_("Postcode"), venue.postcode),
        (_("Telefoon"), venue.phone),
        (_("Aankomen en uitladen"), venue.arrival),
        (_("Wie doet er open?"), venue.opened_by),
        (_("Waar kunnen bezoekers wachten?"), venue.waiting_place),
        (_("Koffie en thee"), venue.coffee),
        (_("Wie blijft er achteraf?"), venue.stays_after),
        (_("Iedereen kan deze plek kiezen"), yes_no(venue.is_listed)),
    ]


def room_facts(room: RoomDetails) -> list[Fact]:
    return [
        (_("Naam"), room.name),
        (_("Binnen of buiten?"), _("Buiten") if room.measures.is_outdoors else _("Binnen")),
        (_("Groepen mogen hier samenkomen"), yes_no(room.terms.welcomes_meetings)),
        (_("De kubus mag hier komen"), yes_no(room.welcomes_cube)),
        (_("Hoeveel mensen mogen erin?"), "" if room.people is None else str(room.people)),
        (_("Goed om te weten"), room.description),
        *_size(room),
        *_circumstances(room),
        *terms_facts(room.terms),
        (_("Open"), hours_in_words(room.opening_hours)),
    ]


def terms_facts(terms: Terms) -> list[Fact]:
    """On which terms the room is lent, in the order of the form."""
    return [
        (_("Wie mag reserveren?"), phrases.bookable_by(terms.bookable_by)),
        (_("Gaat het meteen door?"), phrases.confirms(terms.confirms_at_once)),
        (_("Reserveren"), durations.notice(terms.notice_hours)),
        (_("Minstens"), durations.minutes_in_words(terms.shortest_minutes)),
        (_("Hoogstens"), durations.minutes_in_words(terms.longest_minutes)),
        (_("Vrij ervoor"), durations.free_around(terms.before_minutes)),
        (_("Vrij erna"), durations.free_around(terms.after_minutes)),
        (_("Per organisatie vooruit"), durations.dates_ahead(terms.dates_ahead)),
        (_("Zelf annuleren"), durations.cancelling(terms.cancel_hours)),
    ]


def hours_in_words(hours: Iterable[WeeklyHours]) -> str:
    return "; ".join(f"{day} {times}" for day, times in phrases.hours_by_day(hours))


def yes_no(answer: bool | None) -> str:
    return {True: _("ja"), False: _("nee"), None: ""}[answer]


def _size(room: RoomDetails) -> list[Fact]:
    measures = room.measures
    return [
        (_("Lengte van de vloer"), _length(measures.floor_length_cm)),
        (_("Breedte van de vloer"), _length(measures.floor_width_cm)),
        (_("Hoogte"), _length(measures.free_height_cm)),
        (_("Smalste deur"), _length(measures.door_width_cm)),
    ]


def _circumstances(room: RoomDetails) -> list[Fact]:
    measures = room.measures
    return [
        (_("Zonder drempels en trappen"), yes_no(measures.is_step_free)),
        (_("Lift"), yes_no(measures.has_lift)),
        (_("Toegankelijk toilet"), yes_no(room.has_accessible_toilet)),
        (_("Stopcontact"), yes_no(measures.has_power)),
        (_("Stil"), yes_no(measures.is_quiet)),
        (_("Keuken"), yes_no(room.has_kitchen)),
        (_("Scherm of beamer"), yes_no(room.has_screen)),
        (_("Tuin"), yes_no(room.has_garden)),
        (_("Ondergrond"), phrases.ground(measures.ground)),
        (_("Schuilen bij regen"), yes_no(measures.is_sheltered)),
    ]


def _length(number: int | None) -> str:
    return "" if number is None else phrases.centimetres(number)
