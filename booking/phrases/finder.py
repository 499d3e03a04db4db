"""Of finding a room: how far, what it has, why only nearly, and on which terms."""

from collections.abc import Callable, Mapping
from typing import Any

from booking.rules.room_week import HourState
from booking.rules.sought import Need
from core.filters import clock_time, time_span
from core.language import gettext as _
from core.language import ngettext
from venues.rules.terms import Terms

Data = Mapping[str, Any]
HALF_AN_HOUR, AN_HOUR = 30, 60  # minutes


def need(wanted: Need) -> str:
    """As something to tick."""
    return {
        Need.STEP_FREE: _("Zonder drempels en trappen"),
        Need.TOILET: _("Toegankelijk toilet"),
        Need.KITCHEN: _("Keuken"),
        Need.SCREEN: _("Scherm"),
        Need.OUTDOORS: _("Buiten of met een tuin"),
        Need.QUIET: _("Stil"),
        Need.POWER: _("Stopcontact"),
        Need.CUBE: _("De kubus past er"),
    }[wanted]


def need_unknown(wanted: Need) -> str:
    return {
        Need.STEP_FREE: _("We weten niet of er drempels of trappen zijn."),
        Need.TOILET: _("We weten niet of er een toegankelijk toilet is."),
        Need.KITCHEN: _("We weten niet of er een keuken is."),
        Need.SCREEN: _("We weten niet of er een scherm is."),
        Need.OUTDOORS: _("We weten niet of er een tuin is."),
        Need.QUIET: _("We weten niet of het er stil is."),
        Need.POWER: _("We weten niet of er een stopcontact is."),
        Need.CUBE: _("We weten niet of de kubus er past."),
    }[wanted]


def walking(minutes: int | None) -> str:
    """For example "binnen 10 minuten lopen"; nothing when nobody said from where."""
    if minutes is None:
        return ""
    if minutes > AN_HOUR:
        return _("meer dan een uur lopen")
    if minutes > HALF_AN_HOUR:
        return _("meer dan een half uur lopen")
    return _("binnen %(minutes)s minuten lopen", minutes=minutes)


def ring(minutes: int | None) -> str:
    """The heading above the rooms of one ring."""
    if minutes is None:
        return _("Verder dan 20 minuten lopen")
    return _("Binnen %(minutes)s minuten lopen", minutes=minutes)


def rooms_free(number: int) -> str:
    if not number:
        return _("Geen ruimte vrij")
    return ngettext("%(num)d ruimte vrij", "%(num)d ruimtes vrij", number)


def rooms_lent(number: int) -> str:
    if not number:
        return _("Geen ruimte")
    return ngettext("%(num)d ruimte", "%(num)d ruimtes", number)


def on_map(number: int) -> str:
    """Short, in a tile of the map."""
    return _("%(number)s vrij", number=number) if number else _("geen")


def on_map_of_all(number: int) -> str:
    return ngettext("%(num)d ruimte", "%(num)d ruimtes", number) if number else _("geen")


def free_counted(number: int) -> str:
    """Of one room in one week."""
    return ngettext("%(num)d keer vrij", "%(num)d keer vrij", number) if number else _("niets vrij")


def hour_state(state: HourState) -> str:
    return {
        HourState.FREE: _("vrij"),
        HourState.PARTLY: _("deels vrij"),
        HourState.TAKEN: _("bezet"),
        HourState.TOO_LATE: _("niet meer"),
        HourState.CLOSED: _("dicht"),
    }[state]


def answer(terms: Terms, days: int) -> str:
    """How soon somebody knows."""
    if terms.confirms_at_once:
        return _("Je hebt meteen zekerheid.")
    return ngettext(
        "De beheerder antwoordt binnen %(num)d dag.",
        "De beheerder antwoordt binnen %(num)d dagen.",
        days,
    )


def _seats(data: Data) -> str:
    return ngettext(
        "%(num)d stoel te weinig: er passen %(fits)s mensen in.",
        "%(num)d stoelen te weinig: er passen %(fits)s mensen in.",
        data["short"],
        fits=data["fits"],
    )


PHRASES: dict[str, Callable[[Data], str]] = {
    "seats_short": _seats,
    "free_from": lambda d: _("Vrij vanaf %(time)s uur.", time=clock_time(d["at"])),
    "free_until": lambda d: _("Vrij tot %(time)s uur.", time=clock_time(d["at"])),
    "free_shorter": lambda d: _(
        "Korter vrij dan je zoekt: %(times)s.", times=time_span(d["session"])
    ),
    "need_unknown": lambda d: need_unknown(d["need"]),
    "kept_for_district": lambda d: _(
        "Alleen voor organisaties uit %(district)s.", district=d["district"]
    ),
    "kept_for_known": lambda _d: _(
        "Alleen voor organisaties die er eerder waren. Ben je nieuw? Bel dan de beheerder."
    ),
    "no_day_chosen": lambda _d: _("Kies ook een dag bij deze tijd."),
}
