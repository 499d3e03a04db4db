"""What changed at a place, in words: what it was, and what it is now."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from typing import Any

from core.filters import long_date
from core.language import gettext as _
from core.language import ngettext
from core.period import Period
from venues import phrases
from venues.models import RoomState
from venues.rules.fit import Ground
from venues.rules.opening import DayHours, WeeklyHours
from venues.rules.terms import BookableBy

# The name of each thing that can change, by the field it is kept in.
FIELDS: dict[str, Callable[[], str]] = {
    "name": lambda: _("Naam"),
    "state": lambda: _("Te boeken?"),
    "description": lambda: _("Goed om te weten"),
    "people": lambda: _("Hoeveel mensen mogen erin?"),
    "is_outdoors": lambda: _("Buiten"),
    "welcomes_meetings": lambda: _("Groepen mogen hier samenkomen"),
    "welcomes_cube": lambda: _("De kubus mag hier komen"),
    "floor_length_cm": lambda: _("Lengte van de vloer, in cm"),
    "floor_width_cm": lambda: _("Breedte van de vloer, in cm"),
    "free_height_cm": lambda: _("Hoogte, in cm"),
    "door_width_cm": lambda: _("Smalste deur, in cm"),
    "is_step_free": lambda: _("Zonder drempels en trappen"),
    "has_lift": lambda: _("Lift"),
    "has_accessible_toilet": lambda: _("Toegankelijk toilet"),
    "has_power": lambda: _("Stopcontact"),
    "is_quiet": lambda: _("Stil"),
    "has_kitchen": lambda: _("Keuken"),
    "has_screen": lambda: _("Scherm of beamer"),
    "has_garden": lambda: _("Tuin"),
    "ground": lambda: _("Ondergrond"),
    "is_sheltered": lambda: _("Schuilen bij regen"),
    "opening_hours": lambda: _("Open"),
    "bookable_by": lambda: _("Wie mag reserveren?"),
    "confirms_at_once": lambda: _("Gaat het meteen door?"),
    "notice_hours": lambda: _("Van tevoren reserveren, in uren"),
    "shortest_minutes": lambda: _("Minstens, in minuten"),
    "longest_minutes": lambda: _("Hoogstens, in minuten"),
    "before_minutes": lambda: _("Vrij ervoor, in minuten"),
    "after_minutes": lambda: _("Vrij erna, in minuten"),
    "dates_ahead": lambda: _("Per organisatie vooruit"),
    "cancel_hours": lambda: _("Zelf annuleren, in uren"),
    "postcode": lambda: _("Postcode"),
    "street": lambda: _("Straat"),
    "house_number": lambda: _("Huisnummer"),
    "phone": lambda: _("Telefoon"),
    "arrival": lambda: _("Aankomen en uitladen"),
    "opened_by": lambda: _("Wie doet er open?"),
    "waiting_place": lambda: _("Waar kunnen bezoekers wachten?"),
    "coffee": lambda: _("Koffie en thee"),
    "stays_after": lambda: _("Wie blijft er achteraf?"),
    "is_listed": lambda: _("Iedereen kan deze plek kiezen"),
    "photo": lambda: _("Tekst bij de foto"),
    "calendar": lambda: _("Naam van de agenda"),
    "hours": lambda: _("Tijden"),
}


def details(facts: Mapping[str, Any]) -> list[str]:
    """A sentence for each fact of an entry that says something to a reader."""
    changes = facts.get("changed", {})
    return [
        *_about(facts),
        *(_change(name, *values) for name, values in changes.items() if name in FIELDS),
    ]


def _about(facts: Mapping[str, Any]) -> list[str]:
    said = []
    if "from_at" in facts:
        moments = (datetime.fromisoformat(facts[name]) for name in ("from_at", "until_at"))
        said.append(phrases.span(Period(*moments)))
    if "day" in facts:
        said.append(long_date(date.fromisoformat(facts["day"])))
    if isinstance(facts.get("number"), int):
        said.append(ngettext("%(num)d foto", "%(num)d foto's", facts["number"]))
    return said


def _change(name: str, before: Any, after: Any) -> str:
    return _(
        "%(what)s: van %(before)s naar %(after)s",
        what=FIELDS[name](),
        before=_value(name, before),
        after=_value(name, after),
    )


def _value(name: str, value: Any) -> str:
    match name, value:
        case _any, None | "" | []:
            return _("leeg")
        case _any, bool():
            return _("ja") if value else _("nee")
        case "state", str():
            return phrases.room_state(RoomState(value))
        case "ground", str():
            return phrases.ground(Ground(value))
        case "bookable_by", str():
            return phrases.bookable_by(BookableBy(value))
        case "opening_hours", list():
            hours = phrases.hours_by_day(_weekly(value))
            return "; ".join(f"{day} {times}" for day, times in hours)
        case "hours", list():
            return phrases.day_hours(DayHours(date.min, *_times(each)) for each in value)
        case _any, str():
            return f"“{value}”"
    return str(value)


def _weekly(kept: list[str]) -> list[WeeklyHours]:
    """As `rules.values.plain` writes them: "0 09:00-17:00"."""
    found = (each.split(" ", 1) for each in kept)
    return [WeeklyHours(int(weekday), *_times(times)) for weekday, times in found]


def _times(span: str) -> tuple[time, time]:
    first, last = span.split("-")
    return time.fromisoformat(first), time.fromisoformat(last)
