"""Of what partners offer around a stop."""

from collections.abc import Callable, Mapping
from typing import Any

from booking.rules.side import SideState
from core.filters import day_and_span
from core.language import gettext as _


def side_state(state: SideState) -> str:
    return {
        SideState.PROPOSED: _("wacht op antwoord"),
        SideState.AGREED: _("gaat door"),
        SideState.TO_CHANGE: _("graag iets anders"),
        SideState.DECLINED: _("past niet"),
        SideState.WITHDRAWN: _("afgezegd"),
        SideState.AGAIN: _("nieuw moment nodig"),
        SideState.CANCELLED: _("gaat niet door"),
    }[state]


def side_next_step(state: SideState) -> str:
    """What happens next, for whoever proposed it or does it."""
    return {
        SideState.PROPOSED: _("Het theater laat weten of het past."),
        SideState.AGREED: _("De uitnodiging voor je agenda zit in de mail."),
        SideState.TO_CHANGE: _("Het theater wil dit graag, maar niet precies zo."),
        SideState.DECLINED: _("Het theater kan dit niet inpassen."),
        SideState.WITHDRAWN: "",
        SideState.AGAIN: _("Zo kan het niet meer. Kies wanneer en waar het dan wel is."),
        SideState.CANCELLED: _("De kubus komt niet."),
    }[state]


PHRASES: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "side_is_settled": lambda _d: _("Hierover is al beslist. Bekijk wat nu geldt."),
    "side_changed_meanwhile": lambda _d: _("Iemand veranderde dit net. Bekijk wat nu geldt."),
    "side_too_early": lambda _d: _(
        "De speelbeurt is net bevestigd. Wacht tien minuten en probeer het opnieuw."
    ),
    "side_enough": lambda d: _(
        "Er wachten al %(most)s voorstellen op antwoord. Wacht even, of trek er een in.",
        most=d["most"],
    ),
    "side_mailed_enough": lambda d: _(
        "Dit e-mailadres kreeg vandaag al %(most)s voorstellen. Probeer het morgen, of bel ons.",
        most=d["most"],
    ),
    "side_in_the_past": lambda _d: _("Dat moment is al geweest. Kies een later moment."),
    "side_outside_stay": lambda d: _(
        "De kubus staat er %(stay)s. Kies een tijd daarbinnen, of een andere plek.",
        stay=day_and_span(d["stay"]),
    ),
    "side_too_far": lambda _d: _(
        "Dat is te ver van de speelbeurt. Kies een moment binnen een dag ervoor of erna."
    ),
    "side_room_asks_host": lambda d: _(
        "De beheerder van %(place)s beslist zelf. Bel eerst; daarna krijgt die een mail.",
        place=d["place"],
    ),
}
