"""What stands in rooms and whether it still fits. The same number of queries for any number."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload, lazyload

from booking.models import BookingRequest, RoomBooking, RoomDate, SideItem, Stop
from booking.queries.rooms import load_rooms
from booking.rules.closing import (
    CROWDED,
    Changed,
    Standing,
    crowded,
    date_findings,
    outside_findings,
    stop_findings,
)
from booking.rules.lifecycle import StopState
from booking.rules.room_lifecycle import LIVE, DateState
from booking.rules.side import SideState
from core.db import session
from core.findings import Finding, blockers
from core.history import HistoryEntry
from core.period import Period, hull
from venues.models import Room, RoomState
from venues.queries.places import find_rooms
from venues.rules.hits import Hit

TOLD = "misfits told"


@dataclass(frozen=True, slots=True)
class HitDate:
    date: RoomDate
    hit: Hit


@dataclass(frozen=True, slots=True)
class HitStop:
    stop: Stop
    hit: Hit


@dataclass(frozen=True, slots=True)
class HitItem:
    """Something around a stop, in a room of its own."""

    item: SideItem
    hit: Hit


AnyHit = HitDate | HitStop | HitItem


@dataclass(frozen=True, slots=True)
class Hits:
    """In order of time."""

    dates: list[HitDate]
    stops: list[HitStop]
    items: list[HitItem]

    @property
    def each(self) -> list[AnyHit]:
        found: list[AnyHit] = [*self.dates, *self.stops, *self.items]
        return sorted(found, key=lambda each: (each.hit.period, each.hit.key))

    @property
    def all(self) -> list[Hit]:
        return [each.hit for each in self.each]

    def only(self, keys: set[str]) -> "Hits":
        return Hits(
            [each for each in self.dates if each.hit.key in keys],
            [each for each in self.stops if each.hit.key in keys],
            [each for each in self.items if each.hit.key in keys],
        )


def hits_in(room_ids: Sequence[int] | None, now: datetime) -> Hits:
    """What is to come and does not fit; `room_ids` None: in all rooms."""
    standing = _standing_in(room_ids, now)
    tight = _crowded(standing)
    dates = [
        (date, _date_findings(date, standing) or ([CROWDED] if date.id in tight else []))
        for date in standing.dates
    ]
    stops = [(stop, stop_findings(_parts(stop), standing.of(stop))) for stop in standing.stops]
    items = [(item, _item_findings(item, standing)) for item in standing.items]
    return _hits(dates, stops, items)


def misfits(now: datetime, room_ids: Sequence[int] | None = None) -> list[AnyHit]:
    """What somebody should look at, in order of time; also what clashes with a calendar kept
    elsewhere. Only what nobody can have agreed to: the cube may get in before the room opens."""
    standing = _standing_in(room_ids, now)
    dates = [
        (date, [*_date_findings(date, standing), *_clash(date, standing)])
        for date in standing.dates
    ]
    stops = [(stop, _played_at_wrong_time(stop, standing)) for stop in standing.stops]
    items = [
        (item, [*_item_findings(item, standing), *_outside(item, standing)])
        for item in standing.items
    ]
    return _hits(dates, stops, items).each


@dataclass(frozen=True, slots=True)
class _Standing:
    dates: list[RoomDate]
    stops: list[Stop]
    items: list[SideItem]
    changed: dict[int, Changed]  # by room id

    def of(self, each: RoomDate | Stop | SideItem) -> Changed:
        assert each.room_id  # of an item: only those in a room are looked at
        return self.changed[each.room_id]


def _standing_in(room_ids: Sequence[int] | None, now: datetime) -> _Standing:
    dates, stops, items = _dates(room_ids, now), _stops(room_ids, now), _items(room_ids, now)
    standing = [*((date.room_id, date.period) for date in dates)]
    standing += [(stop.room_id, stop.stay) for stop in stops]
    standing += [(item.room_id, item.period) for item in items if item.room_id]
    return _Standing(dates, stops, items, _changed(standing))


def _item_findings(item: SideItem, standing: _Standing) -> list[Finding]:
    """As of a date that is agreed."""
    return date_findings(Standing(item.period, item.people), standing.of(item))


def _outside(item: SideItem, standing: _Standing) -> list[Finding]:
    return outside_findings(item.period, standing.of(item).place)


def _date_findings(date: RoomDate, standing: _Standing) -> list[Finding]:
    agreed = Standing(date.period, date.room_booking.people, date.state is DateState.ASKED)
    return date_findings(agreed, standing.of(date))


def _clash(date: RoomDate, standing: _Standing) -> list[Finding]:
    """What is only asked, the host looks at when answering."""
    is_sure = date.is_confirmed
    return outside_findings(date.period, standing.of(date).place) if is_sure else []


def _parts(stop: Stop) -> list[Period]:
    """Getting in, each time it plays, getting out: between them the room may be closed."""
    playing = [each.period for each in stop.sessions]
    return [
        Period(stop.stay_starts_at, playing[0].end),
        *playing,
        Period(playing[-1].start, stop.stay_ends_at),
    ]


def _played_at_wrong_time(stop: Stop, standing: _Standing) -> list[Finding]:
    playing = [each.period for each in stop.sessions]
    room = standing.of(stop)
    return [*stop_findings(playing, room), *outside_findings(stop.stay, room.place)]


def room_of(each: AnyHit) -> Room:
    match each:
        case HitDate(date=date):
            return date.room
        case HitStop(stop=stop):
            return stop.room
        case HitItem(item=item):
            assert item.room
            return item.room


def hits_told(room_ids: Iterable[int]) -> set[str]:
    """The keys of what the hosts of these rooms have been told of."""
    told = select(HistoryEntry.facts).where(
        HistoryEntry.subject_kind == "room",
        HistoryEntry.subject_id.in_(set(room_ids)),
        HistoryEntry.action == TOLD,
    )
    return {key for facts in session.scalars(told) for key in facts["keys"]}


def _dates(room_ids: Sequence[int] | None, now: datetime) -> list[RoomDate]:
    coming = (
        select(RoomDate)
        .join(RoomDate.room_booking)
        .where(RoomDate.state.in_(LIVE), RoomDate.ends_at > now)
        .order_by(RoomDate.starts_at, RoomDate.id)
        .options(
            contains_eager(RoomDate.room_booking).options(
                joinedload(RoomBooking.organisation, innerjoin=True), lazyload(RoomBooking.dates)
            )
        )
    )
    if room_ids is not None:
        coming = coming.where(RoomDate.room_id.in_(room_ids))
    return list(session.scalars(coming))


def _stops(room_ids: Sequence[int] | None, now: datetime) -> list[Stop]:
    coming = (
        select(Stop)
        .where(Stop.state == StopState.CONFIRMED, Stop.ends_at > now)
        .order_by(Stop.starts_at, Stop.id)
        .options(
            joinedload(Stop.booking_request).options(
                joinedload(BookingRequest.organisation), lazyload("*")
            ),
            joinedload(Stop.installation),
        )
    )
    if room_ids is not None:
        coming = coming.where(Stop.room_id.in_(room_ids))
    return list(session.scalars(coming))


def _items(room_ids: Sequence[int] | None, now: datetime) -> list[SideItem]:
    """What is agreed and claims a room of its own."""
    coming = (
        select(SideItem)
        .where(
            SideItem.state == SideState.AGREED,
            SideItem.room_id.is_not(None),
            SideItem.ends_at > now,
        )
        .order_by(SideItem.starts_at, SideItem.id)
        .options(lazyload(SideItem.stop), lazyload(SideItem.room, Room.opening_hours))
    )
    if room_ids is not None:
        coming = coming.where(SideItem.room_id.in_(room_ids))
    return list(session.scalars(coming))


def _changed(standing: Sequence[tuple[int, Period]]) -> dict[int, Changed]:
    """By room id, over the time in which anything stands."""
    if not standing:
        return {}
    rooms = find_rooms([room_id for room_id, _period in standing])
    places = load_rooms(hull(period for _room_id, period in standing), rooms.values())
    return {
        room_id: Changed(places[room_id], has_stopped=room.state is RoomState.RETIRED)
        for room_id, room in rooms.items()
    }


def _crowded(standing: _Standing) -> set[int]:
    """Ids of the confirmed dates with little time before them."""
    by_room: dict[int, list[RoomDate]] = defaultdict(list)
    for date in standing.dates:
        if date.is_confirmed:
            by_room[date.room_id].append(date)
    found = set()
    for of_room in by_room.values():
        terms = standing.of(of_room[0]).place.terms
        tight = crowded([date.period for date in of_room], terms)
        found |= {date.id for date in of_room if date.period in tight}
    return found


def _hits(
    dates: Iterable[tuple[RoomDate, list[Finding]]],
    stops: Iterable[tuple[Stop, list[Finding]]],
    items: Iterable[tuple[SideItem, list[Finding]]],
) -> Hits:
    return Hits(
        [HitDate(date, _hit_date(date, found)) for date, found in dates if found],
        [HitStop(stop, _hit_stop(stop, found)) for stop, found in stops if found],
        [HitItem(item, _hit_item(item, found)) for item, found in items if found],
    )


def _hit_date(date: RoomDate, found: list[Finding]) -> Hit:
    booking = date.room_booking
    return Hit(
        key=f"date-{date.id}-{_stamp(date.starts_at)}-{date.state.value}-{_codes(found)}",
        period=date.period,
        who=booking.organisation.name,
        what=booking.purpose,
        findings=tuple(found),
        ends=bool(blockers(found)),
    )


def _hit_stop(stop: Stop, found: list[Finding]) -> Hit:
    """Each thing is said once; in the key it counts how often."""
    return Hit(
        key=f"stop-{stop.id}-{_stamp(stop.stay_starts_at)}-{_codes(found)}",
        period=stop.stay,
        who=stop.booking_request.organisation.name,
        what=stop.installation.name,
        findings=tuple(each for n, each in enumerate(found) if each not in found[:n]),
        ends=False,
    )


def _hit_item(item: SideItem, found: list[Finding]) -> Hit:
    return Hit(
        key=f"side-{item.id}-{_stamp(item.starts_at)}-{_codes(found)}",
        period=item.period,
        who=item.partner,
        what=item.title,
        findings=tuple(found),
        ends=bool(blockers(found)),
    )


def _stamp(moment: datetime) -> str:
    return f"{moment:%Y%m%d%H%M}"


def _codes(found: list[Finding]) -> str:
    return "+".join(finding.code for finding in found)
