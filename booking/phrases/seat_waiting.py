"""Of waiting for a seat: why not, and how it stands."""

from collections.abc import Callable, Mapping
from typing import Any

from booking.rules.room_lifecycle import WaitingState
from core.language import gettext as _

Data = Mapping[str, Any]


def seat_wait_title(state: WaitingState) -> str:
    return {
        WaitingState.WAITING: _("Je staat in de rij"),
        WaitingState.OFFERED: _("Er is plaats voor je"),
        WaitingState.TAKEN: _("Je hebt een plaats"),
        WaitingState.LAPSED: _("Je staat niet meer in de rij"),
        WaitingState.LEFT: _("Je bent uit de rij gegaan"),
    }[state]


PHRASES: dict[str, Callable[[Data], str]] = {
    "seat_free_already": lambda _d: _(
        "Er is nu plaats. Je hoeft niet te wachten: neem meteen een plaats."
    ),
}
