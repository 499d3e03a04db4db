"""Of hosts who let the cube come, or not; and of the three answers a visit needs."""

from collections.abc import Callable, Mapping
from typing import Any

from booking.rules.consent import ConsentState, HostReason
from booking.rules.three_answers import Party, Stance
from core.filters import time_span
from core.language import gettext as _
from core.period import Period

Data = Mapping[str, Any]


def consent_state(state: ConsentState) -> str:
    return {
        ConsentState.ASKED: _("gevraagd"),
        ConsentState.YES: _("ja"),
        ConsentState.NO: _("nee"),
        ConsentState.EXPIRED: _("geen antwoord"),
        ConsentState.DROPPED: _("niet meer nodig"),
    }[state]


def host_next_step(state: ConsentState) -> str:
    """What an asker can expect as long as the host has not said yes."""
    return {
        ConsentState.ASKED: _(
            "Eerst zegt de beheerder of de kubus welkom is. Dan beslist het theater."
        ),
        ConsentState.EXPIRED: _("De beheerder gaf nog geen antwoord. Het theater belt."),
        ConsentState.NO: _(
            "De beheerder zei nee. Kies een andere plek, of laat het theater zoeken."
        ),
    }[state]


def host_reason(reason: HostReason | None) -> str:
    return {
        None: "",
        HostReason.IN_USE: _("De ruimte is op die momenten al in gebruik."),
        HostReason.DOES_NOT_FIT: _("De kubus past er niet."),
        HostReason.NOBODY_THERE: _("Er is dan niemand om open te doen."),
        HostReason.OTHER: _("Er is een andere reden."),
    }[reason]


def with_stay(said: str, stay: Period) -> str:
    """A moment, and how long the room is needed for it: building up and taking down included."""
    return _("%(moment)s (met op- en afbouw %(span)s)", moment=said, span=time_span(stay))


def party(who: Party, reader: Party) -> str:
    """How the one who reads calls each of the three."""
    if who is reader and who is not Party.THEATRE:
        return _("Jullie")
    return {
        Party.ASKER: _("De organisatie"),
        Party.HOST: _("De beheerder"),
        Party.THEATRE: _("Het theater"),
    }[who]


def stance(who: Party, how: Stance) -> str:
    """One or two words for how an answer stands."""
    if who is Party.ASKER:
        return _("graag")
    said = {
        Stance.YES: _("ja"),
        Stance.NO: _("nee"),
        Stance.WAITING: _("wacht op antwoord"),
        Stance.HELD: _("in optie"),
        Stance.SILENT: _("nog geen antwoord"),
    }
    return _("gaat door") if who is Party.THEATRE and how is Stance.YES else said[how]


PHRASES: dict[str, Callable[[Data], str]] = {
    "host_not_answered": lambda d: _(
        "De beheerder van %(place)s heeft nog niet ja gezegd. Bel eerst, of wacht.",
        place=d["place"],
    ),
    "host_said_no": lambda d: _(
        "De beheerder van %(place)s wil de kubus niet ontvangen. Kies een andere plek.",
        place=d["place"],
    ),
    "host_agreed_to_other_moment": lambda d: _(
        "De beheerder van %(place)s zei ja tegen een ander moment. Bel eerst.",
        place=d["place"],
    ),
    "host_not_needed": lambda _d: _("Jullie antwoord is niet meer nodig. Je hoeft niets te doen."),
    "host_answered_already": lambda d: _(
        "Er is al een antwoord: %(state)s. Bel ons als het anders is.",
        state=consent_state(d["consent"]),
    ),
    "host_cannot_wait": lambda _d: _(
        "Langer wachten kan niet: dan is het eerste moment te dichtbij. Zeg ja of nee, of bel ons."
    ),
    "consent_changed_meanwhile": lambda _d: _(
        "Iemand anders was je net voor. Kijk wat er nu staat."
    ),
    "no_host_to_ask": lambda _d: _("Bij deze plek kennen we geen beheerder. Bel de plek."),
    "place_is_kept": lambda _d: _(
        "Er loopt nog een optie op een plek. Laat die eerst vervallen of bevestig hem."
    ),
    "place_busy_outside": lambda d: _(
        "%(place)s is dan bezet in de agenda van de beheerder.", place=d["place"]
    ),
    "place_perhaps_busy": lambda d: _(
        "%(place)s is dan misschien bezet: bel de beheerder.", place=d["place"]
    ),
}
