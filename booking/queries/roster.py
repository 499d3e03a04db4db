"""All that is in use in one week. Always the same number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, or_, select
from sqlalchemy.orm import raiseload

from booking.models import (
    BookingRequest,
    Claim,
    ClaimPurpose,
    Installation,
    Option,
    Performer,
    Stop,
    StopSession,
)
from booking.queries.norms import current_norms
from booking.queries.plays import plays_at
from booking.queries.tour import LONGEST
from booking.rules.calendar import Week
from booking.rules.lifecycle import StopState
from booking.rules.norms import Norms, Wish
from booking.rules.performers import called
from booking.rules.roster import Line, RosterRow, Use, Work, playing, roster_row, standing
from core.db import session
from core.period import Period
from people.models import Organisation
from venues.models import Room

Uses = dict[int, list[Use]]  # by resource id


@dataclass(frozen=True, slots=True)
class Roster:
    cubes: list[RosterRow]
    performers: list[RosterRow]
    rooms: list[RosterRow]  # only those in use this week


def load_roster(week: Week, now: datetime) -> Roster:
    """What is claimed in the week, and what living options would take."""
    claims = _claims(week.period)
    stops, sessions = _stops(week.period), _sessions(week.period)
    own = _stretches(week.period)
    options = _options(week.period, now)
    rooms = _rooms(
        [row.room_id for row in (*stops.values(), *options)],
        [claim.resource_id for claim in claims if claim.purpose is ClaimPurpose.MEET],
    )
    norms = current_norms()
    uses: Uses = defaultdict(list)
    for use in (
        *_claimed(claims, stops, sessions, own, rooms),
        *(use for option in options for use in _optioned(option, rooms, norms)),
    ):
        uses[use.resource_id].append(use)
    return Roster(
        cubes=_rows(_owners(Installation, uses), uses, week),
        performers=_rows(_owners(Performer, uses), uses, week),
        rooms=_rows(
            [(r.resource_id, r.full_name) for r in rooms.values() if r.resource_id in uses],
            uses,
            week,
        ),
    )


def _around(window: Period) -> tuple[ColumnElement[bool], ...]:
    """Stops that can have a claim in the window. No journey or stay is longer than LONGEST."""
    return (
        Stop.starts_at > window.start - LONGEST,
        Stop.starts_at < window.end + LONGEST,
        Stop.state == StopState.CONFIRMED,
    )


def _claims(window: Period) -> list[Claim]:
    live = (
        select(Claim)
        .join(Stop, Claim.stop_id == Stop.id)
        .where(
            *_around(window),
            Claim.released_at.is_(None),
            Claim.starts_at < window.end,
            Claim.ends_at > window.start,
        )
        .order_by(Claim.starts_at, Claim.id)
    )
    return list(session.scalars(live))


def _stops(window: Period) -> dict[int, Row[Any]]:
    found = (
        select(
            Stop.id,
            Stop.room_id,
            Stop.booking_request_id,
            Stop.is_closed,
            Organisation.name.label("organisation"),
        )
        .join(BookingRequest, Stop.booking_request_id == BookingRequest.id)
        .join(Organisation, BookingRequest.organisation_id == Organisation.id)
        .where(*_around(window))
    )
    return {row.id: row for row in session.execute(found)}


def _sessions(window: Period) -> dict[int, list[Period]]:
    """By stop."""
    played = (
        select(StopSession.stop_id, StopSession.starts_at, StopSession.ends_at)
        .join(Stop, StopSession.stop_id == Stop.id)
        .where(*_around(window))
    )
    found: dict[int, list[Period]] = defaultdict(list)
    for stop_id, starts_at, ends_at in session.execute(played):
        found[stop_id].append(Period(starts_at, ends_at))
    return found


def _stretches(window: Period) -> dict[tuple[int, int], list[Period]]:
    """By stop and performer: of each encounter who really plays it."""
    found: dict[tuple[int, int], list[Period]] = defaultdict(list)
    for stop_id, plays in plays_at(select(Stop.id).where(*_around(window))).items():
        for who, stretch in plays:
            found[stop_id, who.resource_id].append(stretch.period)
    return found


def _options(window: Period, now: datetime) -> list[Row[Any]]:
    living = (
        select(
            Option.id,
            Option.room_id,
            Option.booking_request_id,
            Option.stay_starts_at,
            Option.stay_ends_at,
            Option.day_on,
            Option.day_part,
            Option.day_parts,
            Installation.resource_id.label("cube_id"),
            Performer.resource_id.label("performer_id"),
            BookingRequest.is_closed,
            Organisation.name.label("organisation"),
        )
        .join(Installation, Option.installation_id == Installation.id)
        .join(Performer, Option.performer_id == Performer.id)
        .join(BookingRequest, Option.booking_request_id == BookingRequest.id)
        .join(Organisation, BookingRequest.organisation_id == Organisation.id)
        .where(
            Option.released_at.is_(None),
            Option.expires_at > now,
            Option.stay_starts_at < window.end,
            Option.stay_ends_at > window.start,
        )
        .order_by(Option.id)
    )
    return list(session.execute(living))


def _rooms(ids: Iterable[int], also: Iterable[int]) -> dict[int, Room]:
    """By id, in order of name; `also`: by resource, of what partners do around stops."""
    meant = or_(Room.id.in_(sorted(set(ids))), Room.resource_id.in_(sorted(set(also))))
    found = select(Room).where(meant).options(raiseload(Room.opening_hours))
    in_order = sorted(session.scalars(found), key=lambda room: (room.full_name, room.id))
    return {room.id: room for room in in_order}


def _owners(kind: type[Installation | Performer], uses: Uses) -> list[tuple[int, str]]:
    """Those still with us, and those who were when this week was planned."""
    found = (
        select(kind.resource_id, kind.name)
        .where(or_(kind.retired_at.is_(None), kind.resource_id.in_(sorted(uses))))
        .order_by(kind.name, kind.id)
    )
    return [(resource_id, name) for resource_id, name in session.execute(found)]


def _rows(owners: Iterable[tuple[int, str]], uses: Uses, week: Week) -> list[RosterRow]:
    return [roster_row(name, uses.get(resource_id, ()), week.days) for resource_id, name in owners]


def _claimed(
    claims: list[Claim],
    stops: dict[int, Row[Any]],
    sessions: dict[int, list[Period]],
    own: dict[tuple[int, int], list[Period]],
    rooms: dict[int, Room],
) -> Iterator[Use]:
    lines: dict[tuple[int, int], list[Line]] = defaultdict(list)
    for claim in claims:
        assert claim.stop_id is not None  # they were found by their stop
        key = (claim.stop_id, claim.resource_id)
        plays = claim.purpose is ClaimPurpose.PLAY
        lines[key].extend(_lines_of(claim, own[key] if plays else sessions[claim.stop_id]))
    for (stop_id, resource_id), of_stop in lines.items():
        yield _use(resource_id, stops[stop_id], rooms, tuple(of_stop), is_option=False)


def _lines_of(claim: Claim, sessions: list[Period]) -> tuple[Line, ...]:
    if claim.purpose is ClaimPurpose.TRAVEL:
        return (Line(Work.TRAVEL, claim.period),)
    if claim.purpose is ClaimPurpose.MEET:
        return (Line(Work.MEET, claim.period),)
    cut = playing if claim.purpose is ClaimPurpose.PLAY else standing
    return cut(claim.period, sessions)


def _optioned(option: Row[Any], rooms: dict[int, Room], norms: Norms) -> Iterator[Use]:
    """Its cube, its room, and the performer of its first playing time."""
    sessions = Wish(option.day_on, option.day_part, option.day_parts).sessions(norms)
    stands = standing(Period(option.stay_starts_at, option.stay_ends_at), sessions)
    for resource_id in (option.cube_id, rooms[option.room_id].resource_id):
        yield _use(resource_id, option, rooms, stands, is_option=True)
    plays = playing(called(sessions[0], norms), sessions)
    yield _use(option.performer_id, option, rooms, plays, is_option=True)


def _use(
    resource_id: int,
    booking: Row[Any],
    rooms: dict[int, Room],
    lines: tuple[Line, ...],
    *,
    is_option: bool,
) -> Use:
    return Use(
        resource_id=resource_id,
        request_id=booking.booking_request_id,
        place=rooms[booking.room_id].full_name,
        organisation=booking.organisation,
        is_option=is_option,
        is_closed=booking.is_closed,
        lines=lines,
    )
