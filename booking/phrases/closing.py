"""Of what no longer fits a room that changed."""

from collections.abc import Callable, Mapping
from typing import Any

from core.language import gettext as _
from core.language import ngettext

Data = Mapping[str, Any]

PHRASES: dict[str, Callable[[Data], str]] = {
    "room_stopped": lambda d: _("%(place)s is er niet meer voor groepen.", place=d["place"]),
    "room_small_now": lambda d: ngettext(
        "Er passen nu %(fits)s mensen in: %(num)d minder dan er komen.",
        "Er passen nu %(fits)s mensen in: %(num)d minder dan er komen.",
        d["short"],
        fits=d["fits"],
    ),
    "less_time_between": lambda _d: _(
        "Er zit minder tijd voor dan je nu wilt. Dit blijft zoals het was afgesproken."
    ),
    "busy_elsewhere": lambda _d: _("In de agenda van de beheerder staat dan iets anders."),
}
