"""Days near a moment for who does not play on it. No queries: all of it is about one tour."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from booking.models import BookingRequest, Moment
from booking.queries.desk import place_for
from booking.queries.moments import wishes_on
from booking.rules.norms import DayPart, Wish
from booking.rules.options import is_kept_for_another
from booking.rules.placement import Placement, Wanted, best, offered_to
from booking.rules.tour import Tour

OFFERED = 3
Offers = dict[int, list[Placement]]  # by request


def offers_nearby(
    requests: Sequence[BookingRequest], moment: Moment, tour: Tour
) -> tuple[Offers, Tour]:
    """Up to three free moments for each, and the tour with all of them kept.

    In rounds: everybody gets one before anybody gets a second. Nothing is offered twice.
    """
    found: Offers = {request.id: [] for request in requests}
    days = {request.id: _days_near(request, moment) for request in requests}
    for request in requests:
        tour = offered_to(request.id, (), tour)  # what it had in option is free again
    for _round in range(OFFERED):
        for request in requests:
            placement = _next(request, days[request.id], tour)
            if placement:
                found[request.id].append(placement)
                tour = offered_to(request.id, found[request.id], tour)
    return found, tour


def _next(request: BookingRequest, days: Iterator[list[Wish]], tour: Tour) -> Placement | None:
    """The first that fits of the days not looked at yet: one for each day."""
    place = place_for(request, tour)
    for wishes in days:
        for wish in wishes:
            placement = best(Wanted(place, wish, request.visitors, request.id), tour)
            if placement and placement.is_possible and not is_kept_for_another(placement.findings):
                return placement
    return None


def _days_near(request: BookingRequest, moment: Moment) -> Iterator[list[Wish]]:
    """The nearest day first; on each day the day-part that was asked first."""
    asked = wishes_on(request, moment)[0]
    for day in _days_around(asked.day, moment):
        parts = sorted(DayPart, key=lambda part: part is not asked.part)
        wishes = [Wish(day, part, asked.day_parts) for part in parts]
        yield [wish for wish in wishes if not moment.touches(*wish.days)]


def _days_around(asked: date, moment: Moment) -> list[date]:
    around = timedelta(days=moment.nearby_days)
    length = (moment.last_day - moment.first_day + 2 * around).days + 1
    days = [moment.first_day - around + timedelta(days=n) for n in range(length)]
    return sorted(days, key=lambda day: (abs(day - asked), day))
