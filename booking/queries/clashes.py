"""What does not fit in a stretch of time. The same number of queries for any number of stops."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, select

from booking.models import (
    BookingRequest,
    Installation,
    Option,
    Performer,
    Stop,
    StopSession,
)
from booking.queries.holds import ENDS_BY
from booking.queries.norms import current_norms
from booking.queries.places import LONGEST
from booking.queries.plays import Plays, plays_at
from booking.queries.tour import load_tour
from booking.rules.blocks import Standing
from booking.rules.clashes import Agreed, clashes
from booking.rules.lifecycle import StopState
from booking.rules.norms import Norms, Wish
from booking.rules.stretches import needed
from core.db import session
from core.findings import Finding, blockers
from core.period import Period
from people.models import Organisation

_WISH_OF_STOP = (Stop.day_on, Stop.day_part, Stop.day_parts)
_WISH_OF_OPTION = (Option.day_on, Option.day_part, Option.day_parts)
_VISITORS = (
    BookingRequest.visitors_live_here
    + BookingRequest.visitors_by_key_figure
    + BookingRequest.visitors_walk_in
    + BookingRequest.visitors_from_city
).label("visitors")


@dataclass(frozen=True, slots=True)
class Misfit:
    """A stop or an option with all that does not fit."""

    agreed: Agreed
    organisation: str
    place: str
    findings: tuple[Finding, ...]

    @property
    def starts_at(self) -> datetime:
        return self.agreed.sessions[0].start

    @property
    def is_impossible(self) -> bool:
        return bool(blockers(self.findings))


def misfits_in(window: Period, now: datetime) -> list[Misfit]:
    """Of what stands in the window and is not over: what cannot be first, then in order of time."""
    stops, options = list(session.execute(_stops(window, now))), _options(window, now)
    if not stops and not options:
        return []
    plays, norms = plays_at(select(Stop.id).where(*_standing(window))), current_norms()
    sessions = _sessions(window)
    every = [
        *((row, _stop(row, sessions[row.id], plays[row.id], norms)) for row in stops),
        *((row, _option(row, norms)) for row in options),
    ]
    tour = load_tour(now, window, [agreed.room_id for _row, agreed in every])
    found = [
        Misfit(agreed, row.organisation, tour.places[agreed.room_id].name, tuple(findings))
        for row, agreed in every
        if (findings := clashes(agreed, tour))
    ]
    return sorted(found, key=lambda each: (not each.is_impossible, each.starts_at))


def _stops(window: Period, now: datetime) -> Select[Any]:
    return (
        select(
            Stop.id,
            Stop.booking_request_id,
            Stop.room_id,
            Stop.stay_starts_at,
            Stop.stay_ends_at,
            *_WISH_OF_STOP,
            Installation.resource_id.label("cube_id"),
            _VISITORS,
            Organisation.name.label("organisation"),
        )
        .join(Stop.installation)
        .join(Stop.booking_request)
        .join(BookingRequest.organisation)
        .where(*_standing(window), Stop.ends_at > now)
        .order_by(Stop.starts_at, Stop.id)
    )


def _standing(window: Period) -> tuple[Any, ...]:
    return (
        Stop.state == StopState.CONFIRMED,
        Stop.starts_at > window.start - LONGEST,
        Stop.starts_at < window.end + LONGEST,
        Stop.stay_starts_at < window.end,
        Stop.stay_ends_at > window.start,
    )


def _sessions(window: Period) -> dict[int, list[Period]]:
    """By stop, in order."""
    played = (
        select(StopSession.stop_id, StopSession.starts_at, StopSession.ends_at)
        .join(Stop, StopSession.stop_id == Stop.id)
        .where(*_standing(window))
        .order_by(StopSession.starts_at)
    )
    found: dict[int, list[Period]] = defaultdict(list)
    for stop_id, starts_at, ends_at in session.execute(played):
        found[stop_id].append(Period(starts_at, ends_at))
    return found


def _options(window: Period, now: datetime) -> list[Row[Any]]:
    living = (
        select(
            Option.booking_request_id,
            Option.room_id,
            *_WISH_OF_OPTION,
            Installation.resource_id.label("cube_id"),
            Performer.resource_id.label("performer_id"),
            _VISITORS,
            Organisation.name.label("organisation"),
        )
        .join(Option.installation)
        .join(Option.performer)
        .join(Option.booking_request)
        .join(BookingRequest.organisation)
        .where(
            Option.released_at.is_(None),
            now < ENDS_BY,
            Option.ends_at > now,
            Option.stay_starts_at < window.end,
            Option.stay_ends_at > window.start,
        )
        .order_by(Option.starts_at, Option.position)
    )
    return list(session.execute(living))


def _stop(row: Row[Any], sessions: list[Period], plays: Plays, norms: Norms) -> Agreed:
    stay = Period(row.stay_starts_at, row.stay_ends_at)
    cast = tuple((who.resource_id, stretch) for who, stretch in needed(plays, norms))
    return Agreed(
        **_asked(row),
        sessions=tuple(sessions),
        stop=Standing(row.id, row.room_id, stay, cast),
    )


def _option(row: Row[Any], norms: Norms) -> Agreed:
    """It keeps one performer, for its first playing time."""
    asked = _asked(row)
    sessions = asked["wish"].sessions(norms)
    crew = (row.performer_id,) if len(sessions) == 1 else ()
    return Agreed(**asked, sessions=sessions, player_ids=crew)


def _asked(row: Row[Any]) -> dict[str, Any]:
    return {
        "request_id": row.booking_request_id,
        "room_id": row.room_id,
        "cube_id": row.cube_id,
        "wish": Wish(row.day_on, row.day_part, row.day_parts),
        "visitors": row.visitors,
    }
