"""Of hosts who let the cube come, or not; and of the three answers a visit needs."""

from collections.abc import Callable, Mapping
from typing import Any

from booking.rules.consent import ConsentState, HostReason
from booking.rules.three_answers import Party, Stance
from core.language import gettext as _

Data = Mapping[str, Any]


def consent_state(state: ConsentState) -> str:
    return {
        ConsentState.ASKED: _("gevraagd"),
        ConsentState.YES: _("ja"),
        ConsentState.NO: _("nee"),
        ConsentState.EXPIRED: _("geen antwoord"),
        ConsentState.DROPPED: _("niet meer nodig"),
    }[state]


def host_reason(reason: HostReason | None) -> str:
    return {
        None: "",
        HostReason.IN_USE: _("De ruimte is op die momenten al in gebruik."),
        HostReason.DOES_NOT_FIT: _("De kubus past er niet."),
        HostReason.NOBODY_THERE: _("Er is dan niemand om open te doen."),
        HostReason.OTHER: _("Er is een andere reden."),
    }[reason]


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
        return _("wil graag")
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
    "host_prefers_other_moment": lambda d: _(
        "De beheerder van %(place)s zei ja, maar op een ander moment. Bel eerst.",
        place=d["place"],
    ),
    "host_not_needed": lambda _d: _("Jullie antwoord is niet meer nodig. Je hoeft niets te doen."),
    "host_answered_already": lambda d: _(
        "Er is al een antwoord: %(state)s. Bel ons als het anders is.",
        state=consent_state(d["consent"]),
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
