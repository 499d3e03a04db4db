"""On the private page of who booked a room: how it stands, what comes next, what happened."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Protocol

from booking.phrases.rooms import date_state, frequency
from booking.rules.room_changes import Scope, Stand
from core.filters import short_date
from core.language import gettext as _
from core.language import ngettext

__all__ = [
    "PHRASES",
    "date_state",
    "frequency",
    "happened",
    "scope",
    "stand",
    "standing",
]

Data = Mapping[str, Any]
NAMED = 3  # dates in a line of the history


class Told(Protocol):
    """An entry of the history, as far as it is told here."""

    action: str
    actor_kind: Any
    why: str
    facts: dict[str, Any]


def stand(of: Stand) -> str:
    """In one word."""
    return {
        Stand.PROPOSED: _("andere tijd"),
        Stand.ASKED: _("wacht op antwoord"),
        Stand.CONFIRMED: _("gaat door"),
        Stand.OVER: _("geweest"),
        Stand.DECLINED: _("afgewezen"),
        Stand.WITHDRAWN: _("ingetrokken"),
        Stand.CANCELLED: _("geannuleerd"),
        Stand.EXPIRED: _("verlopen"),
    }[of]


def standing(of: Stand) -> str:
    """In one sentence."""
    return {
        Stand.PROPOSED: _("De beheerder stelt een andere tijd voor."),
        Stand.ASKED: _("De beheerder kijkt of het kan."),
        Stand.CONFIRMED: _("De ruimte is voor jullie."),
        Stand.OVER: _("Jullie zijn er geweest. Tot een volgende keer."),
        Stand.DECLINED: _("De beheerder kan jullie dan niet ontvangen."),
        Stand.WITHDRAWN: _("Je hebt je vraag ingetrokken. De beheerder weet het."),
        Stand.CANCELLED: _("Dit gaat niet door. De ruimte is weer vrij."),
        Stand.EXPIRED: _("Er kwam geen antwoord op tijd. De ruimte is niet voor jullie."),
    }[of]


def scope(of: Scope) -> str:
    return {
        Scope.THIS: _("Alleen deze datum"),
        Scope.FOLLOWING: _("Deze datum en alle volgende"),
        Scope.ALL: _("Alle data die nog komen"),
    }[of]


def happened(entry: Told) -> str:
    """A line of the history, with the dates it was about and without names of people."""
    by_asker = entry.actor_kind == "asker"
    said = (_by_asker() if by_asker else _by_others()).get(entry.action, _("Er veranderde iets."))
    why = _("De reden: %(words)s", words=entry.why) if entry.why else ""
    days = _dates(entry.facts.get("dates") or entry.facts.get("days"))
    return " ".join(part for part in (said, days, why) if part)


def _dates(days: object) -> str:
    """Days as they are kept in the history; how many, when they are many."""
    if not isinstance(days, list) or not days:
        return ""
    if len(days) > NAMED:
        return ngettext("%(num)d datum.", "%(num)d data.", len(days))
    return ", ".join(short_date(date.fromisoformat(day)) for day in days) + "."


def _by_asker() -> dict[str, str]:
    return {
        "booked": _("Je reserveerde."),
        "dates withdrawn": _("Je trok je vraag in:"),
        "dates cancelled": _("Je annuleerde:"),
        "dates moved": _("Je verzette:"),
        "question changed": _("Je veranderde je vraag:"),
        "other time asked": _("Je vroeg een andere tijd voor:"),
        "other time accepted": _("Je nam de andere tijd aan voor:"),
        "other time refused": _("Je wilde de andere tijd niet voor:"),
        "proposal taken back": _("Je wilde toch geen andere tijd voor:"),
        "details changed": _("Je paste gegevens aan."),
    }


def _by_others() -> dict[str, str]:
    return {
        "booked": _("Er werd voor je gereserveerd."),
        "room agreed": _("De beheerder zei ja:"),
        "new time agreed": _("De beheerder vond de nieuwe tijd goed:"),
        "room refused": _("De beheerder zei nee:"),
        "new time refused": _("De beheerder vond de nieuwe tijd niet goed:"),
        "other time offered": _("De beheerder stelde een andere tijd voor:"),
        "given away": _("De ruimte ging naar een andere organisatie:"),
        "room host silent": _("Er kwam geen antwoord op tijd:"),
        "room host reminded": _("We herinnerden de beheerder aan je vraag."),
        "dates cancelled": _("De beheerder annuleerde:"),
        "dates moved": _("De beheerder verzette:"),
        "closed": _("De ruimte gaat dicht:"),
        "forgotten": _("We wisten je gegevens, zoals beloofd."),
    }


PHRASES: dict[str, Callable[[Data], str]] = {
    "meeting_has_begun": lambda _d: _(
        "Deze datum is begonnen of voorbij: veranderen kan niet meer. Bel de beheerder."
    ),
    "date_stays": lambda _d: _("Dit is zo al: deze datum blijft zoals hij is."),
    "nothing_changes": lambda _d: _("Zo is het al. Kies een andere tijd, dag of ruimte."),
    "nothing_to_change": lambda _d: _("Er komt geen datum meer: er valt niets te veranderen."),
    "place_too_small": lambda d: _(
        "In %(place)s passen %(fits)s mensen. Vul minder mensen in, of verzet eerst de ruimte.",
        place=d["place"],
        fits=d["fits"],
    ),
    "other_host_answers": lambda d: _(
        "De beheerder van %(place)s antwoordt eerst. Reserveer daar apart en houd deze zolang.",
        place=d["place"],
    ),
    "no_such_date": lambda _d: _("Deze datum hoort niet bij je reservering."),
    "no_such_proposal": lambda _d: _("Dit voorstel is er niet meer. Kijk wat er nu staat."),
}
