"""What can be done for whoever a block hits: judged on a tour on which the block stands."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from booking.models import BookingRequest, Option, Stop
from booking.queries.desk import free_around, place_for
from booking.queries.plays import keeping
from booking.rules.blocks import Blocked, Standing, without_stop
from booking.rules.norms import Norms, Wish
from booking.rules.performers import called, times_around
from booking.rules.placement import Chosen, Placement, Wanted, after, best
from booking.rules.stretches import needed
from booking.rules.tour import Place, Tour
from booking.rules.ways_out import Way, WayOut
from core.findings import Finding, concerns

MOMENTS_SHOWN = 3  # as many as can be kept for one asker


@dataclass(frozen=True, slots=True)
class Suggested:
    """A way out that the rules allow; `placement` None: nothing is placed by it."""

    out: WayOut
    placement: Placement | None = None
    offered: tuple[Placement, ...] = ()  # what is kept for the asker by it

    @property
    def concerns(self) -> list[Finding]:
        return concerns(self.placement.findings) if self.placement else []


def chosen_for(stop: Stop, out: WayOut, blocked: Blocked, norms: Norms) -> Chosen:
    """Where, when and with whom, for each way in which a stop goes on."""
    cube_id = stop.installation.resource_id
    match out.way:
        case Way.RECAST:
            assert out.resource_id
            cast = tuple(_replaced(stop, out.resource_id, blocked, norms))
            return Chosen(stop.wish, stop.room_id, cube_id, cast=cast, is_recast=True)
        case Way.OTHER_CUBE:
            return keeping(Chosen(stop.wish, stop.room_id, out.resource_id), stop)
    return keeping(Chosen(out.wishes[0], stop.room_id), stop)


def ways_for_stop(stop: Stop, tour: Tour, blocked: Blocked) -> tuple[Suggested, ...]:
    """Whatever keeps the appointment first; then calling it off, then the nearest moments.

    To move it is not suggested before anybody has been asked.
    """
    request, free = stop.booking_request, without_stop(tour, standing_of(stop, tour.norms))
    stays = [*_recasts(stop, free, blocked), *_other_cubes(stop, free, blocked)]
    moments = _free(request, stop.wish, free.places[stop.room_id], free)
    moves = [
        Suggested(_with_concerns(WayOut(Way.MOVE, (each.wish,)), each), each) for each in moments
    ]
    if request.room_id != stop.room_id:  # moments are kept at the place that was asked for
        moments = _free(request, stop.wish, place_for(request, free), free)
    return (*stays, _offering(Way.CALL_OFF, moments), *moves)


def ways_for_option(option: Option, tour: Tour) -> tuple[Suggested, ...]:
    """An option whose asker was asked to decide does not become another one meanwhile."""
    let_go = Suggested(WayOut(Way.LET_GO))
    if option.is_to_decide:
        return (let_go,)
    chosen = Chosen(option.wish, option.room_id)
    placement = _judged(option.booking_request, chosen, tour, is_for_option=True)
    if placement is None:
        return (let_go,)
    return (Suggested(_with_concerns(WayOut(Way.KEEP), placement), placement), let_go)


def ways_for_request(request: BookingRequest, tour: Tour) -> tuple[Suggested, ...]:
    moments = _free(request, request.choices[0].wish, place_for(request, tour), tour)
    leave = Suggested(WayOut(Way.LEAVE))
    return (_offering(Way.OFFER, moments), leave) if moments else (leave,)


def reserved(ways: Iterable[Suggested], tour: Tour) -> Tour:
    """The tour on which all of it is taken, so that nobody else is promised the same."""
    for each in ways:
        for placement in (each.placement, *each.offered):
            tour = after(placement, tour) if placement else tour
    return tour


def can_be(request: BookingRequest, wish: Wish, tour: Tour) -> bool:
    """Somewhere in the district, when there is no place yet."""
    placement = best(Wanted(place_for(request, tour), wish, request.visitors, request.id), tour)
    return placement is not None and placement.is_possible


def standing_of(stop: Stop, norms: Norms) -> Standing:
    plays = needed(stop.plays, norms)
    cast = tuple((performer.resource_id, stretch) for performer, stretch in plays)
    return Standing(stop.id, stop.room_id, stop.stay, cast)


def _recasts(stop: Stop, tour: Tour, blocked: Blocked) -> list[Suggested]:
    """Who can play instead; who plays least in the weeks around it first."""
    found = []
    for player in tour.players:
        if blocked.resource_id in (None, player.resource_id):
            continue
        out = WayOut(Way.RECAST, resource_id=player.resource_id)
        placement = _judged(stop.booking_request, chosen_for(stop, out, blocked, tour.norms), tour)
        if placement:
            suggested = Suggested(_with_concerns(out, placement), placement)
            times = times_around(stop.period, player)
            found.append((len(suggested.concerns), times, player.name, suggested))
    return [each[-1] for each in sorted(found, key=lambda each: each[:3])]


def _other_cubes(stop: Stop, tour: Tour, blocked: Blocked) -> list[Suggested]:
    if blocked.resource_id != stop.installation.resource_id:
        return []
    found = []
    for cube in tour.cubes:
        out = WayOut(Way.OTHER_CUBE, resource_id=cube.resource_id)
        placement = _judged(stop.booking_request, chosen_for(stop, out, blocked, tour.norms), tour)
        if placement:
            found.append(Suggested(_with_concerns(out, placement), placement))
    return found


def _replaced(stop: Stop, by: int, blocked: Blocked, norms: Norms) -> Iterator[int]:
    """Who plays each encounter, with somebody else for who cannot come."""
    away = {
        period
        for performer, stretch in needed(stop.plays, norms)
        if performer.resource_id == blocked.resource_id
        and called(stretch.period, norms).overlaps(blocked.period)
        for period in stretch.own
    }
    for each in stop.played:
        yield by if each.period in away else each.performer.resource_id


def _free(request: BookingRequest, wish: Wish, place: Place, tour: Tour) -> list[Placement]:
    """The nearest that nobody else has been offered."""
    free = free_around(request, wish, place, tour)
    return [each for each in free if not _is_promised(each)][:MOMENTS_SHOWN]


def _is_promised(placement: Placement) -> bool:
    return any(finding.code == "offered_to_another" for finding in placement.findings)


def _offering(way: Way, moments: Sequence[Placement]) -> Suggested:
    return Suggested(WayOut(way, tuple(each.wish for each in moments)), offered=tuple(moments))


def _judged(
    request: BookingRequest, chosen: Chosen, tour: Tour, *, is_for_option: bool = False
) -> Placement | None:
    """None when it cannot be."""
    wanted = chosen.wanted(
        tour, visitors=request.visitors, request_id=request.id, is_for_option=is_for_option
    )
    placement = best(wanted, tour)
    return placement if placement and placement.is_possible else None


def _with_concerns(out: WayOut, placement: Placement) -> WayOut:
    codes = {finding.code for finding in concerns(placement.findings)}
    return replace(out, accepted=tuple(sorted(codes)))
