"""Who else notices when a period is given to a request: nobody is passed over in silence."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto

from booking.models import BookingRequest, Option
from booking.queries.desk import place_for
from booking.queries.holds import living_options
from booking.queries.requests import requests_in
from booking.queries.tour import load_tour
from booking.rules.lifecycle import RequestState
from booking.rules.norms import Wish
from booking.rules.options import collide, line_of, rank_of
from booking.rules.placement import Placement, Wanted, after, best
from booking.rules.tour import Hold, Tour
from core.period import hull


class Effect(Enum):
    OPTION_ENDS = auto()  # it waited behind; hears so when nothing can be undone any more
    CHOICE_GONE = auto()  # one of its choices cannot be any more; it goes on waiting


@dataclass(frozen=True, slots=True)
class Affected:
    request: BookingRequest
    effect: Effect
    wish: Wish


@dataclass(frozen=True, slots=True)
class InLine:
    """One of the options on a period."""

    option: Option
    rank: int
    is_own: bool

    @property
    def request(self) -> BookingRequest:
        return self.option.booking_request


def affected(placement: Placement, request: BookingRequest, now: datetime) -> list[Affected]:
    """By a stop of this request, in the order in which they asked. A fixed number of queries."""
    return [*_options_that_end(placement, request, now), *_choices_gone(placement, request, now)]


def line_for(request: BookingRequest, now: datetime) -> list[InLine]:
    """All options that collide with the one of this request, in order; empty without one."""
    if request.option is None:
        return []
    options = {each.booking_request_id: each for each in living_options(now)}
    if request.id not in options:
        return []
    holds = [each.hold for each in options.values()]
    line = line_of(options[request.id].hold, holds)
    return [
        InLine(options[hold.request_id], rank_of(hold, holds), hold.request_id == request.id)
        for hold in line
        if hold.request_id is not None
    ]


def own_place_in_line(request: BookingRequest, now: datetime) -> InLine | None:
    """None without an option."""
    return next((each for each in line_for(request, now) if each.is_own), None)


def _options_that_end(
    placement: Placement, request: BookingRequest, now: datetime
) -> list[Affected]:
    taken = Hold(request.id, frozenset(placement.resource_ids), placement.stay, now)
    return [
        Affected(option.booking_request, Effect.OPTION_ENDS, option.wish)
        for option in living_options(now)
        if option.released_at is None and collide(taken, option.hold)
    ]


def _choices_gone(placement: Placement, request: BookingRequest, now: datetime) -> list[Affected]:
    """What could be until now and cannot be with this stop on the tour."""
    near = [
        (other, choice.wish)
        for other in requests_in([RequestState.SUBMITTED])
        if other.id != request.id
        for choice in other.choices
        if choice.wish.window.overlaps(placement.wish.window)
    ]
    if not near:
        return []
    tour = _tour_around(near, now)
    changed = after(placement, tour)
    return [
        Affected(other, Effect.CHOICE_GONE, wish)
        for other, wish in near
        if _can_be(other, wish, tour) and not _can_be(other, wish, changed)
    ]


def _tour_around(near: Iterable[tuple[BookingRequest, Wish]], now: datetime) -> Tour:
    every = list(near)
    rooms = [other.room_id for other, _wish in every if other.room_id]
    return load_tour(now, hull(wish.window for _other, wish in every), rooms)


def _can_be(request: BookingRequest, wish: Wish, tour: Tour) -> bool:
    wanted = Wanted(place_for(request, tour), wish, request.visitors, request.id)
    placement = best(wanted, tour)
    return placement is not None and placement.is_possible
