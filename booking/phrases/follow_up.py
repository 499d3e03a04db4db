"""Of what continues after the cube."""

from collections.abc import Callable, Mapping
from typing import Any

from booking.rules.follow_up import Continues, Meetings, MeetingsState
from core.language import gettext as _
from core.language import ngettext

Data = Mapping[str, Any]


def continues(answer: Continues) -> str:
    return {
        Continues.YES: _("gaat door"),
        Continues.NOT_YET: _("nog niet, wel plannen"),
        Continues.NO: _("gaat niet door"),
    }[answer]


def meetings_state(state: MeetingsState) -> str:
    return {
        MeetingsState.WAITING: _("wacht op de beheerder"),
        MeetingsState.GOES_ON: _("gaat door"),
        MeetingsState.OVER: _("geweest"),
        MeetingsState.STOPPED: _("gestopt"),
        MeetingsState.CANCELLED: _("gaat niet door"),
    }[state]


def meetings_counted(found: Meetings) -> str:
    """For example "4 keer geweest, nog 8 keer"; nothing when there is nothing to count."""
    held = ngettext("%(num)d keer geweest", "%(num)d keer geweest", found.held)
    ahead = ngettext("nog %(num)d keer", "nog %(num)d keer", found.ahead)
    return ", ".join(([held] if found.held else []) + ([ahead] if found.ahead else []))


PHRASES: dict[str, Callable[[Data], str]] = {
    "no_follow_up_yet": lambda _d: _("Nog niets afgesproken over wat er daarna doorgaat."),
    "continues_already": lambda _d: _(
        "Bij deze aanvraag hoort al een ruimte. Annuleer die eerst; of boek deze ruimte los."
    ),
    "more_than_visitors": lambda d: _(
        "Dat zijn er meer dan alle bezoekers samen (%(visitors)s). Kijk de aantallen na.",
        visitors=d["visitors"],
    ),
}
