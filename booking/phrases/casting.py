"""Who plays which encounter, in words."""

from collections.abc import Callable, Mapping
from typing import Any

from booking.phrases.tour import minutes
from booking.rules.casting import CastChange
from booking.rules.swapping import SwapState
from core.filters import clock_time
from core.language import gettext as _


def cast_change(change: CastChange) -> str:
    """What a performer hears of it."""
    return {
        CastChange.JOINS: _("krijgt een uitnodiging"),
        CastChange.LEAVES: _("speelt niet meer en krijgt een afzegging"),
        CastChange.OTHERWISE: _("krijgt een mail met de nieuwe tijden"),
        CastChange.SAME: _("speelt hetzelfde en krijgt geen mail"),
    }[change]


def swap_state(state: SwapState, colleague: str) -> str:
    """For who asked."""
    return {
        SwapState.OPEN: _("%(name)s heeft nog niet geantwoord.", name=colleague),
        SwapState.YES: _("%(name)s neemt het over.", name=colleague),
        SwapState.NO: _(
            "%(name)s kan niet. Je speelt het zelf, of vraag iemand anders.", name=colleague
        ),
        SwapState.BACK: _("Je vroeg het niet langer."),
        SwapState.LAPSED: _("Deze vraag is voorbij."),
    }[state]


PHRASES: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "cast_unchanged": lambda _data: _("Er verandert niets. Kies bij een ontmoeting iemand anders."),
    "encounter_has_begun": lambda d: _(
        "De ontmoeting van %(time)s uur is al begonnen. Kies alleen voor wat nog komt.",
        time=clock_time(d["at"]),
    ),
    "performer_retired": lambda d: _(
        "%(name)s speelt niet meer mee. Kies iemand anders.", name=d["name"]
    ),
    "swap_too_late": lambda _data: _(
        "De speelbeurt is al begonnen. Bel het theater als je niet verder kunt spelen."
    ),
    "swap_not_own": lambda _data: _(
        "Je speelt een van deze ontmoetingen niet meer. Kijk welke nu van jou zijn."
    ),
    "swap_cannot": lambda d: _(
        "%(name)s kan deze ontmoetingen niet overnemen. Vraag iemand anders, of vraag minder.",
        name=d["name"],
    ),
    "swap_over": lambda _data: _(
        "Deze vraag is voorbij: er is al geantwoord, of er verandert intussen iets anders."
    ),
    "performer_must_hurry": lambda d: _(
        "%(name)s speelt die dag ook in %(district)s: %(needed)s onderweg, en er is %(free)s.",
        name=d["name"],
        district=d["district"],
        needed=minutes(d["travel"]),
        free=minutes(d["between"]),
    ),
    "performer_many_in_a_row": lambda d: _(
        "%(name)s speelt %(number)s ontmoetingen achter elkaar. Na %(at_most)s hoort een pauze.",
        name=d["name"],
        number=d["number"],
        at_most=d["at_most"],
    ),
}
