"""Of times in which the tour stands still. What askers may read names nobody and no reason."""

from collections.abc import Callable, Mapping
from datetime import datetime, time, timedelta
from typing import Any, Protocol

from booking.rules.ways_out import Way
from core.clock import to_local
from core.filters import clock_time, long_date
from core.language import gettext as _

Data = Mapping[str, Any]


class Lasting(Protocol):
    """A block, or the wish for one."""

    @property
    def starts_at(self) -> datetime: ...

    @property
    def ends_at(self) -> datetime | None: ...


def block_span(block: Lasting) -> str:
    """Whole days by their dates, anything else with its times."""
    first, end = block.starts_at, block.ends_at
    starts = long_date(first) if _is_midnight(first) else _with_time(first)
    if end is None:
        return _("vanaf %(start)s, tot nader bericht", start=starts)
    if not _is_midnight(end):
        return _("%(start)s tot %(end)s", start=starts, end=_with_time(end))
    last = long_date(end - timedelta(seconds=1))
    if starts == last:
        return starts
    return _("%(start)s tot en met %(last)s", start=starts, last=last)


def _is_midnight(moment: datetime) -> bool:
    return to_local(moment).time() == time()


def _with_time(moment: datetime) -> str:
    return _("%(day)s %(time)s uur", day=long_date(moment), time=clock_time(moment))


def way_done(way: str) -> str:
    """What became of whoever was hit."""
    return {
        Way.RECAST: _("gaat door met een andere speler"),
        Way.OTHER_CUBE: _("gaat door met een andere kubus"),
        Way.MOVE: _("verplaatst"),
        Way.CALL_OFF: _("afgezegd"),
        Way.KEEP: _("optie blijft"),
        Way.LET_GO: _("optie losgelaten"),
        Way.OFFER: _("afgewezen met andere momenten"),
        Way.LEAVE: _("wacht op jullie antwoord"),
        Way.DROP: _("aangeboden moment vervalt"),
    }[Way(way)]


PHRASES: dict[str, Callable[[Data], str]] = {
    "tour_rests": lambda _d: _("Dan kan de kubus niet komen. Kies een ander moment."),
    "cube_blocked": lambda _d: _("Dan kan de kubus niet komen. Kies een ander moment."),
    "performer_blocked": lambda d: _("%(name)s kan dan niet spelen.", name=d["name"]),
    "block_is_past": lambda _d: _("Deze tijd is al voorbij. Kies een einde na nu."),
    "hit_meanwhile": lambda _d: _(
        "Er is intussen iets veranderd. Kijk de lijst opnieuw na. Wat je koos, staat er nog."
    ),
    "still_inside_block": lambda _d: _(
        "Met deze keuzes blijft er een speelbeurt in de blokkade staan. Kies iets anders."
    ),
    "block_changed_meanwhile": lambda _d: _(
        "Iemand veranderde deze blokkade net. Bekijk wat nu geldt."
    ),
}
