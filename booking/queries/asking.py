"""What an asker sees: the day-parts that can truly be served, and why others cannot."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from booking.models import BookingRequest
from booking.queries.desk import place_for
from booking.queries.tour import load_tour
from booking.rules.asked import Where
from booking.rules.norms import DayPart, Norms, Wish
from booking.rules.placement import Placement, Wanted, asking_findings, best, offers
from booking.rules.tour import Place, Tour
from core.clock import local_date, local_days
from core.findings import Finding, Refused, blocker
from core.period import Period


def offered(
    where: Where, first: date, last: date, day_parts: int, now: datetime
) -> list[Placement]:
    """What can be served from `first` to `last`, in order of time."""
    tour = _tour_for(where, local_days(first, last), now)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    wishes = [Wish(day, part, day_parts) for day in days for part in DayPart]
    return offers(_place(where, tour), wishes, tour)


def check_wishes(
    where: Where, wishes: Iterable[Wish], visitors: int | None, now: datetime
) -> list[tuple[Wish, list[Finding]]]:
    """Everything there is to say about each wish, in the order asked."""
    every = list(wishes)
    bounded = [wish for wish in every if _is_near(wish, now)]
    tour = _tour_for(where, _around(bounded, now), now)
    place = _place(where, tour)
    return [(wish, _findings(wish, place, visitors, tour)) for wish in every]


def check_alternatives(request: BookingRequest, now: datetime) -> list[tuple[Wish, list[Finding]]]:
    """What stands now against the moments that the theatre offered; notice no longer counts."""
    wishes = [alternative.wish for alternative in request.alternatives]
    room_ids = [request.room_id] if request.room_id else []
    tour = load_tour(now, _around(wishes, now), room_ids)
    place = place_for(request, tour)
    return [(wish, _standing_against(request, wish, place, tour)) for wish in wishes]


def first_askable_day(now: datetime, norms: Norms) -> date:
    return local_date(now) + timedelta(days=norms.notice_days)


def _findings(wish: Wish, place: Place, visitors: int | None, tour: Tour) -> list[Finding]:
    unasked = asking_findings(wish, tour)
    if unasked:
        return unasked
    placement = best(Wanted(place, wish, visitors), tour)
    return _said(placement)


def _standing_against(
    request: BookingRequest, wish: Wish, place: Place, tour: Tour
) -> list[Finding]:
    return _said(best(Wanted(place, wish, request.visitors, request.id), tour))


def _said(placement: Placement | None) -> list[Finding]:
    return list(placement.findings) if placement else [blocker("no_cube")]


def _is_near(wish: Wish, now: datetime) -> bool:
    """Far-off dates have their own answer; loading the tour around them would say nothing."""
    return abs(wish.day - local_date(now)) <= timedelta(days=1000)


def _around(wishes: list[Wish], now: datetime) -> Period:
    days = [wish.day for wish in wishes] or [local_date(now)]
    return local_days(min(days), max(days))


def _tour_for(where: Where, window: Period, now: datetime) -> Tour:
    return load_tour(now, window, [] if where.room_id is None else [where.room_id])


def _place(where: Where, tour: Tour) -> Place:
    if where.room_id is None:
        return where.place()
    if where.room_id not in tour.places:
        raise Refused([blocker("no_such_room")])
    return tour.places[where.room_id]
