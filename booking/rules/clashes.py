"""What was agreed and does not fit any more: the rules of planning, asked of what is planned.

Nothing here judges by itself. A stop is taken off the tour and asked for again as it stands; an
option is asked for as its own request would ask.
"""

from dataclasses import dataclass, replace

from booking.rules.blocks import Standing, without_stop
from booking.rules.norms import Wish
from booking.rules.placement import Wanted, check
from booking.rules.tour import Cube, Tour
from core.findings import Finding, Weight
from core.period import Period

# Said on the way to a decision, and no news about what has been decided.
NO_CLASH = frozenset({"in_the_past", "stands_overnight"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """A confirmed stop, or a living option, as it stands."""

    request_id: int
    room_id: int
    cube_id: int  # resource ids
    wish: Wish
    visitors: int
    sessions: tuple[Period, ...]
    player_ids: tuple[int, ...] = ()  # of an option, one per session; empty: whoever is best
    stop: Standing | None = None  # None: an option

    @property
    def is_option(self) -> bool:
        return self.stop is None


def clashes(agreed: Agreed, tour: Tour) -> list[Finding]:
    """Everything that does not fit, the heaviest first; notes are no clash."""
    cube = _cube(agreed, tour)
    if cube is None:
        return []
    around = _around(agreed, tour)
    wanted = Wanted(
        place=around.places[agreed.room_id],
        wish=agreed.wish,
        visitors=agreed.visitors,
        request_id=agreed.request_id,
        player_ids=agreed.player_ids,
        plays=agreed.stop.cast if agreed.stop else (),
        is_for_option=agreed.is_option,
        sessions=agreed.sessions,
    )
    found = check(wanted, _cube(agreed, around) or cube, around).findings
    return [each for each in found if each.weight > Weight.NOTE and each.code not in NO_CLASH]


def _around(agreed: Agreed, tour: Tour) -> Tour:
    """What a stop stands in: all but itself. An option gives way to a stop, never the other way."""
    if agreed.stop is None:
        return tour
    return replace(without_stop(tour, agreed.stop), holds=())


def _cube(agreed: Agreed, tour: Tour) -> Cube | None:
    """None for a cube that tours no more."""
    return next((cube for cube in tour.cubes if cube.resource_id == agreed.cube_id), None)
