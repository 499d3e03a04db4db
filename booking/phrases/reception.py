"""Of how visitors are received, and of the talk afterwards."""

from collections.abc import Callable, Mapping
from typing import Any

from booking.rules.reception import Talk, TalkAfter
from core.language import gettext as _
from core.language import ngettext

Data = Mapping[str, Any]


def talk_after(after: TalkAfter) -> str:
    return {
        TalkAfter.NONE: _("geen nagesprek"),
        TalkAfter.EACH: _("na elke ontmoeting"),
        TalkAfter.DAY_PART: _("aan het eind van elk dagdeel"),
        TalkAfter.LAST: _("na de laatste ontmoeting"),
    }[after]


def talk_when(talk: Talk) -> str:
    """For example "na de laatste ontmoeting, 20 minuten"."""
    if not talk.is_held:
        return talk_after(talk.after)
    lasts = ngettext("%(num)d minuut", "%(num)d minuten", talk.minutes or 0)
    return _("%(when)s, %(lasts)s", when=talk_after(talk.after), lasts=lasts)


PHRASES: dict[str, Callable[[Data], str]] = {
    "talk_needs_minutes": lambda _d: _("Vul in hoeveel minuten jullie napraten."),
}
