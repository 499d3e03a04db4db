"""Of the waiting list: why not, and what happens next."""

from collections.abc import Callable, Mapping
from typing import Any

from booking.phrases.rooms import waiting_state
from booking.rules.room_lifecycle import WaitingState
from core.language import gettext as _

Data = Mapping[str, Any]


def waiting_next(state: WaitingState) -> str:
    """What happens now, under the word of the state."""
    return {
        WaitingState.WAITING: _("Komt de tijd vrij? Dan mailen we je meteen."),
        WaitingState.OFFERED: _("De tijd is vrij. We houden de ruimte voor je vast."),
        WaitingState.TAKEN: _("De tijd is voor jullie. In je mail staat wat er is afgesproken."),
        WaitingState.LAPSED: _("Je staat niet meer op de wachtlijst."),
        WaitingState.LEFT: _("Je hebt je afgemeld."),
    }[state]


PHRASES: dict[str, Callable[[Data], str]] = {
    "free_already": lambda _d: _("Deze tijd is vrij. Je hoeft niet te wachten: reserveer meteen."),
    "too_near_to_wait": lambda _d: _(
        "Dit is te kort van tevoren om nog op te wachten. Kies een andere tijd."
    ),
    "waiting_not_in_this_state": lambda d: _(
        "Dit kan niet meer: je plek op de wachtlijst is %(state)s.",
        state=waiting_state(d["waiting"]),
    ),
    "offer_is_over": lambda _d: _("De tijd om te antwoorden is om. De volgende is aan de beurt."),
    "no_such_waiting": lambda _d: _("Deze plek op de wachtlijst bestaat niet."),
    "waiting_changed_meanwhile": lambda _d: _(
        "Er veranderde net iets. Kijk wat er nu staat en probeer het opnieuw."
    ),
    "waited_too_often": lambda _d: _(
        "Je meldde je vandaag heel vaak aan. Probeer het morgen weer, of bel ons."
    ),
}
