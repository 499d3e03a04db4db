"""Of what continues after the cube."""

from collections.abc import Callable, Mapping
from typing import Any

from booking.rules.follow_up import Continues
from core.language import gettext as _

Data = Mapping[str, Any]


def continues(answer: Continues) -> str:
    return {
        Continues.YES: _("gaat door"),
        Continues.NOT_YET: _("nog niet, wel plannen"),
        Continues.NO: _("gaat niet door"),
    }[answer]


PHRASES: dict[str, Callable[[Data], str]] = {
    "no_follow_up_yet": lambda _d: _("Nog niets afgesproken over wat er daarna doorgaat."),
    "more_than_visitors": lambda d: _(
        "Dat zijn er meer dan alle bezoekers samen (%(visitors)s). Kijk de aantallen na.",
        visitors=d["visitors"],
    ),
}
