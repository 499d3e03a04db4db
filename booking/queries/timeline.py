"""All of one season for the timeline. The same number of queries for any number of stops."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, or_, select

from booking.models import (
    Block,
    BookingRequest,
    Installation,
    Option,
    Performer,
    Stop,
)
from booking.queries.blocks import blockable
from booking.queries.desk import cases
from booking.queries.holds import holds_in, living_options
from booking.queries.plays import has_player, plays_at
from booking.queries.requests import requests_in
from booking.queries.season import Season
from booking.rules.blocks import period_of
from booking.rules.lifecycle import RequestState, StopState
from booking.rules.norms import Wish
from booking.rules.options import rank_of
from booking.rules.timeline import Entry, Mark, TimelineMonth, What, timeline
from core.clock import local_date
from core.db import session
from core.period import Period
from people.models import Organisation
from venues.facts import District, holidays
from venues.models import Room, Venue


@dataclass(frozen=True, slots=True)
class Shown:
    """What of the season is wanted; None: all of it."""

    season: Season
    cube: Installation | None = None
    district: District | None = None
    performer: Performer | None = None


@dataclass(frozen=True, slots=True)
class Timeline:
    cubes: tuple[Installation, ...]  # a column for each
    months: tuple[TimelineMonth, ...]
    stops: int
    options: int


def load_timeline(shown: Shown, now: datetime) -> Timeline:
    period = shown.season.period
    cubes = (shown.cube,) if shown.cube else tuple(_cubes(period))
    placed = [*_stops(shown), *_options(shown, now)]
    entries = [*placed, *_wishes(shown, now)]
    months = timeline(period, [cube.id for cube in cubes], entries, _marks(shown))
    return Timeline(
        cubes,
        tuple(months),
        sum(each.what is What.STOP for each in placed),
        sum(each.what is What.OPTION for each in placed),
    )


def _cubes(period: Period) -> list[Installation]:
    """Those that tour, and those that did in this season."""
    used = select(Stop.installation_id).where(
        Stop.starts_at >= period.start, Stop.starts_at < period.end
    )
    found = (
        select(Installation)
        .where(or_(Installation.retired_at.is_(None), Installation.id.in_(used)))
        .order_by(Installation.name, Installation.id)
    )
    return list(session.scalars(found).unique())


def _stops(shown: Shown) -> list[Entry]:
    confirmed = (
        select(
            Stop.id,
            Stop.booking_request_id,
            Stop.installation_id,
            Stop.day_on,
            Stop.day_part,
            Stop.day_parts,
            Stop.is_closed,
            Organisation.name.label("organisation"),
            Venue.name.label("place"),
            Venue.district_number,
        )
        .join(Stop.booking_request)
        .join(BookingRequest.organisation)
        .join(Stop.room)
        .join(Room.venue)
        .where(*_of_stops(shown))
        .order_by(Stop.starts_at, Stop.id)
    )
    players = _players(shown)
    return [_stop_entry(row, players[row.id]) for row in session.execute(confirmed)]


def _stop_entry(row: Row[Any], players: list[str]) -> Entry:
    return Entry(
        what=What.STOP,
        request_id=row.booking_request_id,
        wish=Wish(row.day_on, row.day_part, row.day_parts),
        organisation=row.organisation,
        place=row.place,
        district_number=row.district_number,
        cube_id=row.installation_id,
        players=tuple(dict.fromkeys(players)),
        is_closed=row.is_closed,
    )


def _of_stops(shown: Shown) -> list[ColumnElement[bool]]:
    period = shown.season.period
    wanted = [
        Stop.state == StopState.CONFIRMED,
        Stop.starts_at >= period.start,
        Stop.starts_at < period.end,
    ]
    if shown.cube:
        wanted.append(Stop.installation_id == shown.cube.id)
    if shown.district:
        wanted.append(Venue.district_number == shown.district.number)
    if shown.performer:
        wanted.append(has_player(shown.performer.id))
    return wanted


def _players(shown: Shown) -> dict[int, list[str]]:
    """Names by stop, in order of playing."""
    meant = select(Stop.id).join(Stop.room).join(Room.venue).where(*_of_stops(shown))
    found: dict[int, list[str]] = defaultdict(list)
    for stop_id, plays in plays_at(meant).items():
        found[stop_id] = [who.name for who, _stretch in plays]
    return found


def _options(shown: Shown, now: datetime) -> Iterable[Entry]:
    """With the rank they have now, also among those that are not shown."""
    period = shown.season.period
    holds = [hold for hold in holds_in(period, now) if not hold.is_offer]
    for option in living_options(now):
        if option.released_at is None and now < option.ends_by and _is_shown(option, shown):
            yield Entry(
                what=What.OPTION,
                request_id=option.booking_request_id,
                wish=option.wish,
                organisation=option.booking_request.organisation.name,
                place=option.room.venue.name,
                district_number=option.room.venue.district_number,
                cube_id=option.installation_id,
                players=(option.performer.name,),
                number=rank_of(option.hold, holds),
                is_closed=option.booking_request.is_closed,
            )


def _is_shown(option: Option, shown: Shown) -> bool:
    return (
        shown.season.period.start <= option.starts_at < shown.season.period.end
        and shown.cube in (None, option.installation)
        and shown.performer in (None, option.performer)
        and shown.district in (None, option.room.venue.district)
    )


def _wishes(shown: Shown, now: datetime) -> Iterable[Entry]:
    """Each choice of each request that waits, judged as in the inbox."""
    period = shown.season.period
    for case in cases(requests_in([RequestState.SUBMITTED]), now):
        asked = case.request
        if shown.district not in (None, asked.district):
            continue
        for number, judged in enumerate(case.choices, 1):
            if judged.wish.window.overlaps(period):
                yield Entry(
                    what=What.WISH,
                    request_id=asked.id,
                    wish=judged.wish,
                    organisation=asked.organisation.name,
                    place=asked.room.venue.name if asked.room else "",
                    district_number=asked.district_number,
                    number=number,
                    is_closed=asked.is_closed,
                    can_be=judged.is_possible,
                )


def _marks(shown: Shown) -> list[Mark]:
    """All that is about days and not about a booking; what is new of that kind joins here."""
    period = shown.season.period
    first, last = local_date(period.start), local_date(period.end)
    free = [
        Mark(each.name, each.first_on, each.last_on, is_for_schools=each.is_for_schools)
        for each in holidays()
        if each.first_on < last and each.last_on >= first
    ]
    return sorted([*free, *_blocks(period)], key=lambda mark: (mark.first_on, mark.name))


def _blocks(period: Period) -> list[Mark]:
    """A block of the whole tour has no name of its own."""
    standing = select(Block).where(
        Block.lifted_at.is_(None),
        Block.starts_at < period.end,
        or_(Block.ends_at.is_(None), Block.ends_at > period.start),
    )
    cubes, players = blockable()
    owners: list[Installation | Performer] = [*cubes, *players]
    names = {owner.resource_id: owner.name for owner in owners}
    return [
        Mark(
            names.get(block.resource_id or 0, ""),
            local_date(block.starts_at),
            local_date(period_of(block.starts_at, block.ends_at).end - timedelta(seconds=1)),
            block_id=block.id,
        )
        for block in session.scalars(standing)
    ]
