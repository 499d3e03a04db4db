"""Who is hit by a block that is only thought of, and what can be done for each of them.

Judged by the rules as if the block stood. The same number of queries for any number of those hit;
what grows is the judging: some 130 moments around each stop, request or moment that was offered.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from booking.models import Alternative, BookingRequest, Installation, Option, Performer, Stop
from booking.queries.blocks import stop_ids_inside
from booking.queries.desk import around
from booking.queries.holds import living_options
from booking.queries.plays import WITH_PLAYS
from booking.queries.requests import requests_in
from booking.queries.tour import load_tour
from booking.queries.ways_out import (
    Suggested,
    can_be,
    reserved,
    ways_for_option,
    ways_for_request,
    ways_for_stop,
)
from booking.rules.blocks import BlockDetails, Blocked, with_blocks
from booking.rules.lifecycle import RequestState
from booking.rules.norms import Wish
from booking.rules.tour import Tour
from booking.rules.ways_out import Way, WayOut
from core.db import session
from core.period import hull
from people.models import Person
from venues.models import VenueHost


class HitKind(StrEnum):
    STOP = "stop"
    OPTION = "option"
    REQUEST = "request"  # none of its moments can be any more
    OFFER = "offer"  # moments that were offered with a decline


@dataclass(frozen=True, slots=True)
class Hit:
    kind: HitKind
    request: BookingRequest
    wishes: tuple[Wish, ...]  # what cannot be as it was
    ways: tuple[Suggested, ...]  # what can be done, the most sensible first
    hosts: tuple[Person, ...] = ()

    @property
    def key(self) -> str:
        """Another one when anything of the request changes."""
        return f"{self.field}_{self.request.version}"

    @property
    def field(self) -> str:
        return f"{self.kind}_{self.request.id}"

    @property
    def stop(self) -> Stop | None:
        return self.request.stop if self.kind is HitKind.STOP else None


def request_ids_in(keys: Iterable[str]) -> list[int]:
    """Of the requests that these keys are about, in the order in which they are locked."""
    parts = (key.split("_") for key in keys)
    return sorted({int(each[1]) for each in parts if len(each) == 3 and each[1].isdecimal()})


def hit_by(details: BlockDetails, now: datetime) -> list[Hit]:
    """Stops first, in order of time; then options, requests and offers."""
    blocked = details.blocked
    stops = _stops(stop_ids_inside(blocked, now))
    options = [each for each in living_options(now) if _is_hit(each, blocked)]
    waiting = requests_in([RequestState.SUBMITTED])
    hits = _judged(stops, options, waiting, blocked, now)
    by_request = _by_request(offered_in(blocked, now))
    return [*hits, *(_offer_hit(request, gone) for request, gone in by_request.items())]


def offered_in(blocked: Blocked, now: datetime) -> list[tuple[BookingRequest, Alternative]]:
    """Moments kept for somebody that the block takes."""
    period = blocked.period
    kept = (
        select(BookingRequest, Alternative)
        .join(Alternative, Alternative.booking_request_id == BookingRequest.id)
        .join(Installation, Alternative.installation_id == Installation.id)
        .join(Performer, Alternative.performer_id == Performer.id)
        .where(
            Alternative.kept_until > now,
            Alternative.stay_starts_at < period.end,
            Alternative.stay_ends_at > period.start,
        )
        .order_by(Alternative.booking_request_id, Alternative.position)
    )
    if blocked.resource_id is not None:
        owners = (Installation.resource_id, Performer.resource_id)
        kept = kept.where(or_(*(owner == blocked.resource_id for owner in owners)))
    return [(request, offer) for request, offer in session.execute(kept)]


def _judged(
    stops: Sequence[Stop],
    options: Sequence[Option],
    waiting: Sequence[BookingRequest],
    blocked: Blocked,
    now: datetime,
) -> list[Hit]:
    """One tour around everything serves for all of it."""
    placed: list[Stop | Option] = [*stops, *options]
    wishes = [each.wish for each in placed]
    wishes += [choice.wish for request in waiting for choice in request.choices]
    if not wishes:
        return []
    asked = [*waiting, *(each.booking_request for each in placed)]
    rooms = [*(each.room_id for each in placed), *(r.room_id for r in asked if r.room_id)]
    before = load_tour(now, hull(around(wish) for wish in wishes), rooms)
    tour, found = with_blocks(before, [blocked]), []
    beyond = [each for each in waiting if _cannot_be(each, before, tour)]
    hosts = hosts_of_stops(stops)
    in_order: list[Stop | Option | BookingRequest] = [*stops, *options, *beyond]
    for each in in_order:
        hit = _hit(each, tour, blocked, hosts)
        found.append(hit)
        tour = reserved(hit.ways, tour)
    return found


def _hit(
    each: Stop | Option | BookingRequest,
    tour: Tour,
    blocked: Blocked,
    hosts: dict[int, list[Person]],
) -> Hit:
    match each:
        case Stop(booking_request=request):
            ways, at_place = ways_for_stop(each, tour, blocked), hosts.get(each.room.venue_id, ())
            return Hit(HitKind.STOP, request, (each.wish,), ways, tuple(at_place))
        case Option(booking_request=request):
            return Hit(HitKind.OPTION, request, (each.wish,), ways_for_option(each, tour))
        case _:
            wishes = tuple(choice.wish for choice in each.choices)
            return Hit(HitKind.REQUEST, each, wishes, ways_for_request(each, tour))


def _by_request(
    offered: Iterable[tuple[BookingRequest, Alternative]],
) -> dict[BookingRequest, list[Wish]]:
    found: dict[BookingRequest, list[Wish]] = defaultdict(list)
    for request, offer in offered:
        found[request].append(offer.wish)
    return found


def hosts_of_stops(stops: Iterable[Stop]) -> dict[int, list[Person]]:
    """Whom to call, by venue."""
    venues = sorted({stop.room.venue_id for stop in stops})
    found: dict[int, list[Person]] = defaultdict(list)
    of_venues = (
        select(VenueHost.venue_id, Person)
        .join(Person, VenueHost.person_id == Person.id)
        .where(VenueHost.venue_id.in_(venues), Person.disabled_at.is_(None))
        .order_by(Person.name, Person.id)
    )
    for venue_id, person in session.execute(of_venues) if venues else ():
        found[venue_id].append(person)
    return found


def _stops(stop_ids: Sequence[int]) -> list[Stop]:
    if not stop_ids:
        return []
    found = (
        select(Stop)
        .options(joinedload(Stop.booking_request, innerjoin=True), WITH_PLAYS)
        .where(Stop.id.in_(stop_ids))
        .order_by(Stop.starts_at, Stop.id)
    )
    return list(session.scalars(found).unique())


def _offer_hit(request: BookingRequest, gone: Sequence[Wish]) -> Hit:
    return Hit(HitKind.OFFER, request, tuple(gone), (Suggested(WayOut(Way.DROP)),))


def _is_hit(option: Option, blocked: Blocked) -> bool:
    owners = (option.installation.resource_id, option.performer.resource_id)
    return option.stay.overlaps(blocked.period) and any(map(blocked.is_for, owners))


def _cannot_be(request: BookingRequest, tour: Tour, blocked_tour: Tour) -> bool:
    """By the block: something could be until now, and nothing can with it."""
    wishes = [choice.wish for choice in request.choices]
    return any(can_be(request, wish, tour) for wish in wishes) and not any(
        can_be(request, wish, blocked_tour) for wish in wishes
    )
