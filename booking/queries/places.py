"""The places of a tour around a stretch of time, and what their hosts said. Always the same number
of queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import lazyload

from booking.models import BookingRequest, HostConsent
from booking.rules.consent import HostSaid
from booking.rules.lifecycle import WAITING, RequestState
from booking.rules.place_kinds import Kinds, kinds_of
from booking.rules.tour import Place, Spot
from core.clock import local_date
from core.db import session
from core.geography import Point
from core.period import Period
from people.models import Person
from venues.facts import District
from venues.models import Closure, OutsideBusy, Room, RoomState, SpecialHours, VenueHost
from venues.rules.fit import CubeNeeds, cube_fit

LONGEST = timedelta(days=7)  # no claim or stay is longer; keeps the past out of every range scan


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What calendars say that are kept elsewhere, by resource id."""

    busy: dict[int, list[Period]]
    perhaps: dict[int, list[Period]]


def load_elsewhere(window: Period, resource_ids: Iterable[int]) -> Elsewhere:
    found = Elsewhere(defaultdict(list), defaultdict(list))
    touching = select(
        OutsideBusy.resource_id,
        OutsideBusy.is_tentative,
        OutsideBusy.starts_at,
        OutsideBusy.ends_at,
    ).where(
        OutsideBusy.resource_id.in_(list(resource_ids)),
        OutsideBusy.starts_at > window.start - LONGEST,
        OutsideBusy.starts_at < window.end,
        OutsideBusy.ends_at > window.start,
    )
    for resource_id, is_tentative, starts_at, ends_at in session.execute(touching):
        kind = found.perhaps if is_tentative else found.busy
        kind[resource_id].append(Period(starts_at, ends_at))
    return found


def load_places(
    window: Period, rooms: list[Room], taken: Mapping[int, list[Period]], elsewhere: Elsewhere
) -> dict[int, Place]:
    """By room id. `taken` is what is claimed, by resource id."""
    if not rooms:
        return {}
    around = _Around(_closures(window, rooms), _special(window, rooms), elsewhere, hosted(rooms))
    return {room.id: _place(room, around, taken) for room in rooms}


def spot_of(point: Point, district: District) -> Spot:
    return Spot(point, district.name, district.is_over_the_canal)


def room_spot(room: Room) -> Spot:
    return spot_of(room.venue.point, room.venue.district)


def room_kinds(room: Room) -> Kinds:
    return kinds_of(
        room.measures,
        has_accessible_toilet=room.has_accessible_toilet,
        is_over_the_canal=room.venue.district.is_over_the_canal,
    )


def place_of(room: Room, closures: Iterable[Closure] = (), taken: Iterable[Period] = ()) -> Place:
    hours = tuple(hours.weekly for hours in room.opening_hours)
    return Place(
        resource_id=room.resource_id,
        name=room.full_name,
        spot=room_spot(room),
        hours=hours or None,
        closures=tuple(Period(c.starts_at, c.ends_at) for c in closures),
        taken=tuple(taken),
        fit=tuple(cube_fit(room.measures, CubeNeeds())),
        kinds=room_kinds(room),
        is_own=not room.venue.is_listed,
        is_available=room.state is RoomState.PUBLISHED and room.welcomes_cube,
    )


@dataclass(frozen=True, slots=True)
class _Around:
    """What stands beside the rooms themselves, by room id or by resource id."""

    closures: dict[int, list[Closure]]
    special: dict[int, list[SpecialHours]]
    elsewhere: Elsewhere
    hosted: frozenset[int]  # ids of venues


def _closures(window: Period, rooms: list[Room]) -> dict[int, list[Closure]]:
    found: dict[int, list[Closure]] = defaultdict(list)
    touching = select(Closure).where(
        Closure.room_id.in_([room.id for room in rooms]),
        Closure.starts_at < window.end,
        Closure.ends_at > window.start,
    )
    for closure in session.scalars(touching):
        found[closure.room_id].append(closure)
    return found


def _special(window: Period, rooms: list[Room]) -> dict[int, list[SpecialHours]]:
    found: dict[int, list[SpecialHours]] = defaultdict(list)
    within = select(SpecialHours).where(
        SpecialHours.room_id.in_([room.id for room in rooms]),
        SpecialHours.day_on >= local_date(window.start),
        SpecialHours.day_on <= local_date(window.end),
    )
    for each in session.scalars(within):
        found[each.room_id].append(each)
    return found


def hosted(rooms: list[Room]) -> frozenset[int]:
    """The venues among them that somebody speaks for."""
    venue_ids = {room.venue_id for room in rooms if room.venue.is_listed}
    speaking = (
        select(VenueHost.venue_id)
        .join(Person, Person.id == VenueHost.person_id)
        .where(VenueHost.venue_id.in_(venue_ids), Person.disabled_at.is_(None))
    )
    return frozenset(session.scalars(speaking))


def hosts_said(rooms: list[Room]) -> dict[tuple[int, int], HostSaid]:
    """The latest answer of the hosts, of requests that still matter."""
    if not rooms:
        return {}
    asked = (
        select(HostConsent.booking_request_id, Room.resource_id, HostConsent)
        .join(HostConsent.room)
        .join(HostConsent.booking_request)
        .where(
            HostConsent.room_id.in_([room.id for room in rooms]),
            BookingRequest.state.in_([*WAITING, RequestState.CONFIRMED]),
        )
        .order_by(HostConsent.id)
        .options(lazyload(HostConsent.room), lazyload(HostConsent.booking_request))
    )
    return {
        (request_id, resource_id): consent.said
        for request_id, resource_id, consent in session.execute(asked).tuples()
    }


def _place(room: Room, around: _Around, taken: Mapping[int, list[Period]]) -> Place:
    place = place_of(room, around.closures.get(room.id, ()), taken.get(room.resource_id, ()))
    return replace(
        place,
        special=tuple(each.hours for each in around.special.get(room.id, ())),
        outside=tuple(around.elsewhere.busy.get(room.resource_id, ())),
        perhaps=tuple(around.elsewhere.perhaps.get(room.resource_id, ())),
        has_host=room.venue_id in around.hosted,
    )
