"""When performers can play, in words."""

from collections.abc import Callable, Mapping
from datetime import time
from typing import Any

from booking.rules.availability import Availability, DaysOff, PlaceKind
from core.filters import long_date
from core.language import gettext as _
from core.language import ngettext
from venues.phrases import weekday_name
from venues.rules.opening import END_OF_DAY, WeeklyHours

Data = Mapping[str, Any]


def availability_lines(said: Availability) -> list[str]:
    """A line for each thing that was said; the first says what counts without it."""
    week = [_weekly(day, said.week) for day in range(7)] if said.week else []
    most = [_at_most(said.at_most)] if said.at_most else []
    return [
        *([each for each in week if each] or [_("Kan elke dag, de hele dag")]),
        *(days_line(each) for each in said.days),
        *most,
        *(_("Liever niet %(kind)s", kind=place_kind(kind)) for kind in sorted(said.avoids)),
    ]


def days_line(days: DaysOff) -> str:
    first, last = long_date(days.first_on), long_date(days.last_on)
    when = first if first == last else _("%(first)s tot en met %(last)s", first=first, last=last)
    if days.is_extra:
        return _("Kan wel: %(when)s", when=when)
    return _("Kan niet: %(when)s", when=when)


def place_kind(kind: PlaceKind) -> str:
    return {
        PlaceKind.OUTDOORS: _("buiten"),
        PlaceKind.STEPS: _("waar drempels of trappen zijn"),
    }[PlaceKind(kind)]


def _at_most(number: int) -> str:
    return ngettext(
        "Hoogstens %(num)d ontmoeting op een dag",
        "Hoogstens %(num)d ontmoetingen op een dag",
        number,
    )


def _weekly(weekday: int, week: tuple[WeeklyHours, ...]) -> str:
    spans = [
        f"{_clock(each.opens_at)}–{_clock(each.closes_at)}"
        for each in week
        if each.weekday == weekday
    ]
    return f"{weekday_name(weekday)} {', '.join(spans)}" if spans else ""


def _clock(at: time) -> str:
    return "24:00" if at == END_OF_DAY else f"{at.hour}:{at:%M}"


PHRASES: dict[str, Callable[[Data], str]] = {
    "performer_not_available": lambda d: _(
        "%(name)s heeft gezegd dan niet te kunnen.", name=d["name"]
    ),
    "performer_avoids": lambda d: _(
        "%(name)s speelt liever niet %(kind)s.", name=d["name"], kind=place_kind(d["kind"])
    ),
    "own_maximum": lambda d: _(
        "Vul hoogstens %(number)s in: meer ontmoetingen op een dag plant het theater niet.",
        number=d["at_most"],
    ),
    "availability_hits": lambda _d: _(
        "Er is nog niets bewaard. Er staan speelbeurten die hier buiten vallen."
    ),
    "availability_changed_meanwhile": lambda _d: _(
        "Dit is net door iemand veranderd. Open de pagina opnieuw om te zien wat nu geldt. Wat je"
        " invulde staat er nog."
    ),
}
