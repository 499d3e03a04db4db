"""What everybody may see of the tour.

A closed stop has no title and no place here: they are left behind in this module, so that no page
or calendar can show them by mistake. Every range starts at an indexed moment: what is long past is
never read.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, func, or_, select

from booking.models import Stop, StopSession
from booking.queries.districts import season_start
from booking.queries.side import PublicItem, public_programme
from booking.queries.tour import LONGEST
from booking.rules.lifecycle import StopState
from core.clock import local_date, local_days, midnight
from core.db import session
from core.period import Period
from venues.facts import District, districts
from venues.models import Room, Venue

FEED_REACHES_BACK = timedelta(days=92)
FEED_REACHES_AHEAD = timedelta(days=550)
CANCELLED_STAYS = timedelta(days=30)

Condition = ColumnElement[bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaStop:
    """A stop as the public sees it. Closed: only the district and the times."""

    id: int
    period: Period  # from the first session to the last
    sessions: tuple[Period, ...]
    title: str  # empty: closed
    district: District
    venue_name: str | None  # None: closed
    address: str | None  # None: closed
    is_closed: bool
    is_cancelled: bool
    created_at: datetime
    changed_at: datetime
    revision: int  # rises with each change
    programme: tuple[PublicItem, ...] = ()  # only where it is shown; closed: nothing

    @property
    def starts_at(self) -> datetime:
        return self.period.start

    @property
    def ends_at(self) -> datetime:
        return self.period.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Reception:
    """How to get to an open stop, and in."""

    arrival: str
    room_name: str
    is_outdoors: bool
    is_step_free: bool | None  # None: nobody has said
    has_accessible_toilet: bool | None  # None: nobody has said


@dataclass(frozen=True, slots=True)
class FeedState:
    """Which version of the public calendar there is now, without making it."""

    tag: str
    modified_at: datetime


def public_stops(window: Period, district: District | None = None) -> list[AgendaStop]:
    """All stops that play in the window, in order of time; cancelled ones say so."""
    return _read(_listed(district).where(*_touches(window)))


def upcoming_stops(now: datetime, limit: int) -> list[AgendaStop]:
    """The next stops that go on."""
    coming = (
        Stop.state == StopState.CONFIRMED,
        Stop.starts_at > now - LONGEST,
        Stop.ends_at > now,
    )
    return _read(_listed().where(*coming).limit(limit))


def find_public_stop(stop_id: int) -> AgendaStop | None:
    """None for a stop that does not exist, or was taken back before anybody was told."""
    found = _with_programme(_read(_listed().where(Stop.id == stop_id)))
    return next(iter(found), None)


def reception_at(stop: AgendaStop) -> Reception | None:
    """None when the stop is closed."""
    found = (
        select(
            Venue.arrival,
            Room.name,
            Room.is_outdoors,
            Room.is_step_free,
            Room.has_accessible_toilet,
        )
        .join(Room, Room.venue_id == Venue.id)
        .join(Stop, Stop.room_id == Room.id)
        .where(Stop.id == stop.id, Stop.is_closed.is_(False))
    )
    row = session.execute(found).one_or_none()
    if row is None:
        return None
    arrival, room_name, is_outdoors, is_step_free, has_toilet = row
    return Reception(
        arrival=arrival,
        room_name=room_name,
        is_outdoors=is_outdoors,
        is_step_free=is_step_free,
        has_accessible_toilet=has_toilet,
    )


def feed_stops(now: datetime, district: District | None = None) -> list[AgendaStop]:
    """What stands in the calendar people subscribe to."""
    return _with_programme(_read(_listed(district).where(*_in_feed(now))))


def feed_state(now: datetime, district: District | None = None) -> FeedState:
    """Says in one light query whether `feed_stops` would give something else than before."""
    versions = _public(
        select(
            Stop.id, Stop.version, Room.version, Venue.version, Stop.changed_at, Stop.undo_until
        ),
        district,
    )
    rows = session.execute(versions.where(*_in_feed(now))).all()
    tag = sha256(repr([tuple(row)[:4] for row in rows]).encode()).hexdigest()
    # What falls out of the window and what changes at a venue carry no time of their own:
    # this morning stands for them.
    changes = [max(row.changed_at, row.undo_until) for row in rows]
    return FeedState(tag[:32], max([midnight(local_date(now)), *changes]))


def visits_per_district(today: date) -> dict[str, int]:
    """How often the cube is in each of the ten districts this season, by number."""
    counted = (
        select(Venue.district_number, func.count())
        .join(Room, Room.venue_id == Venue.id)
        .join(Stop, Stop.room_id == Room.id)
        .where(Stop.state == StopState.CONFIRMED, Stop.starts_at >= midnight(season_start(today)))
        .group_by(Venue.district_number)
    )
    found = {number: count for number, count in session.execute(counted)}  # noqa: C416 - rows
    return {number: found.get(number, 0) for number in districts()}


def _touches(window: Period) -> tuple[Condition, ...]:
    return (
        Stop.starts_at > window.start - LONGEST,
        Stop.starts_at < window.end,
        Stop.ends_at > window.start,
    )


def _in_feed(now: datetime) -> tuple[Condition, ...]:
    """Subscribers, like readers of mail, are told when the time for undo is over."""
    today = local_date(now)
    recently = midnight(today - CANCELLED_STAYS)
    return (
        *_touches(local_days(today - FEED_REACHES_BACK, today + FEED_REACHES_AHEAD)),
        Stop.undo_until <= now,
        or_(
            Stop.cancelled_at.is_(None),
            and_(Stop.cancelled_at >= recently, Stop.cancelled_at >= Stop.undo_until),
        ),
    )


def _listed(district: District | None = None) -> Select[Any]:
    columns = (
        Stop.id,
        Stop.starts_at,
        Stop.ends_at,
        Stop.public_title,
        Stop.is_closed,
        Stop.state,
        Stop.confirmed_at,
        Stop.changed_at,
        Stop.version,
        Venue,
    )
    return _public(select(*columns), district)


def _public(query: Select[Any], district: District | None) -> Select[Any]:
    """Everything but what was taken back before anybody was told."""
    query = (
        query.select_from(Stop)
        .join(Room, Stop.room_id == Room.id)
        .join(Venue, Room.venue_id == Venue.id)
        .where(Stop.state != StopState.UNDONE)
        .order_by(Stop.starts_at, Stop.id)
    )
    return query.where(Venue.district_number == district.number) if district else query


def _read(query: Select[Any]) -> list[AgendaStop]:
    """Two queries, however many stops."""
    rows = session.execute(query).all()
    if not rows:
        return []
    sessions = _sessions_between(rows[0].starts_at, rows[-1].starts_at)
    return [_agenda_stop(row, sessions[row.id]) for row in rows]


def _with_programme(stops: list[AgendaStop]) -> list[AgendaStop]:
    """One query more, however many stops."""
    programme = public_programme(stop.id for stop in stops if not stop.is_cancelled)
    return [replace(stop, programme=tuple(programme[stop.id])) for stop in stops]


def _sessions_between(first: datetime, last: datetime) -> dict[int, list[Period]]:
    """Of all stops that start from `first` up to `last`, by stop."""
    played = (
        select(StopSession.stop_id, StopSession.starts_at, StopSession.ends_at)
        .join(Stop, StopSession.stop_id == Stop.id)
        .where(Stop.starts_at >= first, Stop.starts_at <= last)
        .order_by(StopSession.starts_at)
    )
    found: dict[int, list[Period]] = defaultdict(list)
    for stop_id, starts_at, ends_at in session.execute(played):
        found[stop_id].append(Period(starts_at, ends_at))
    return found


def _agenda_stop(row: Row[Any], sessions: Sequence[Period]) -> AgendaStop:
    """The one place where it is decided what of a closed stop is left out."""
    venue: Venue = row.Venue
    return AgendaStop(
        id=row.id,
        period=Period(row.starts_at, row.ends_at),
        sessions=tuple(sessions),
        title="" if row.is_closed else row.public_title,
        district=venue.district,
        venue_name=None if row.is_closed else venue.name,
        address=None if row.is_closed else venue.address,
        is_closed=row.is_closed,
        is_cancelled=row.state is StopState.CANCELLED,
        created_at=row.confirmed_at,
        changed_at=row.changed_at,
        revision=row.version - 1,
    )
