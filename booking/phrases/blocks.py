"""Of times in which the tour stands still. What askers may read names nobody and no reason."""

from collections.abc import Callable, Mapping
from typing import Any

from booking.rules.blocks import BlockKind
from booking.rules.ways_out import Way
from core.language import gettext as _

Data = Mapping[str, Any]


def block_kind(kind: BlockKind) -> str:
    return {
        BlockKind.CUBE: _("kubus"),
        BlockKind.PERFORMER: _("speler"),
        BlockKind.SEASON: _("de hele tournee"),
    }[kind]


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
