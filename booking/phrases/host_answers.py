"""Of answers to who asked for a room."""

from collections.abc import Callable, Mapping
from typing import Any

from booking.rules.host_answers import NoReason
from core.filters import day_and_span
from core.language import gettext as _

Data = Mapping[str, Any]


def no_reason(reason: NoReason | None) -> str:
    """As the asker reads it."""
    return {
        None: "",
        NoReason.IN_USE: _("De ruimte is dan al in gebruik."),
        NoReason.NOBODY_THERE: _("Er is dan niemand om open te doen."),
        NoReason.DOES_NOT_FIT: _("Wat jullie willen doen past niet in deze ruimte."),
        NoReason.OTHER: "",
        NoReason.GIVEN_AWAY: _("De ruimte ging naar een andere organisatie die ook vroeg."),
    }[reason]


def no_reason_choice(reason: NoReason) -> str:
    """As the host chooses it."""
    return {
        NoReason.IN_USE: _("De ruimte is dan al in gebruik"),
        NoReason.NOBODY_THERE: _("Er is dan niemand om open te doen"),
        NoReason.DOES_NOT_FIT: _("Wat zij willen doen past niet in de ruimte"),
        NoReason.OTHER: _("Iets anders, namelijk:"),
        NoReason.GIVEN_AWAY: "",
    }[reason]


PHRASES: dict[str, Callable[[Data], str]] = {
    "nothing_answered": lambda _d: _("Kies minstens één datum."),
    "date_answered_twice": lambda _d: _("Geef elke datum één antwoord."),
    "date_answered_already": lambda _d: _(
        "Deze vraag is al beantwoord of ingetrokken. Kijk wat er nu staat."
    ),
    "no_without_reason": lambda _d: _("Kies waarom het niet kan."),
    "other_reason_without_words": lambda _d: _("Schrijf kort waarom het niet kan."),
    "same_time_offered": lambda _d: _(
        "Dit is de tijd die ze vragen. Zeg ja, of stel een andere tijd voor."
    ),
    "question_cannot_be": lambda d: _("%(when)s kan niet.", when=_when(d)),
    "question_has_concern": lambda d: _(
        "Let op bij %(when)s. Zeg nog eens ja als het toch kan.", when=day_and_span(d["period"])
    ),
    "others_ask_too": lambda _d: _(
        "Er kwam net nog een vraag bij voor dezelfde tijd. Kijk wie er nu vragen en kies opnieuw."
    ),
}


def _when(data: Data) -> str:
    """At the start of a sentence."""
    said = day_and_span(data["period"])
    return said[:1].upper() + said[1:]
