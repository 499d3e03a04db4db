"""A request beside those that want the same period, scored at one moment by the same measure."""

from collections.abc import Sequence
from datetime import datetime

from booking.models import BookingRequest
from booking.queries.norms import current_norms
from booking.queries.requests import waiting_requests
from booking.queries.scoring import current_measure
from booking.rules.norms import Wish
from booking.rules.weighing import Competitor, Weighed, compete


def weigh(request: BookingRequest, wishes: Sequence[Wish], now: datetime) -> Weighed:
    """`wishes`: what is decided about. The highest competitor first; a fixed number of queries."""
    measure, norms = current_measure(now), current_norms()
    competitors = [
        Competitor(other.reference, measure.score(other.audience, other.district_number).points)
        for other in waiting_requests()
        if other.id != request.id and compete(wishes, _wanted(other), norms)
    ]
    return Weighed(
        measure.score(request.audience, request.district_number),
        measure.version,
        tuple(sorted(competitors, key=lambda each: (-each.points, each.reference))),
    )


def _wanted(request: BookingRequest) -> list[Wish]:
    """An option says more than the choices it came from."""
    option = request.option
    return [option.wish] if option else [choice.wish for choice in request.choices]
