"""Of finding a room: how far, what it has, why only nearly, and on which terms."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from booking.phrases.rooms import length
from booking.rules.finder import Need
from booking.rules.room_week import HourState
from core.filters import clock_time, time_span
from core.language import gettext as _
from core.language import ngettext
from venues.rules.terms import BookableBy, Terms

Data = Mapping[str, Any]
DAYS_IN_WORDS = 48  # hours; from here on whole days are said in days


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
    return _("binnen %(minutes)s minuten lopen", minutes=minutes)


def ring(minutes: int | None) -> str:
    """The heading above the rooms of one ring."""
    if minutes is None:
        return _("Verder dan 20 minuten lopen")
    return _("Binnen %(minutes)s minuten lopen", minutes=minutes)


def people(number: int | None) -> str:
    if number is None:
        return _("aantal mensen onbekend")
    return ngettext("%(num)d persoon", "%(num)d mensen", number)


def rooms_free(number: int) -> str:
    return ngettext("%(num)d ruimte vrij", "%(num)d ruimtes vrij", number)


def on_map(number: int) -> str:
    """Short, in a tile of the map."""
    return _("%(number)s vrij", number=number) if number else _("geen vrij")


def on_map_of_all(number: int) -> str:
    return ngettext("%(num)d ruimte", "%(num)d ruimtes", number) if number else _("nog geen")


def hour_state(state: HourState) -> str:
    return {
        HourState.FREE: _("vrij"),
        HourState.PARTLY: _("deels vrij"),
        HourState.TAKEN: _("bezet"),
        HourState.TOO_LATE: _("niet meer"),
        HourState.CLOSED: _("dicht"),
    }[state]


def terms_in_words(terms: Terms, host_answer_days: int) -> list[tuple[str, str]]:
    """What somebody should know before booking, as a label and a sentence."""
    return [
        (_("Wie mag boeken"), _bookable_by(terms.bookable_by)),
        (_("Antwoord"), _answer(terms, host_answer_days)),
        (_("Op tijd boeken"), _notice(terms.notice_hours)),
        (_("Hoe lang"), _lengths(terms)),
        *_around(terms),
        (_("Afzeggen"), _cancelling(terms.cancel_hours)),
        *_ahead(terms),
    ]


def _bookable_by(who: BookableBy) -> str:
    return {
        BookableBy.ANYBODY: _("Iedere organisatie of groep."),
        BookableBy.NEIGHBOURS: _("Organisaties en groepen uit deze wijk."),
        BookableBy.KNOWN: _("Organisaties die hier eerder waren. Nieuw? Bel dan even."),
    }[who]


def _answer(terms: Terms, days: int) -> str:
    if terms.confirms_at_once:
        return _("Je hebt meteen zekerheid.")
    return ngettext(
        "De beheerder antwoordt binnen %(num)d dag.",
        "De beheerder antwoordt binnen %(num)d dagen.",
        days,
    )


def _notice(hours: int) -> str:
    if not hours:
        return _("Boeken kan tot het laatste moment.")
    return _("Boek minstens %(time)s van tevoren.", time=_hours(hours))


def _lengths(terms: Terms) -> str:
    return _(
        "Minstens %(shortest)s, hoogstens %(longest)s.",
        shortest=length(terms.shortest),
        longest=length(terms.longest),
    )


def _around(terms: Terms) -> list[tuple[str, str]]:
    kept = {
        (True, True): _(
            "De ruimte blijft %(before)s ervoor en %(after)s erna leeg.",
            before=length(terms.before),
            after=length(terms.after),
        ),
        (True, False): _("De ruimte blijft %(before)s ervoor leeg.", before=length(terms.before)),
        (False, True): _("De ruimte blijft %(after)s erna leeg.", after=length(terms.after)),
    }
    words = kept.get((bool(terms.before), bool(terms.after)))
    return [(_("Tussen twee groepen"), words)] if words else []


def _cancelling(hours: int) -> str:
    if not hours:
        return _("Afzeggen kan tot het begin.")
    return _("Afzeggen kan tot %(time)s van tevoren.", time=_hours(hours))


def _ahead(terms: Terms) -> list[tuple[str, str]]:
    if terms.dates_ahead is None:
        return []
    words = ngettext(
        "Hoogstens %(num)d datum tegelijk per organisatie.",
        "Hoogstens %(num)d data tegelijk per organisatie.",
        terms.dates_ahead,
    )
    return [(_("Vooruit boeken"), words)]


def _hours(hours: int) -> str:
    if hours >= DAYS_IN_WORDS and hours % 24 == 0:
        return ngettext("%(num)d dag", "%(num)d dagen", hours // 24)
    return length(timedelta(hours=hours))


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
    "no_day_chosen": lambda _d: _("Kies ook een dag bij deze tijd."),
}
