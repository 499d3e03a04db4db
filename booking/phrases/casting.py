"""Who plays which encounter, in words."""

from collections.abc import Callable, Mapping
from typing import Any

from booking.phrases.tour import minutes
from booking.rules.casting import CastChange
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


PHRASES: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "cast_unchanged": lambda _data: _("Er verandert niets. Kies bij een ontmoeting iemand anders."),
    "encounter_has_begun": lambda d: _(
        "De ontmoeting van %(time)s uur is al begonnen. Kies alleen voor wat nog komt.",
        time=clock_time(d["at"]),
    ),
    "performer_retired": lambda d: _(
        "%(name)s speelt niet meer mee. Kies iemand anders.", name=d["name"]
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
