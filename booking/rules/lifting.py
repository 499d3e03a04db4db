"""What would make a request meet the preference better: things an asker can do, no more.

Never a label, never a promise; what another asked does not count here.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction

from booking.rules.audience import Audience
from core.findings import Finding, note

GOALS = (Fraction(1, 2), Fraction(3, 4))  # of the visitors, from the neighbourhood
BROUGHT = Fraction(1, 4)  # what a key figure could bring along, of those who come
FEWEST_BROUGHT = 2


@dataclass(frozen=True, slots=True)
class Lift:
    """A sentence, and how many points it is worth (0: that cannot be known beforehand)."""

    finding: Finding
    points: int = 0


def lifts(audience: Audience, *, is_closed: bool, points: Callable[[Audience], int]) -> list[Lift]:
    """In the order in which they are easiest to do. `points`: what an audience would score."""
    found = [*_more_neighbours(audience), *_key_figure(audience)]
    now = points(audience)
    worth = [Lift(finding, points(after) - now) for finding, after in found]
    opening = [Lift(note("lift_open_stop"))] if is_closed else []
    return [*opening, *(lift for lift in worth if lift.points > 0)]


def _more_neighbours(audience: Audience) -> list[tuple[Finding, Audience]]:
    """So many more that the next goal is met; not said when that would more than double them."""
    nearby = audience.total - audience.from_city
    for goal in GOALS:
        if nearby < goal * audience.total:
            more = -(-(goal * audience.total - nearby) // (1 - goal))
            if more <= audience.total:
                after = replace(audience, live_here=audience.live_here + more)
                return [(note("lift_more_neighbours", number=int(more)), after)]
            swapped = int(-(-audience.total * goal // 1)) - nearby
            after = replace(
                audience,
                live_here=audience.live_here + swapped,
                from_city=audience.from_city - swapped,
            )
            return [(note("lift_neighbours_instead", number=swapped), after)]
    return []


def _key_figure(audience: Audience) -> list[tuple[Finding, Audience]]:
    if audience.by_key_figure or not audience.total:
        return []
    brought = max(FEWEST_BROUGHT, int(audience.total * BROUGHT))
    after = replace(audience, by_key_figure=brought)
    return [(note("lift_key_figure", number=brought), after)]
