"""How the requests that wait would score by other weights."""

from dataclasses import dataclass, replace
from datetime import datetime

from booking.models import BookingRequest
from booking.queries.requests import waiting_requests
from booking.queries.scoring import current_measure
from booking.rules.audience import Weights


@dataclass(frozen=True, slots=True)
class Compared:
    request: BookingRequest
    before: int
    after: int
    place_before: int  # 1: the highest score
    place_after: int


def scores_compared(weights: Weights, now: datetime) -> list[Compared]:
    """The highest score by the new weights first. A fixed number of statements."""
    requests = waiting_requests()
    measure = current_measure(now)
    changed = replace(measure, weights=weights)
    pairs = [
        (
            each,
            measure.score(each.audience, each.district_number).points,
            changed.score(each.audience, each.district_number).points,
        )
        for each in requests
    ]
    before, after = [pair[1] for pair in pairs], [pair[2] for pair in pairs]
    compared = [Compared(each, b, a, _place(b, before), _place(a, after)) for each, b, a in pairs]
    return sorted(compared, key=lambda each: -each.after)


def _place(points: int, every: list[int]) -> int:
    return 1 + sum(other > points for other in every)
