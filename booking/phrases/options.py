"""Of options in rank, and of moments that are kept for somebody."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from booking.phrases.tour import ordinal
from core.filters import short_date
from core.language import gettext as _
from core.language import ngettext

Data = Mapping[str, Any]


def _last_day(until: datetime) -> str:
    return short_date(until - timedelta(seconds=1))


PHRASES: dict[str, Callable[[Data], str]] = {
    "held_by_option": lambda d: _(
        "Dit moment is tot en met %(day)s in optie voor een ander.", day=_last_day(d["until"])
    ),
    "option_in_front": lambda d: ngettext(
        "Een ander heeft hier eerder een optie, tot en met %(day)s. Vraag die organisatie te"
        " beslissen, laat die optie los, of wacht.",
        "%(num)d anderen hebben hier eerder een optie, tot en met %(day)s. Vraag de eerste te"
        " beslissen, laat opties los, of wacht.",
        d["number"],
        day=_last_day(d["until"]),
    ),
    "behind_options": lambda d: ngettext(
        "Een ander heeft hier al een optie, tot en met %(day)s. Deze komt daarachter.",
        "%(num)d anderen hebben hier al een optie, tot en met %(day)s. Deze komt daarachter.",
        d["number"],
        day=_last_day(d["until"]),
    ),
    "options_behind": lambda d: ngettext(
        "Er wacht één optie achter deze.", "Er wachten %(num)d opties achter deze.", d["number"]
    ),
    "offered_to_another": lambda d: _(
        "Dit moment is tot en met %(day)s aan een ander aangeboden.", day=_last_day(d["until"])
    ),
    "no_option": lambda _d: _("Deze aanvraag heeft geen optie (meer)."),
    "no_such_place_in_line": lambda d: _(
        "Kies een plaats van 1 tot en met %(number)s.", number=d["at_most"]
    ),
    "stands_there_already": lambda d: _("Dit is al de %(rank)s optie.", rank=ordinal(d["rank"])),
    "not_first_in_line": lambda _d: _("Alleen wie de eerste optie heeft, kan beslissen."),
    "nobody_waits_behind": lambda _d: _(
        "Er wacht niemand achter deze optie. Je hoeft niet om een besluit te vragen."
    ),
    "has_said_yes": lambda _d: _("Deze organisatie wil het zeker. Bevestig de speelbeurt."),
    "asked_to_decide_already": lambda _d: _("Deze organisatie is al gevraagd te beslissen."),
}
