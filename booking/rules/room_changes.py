"""What the asker may change of a booking, and what of it needs the host's yes.

Less time in the room it has is always at once. Longer or later is at once in a room that confirms
at once; else it is a proposal, and what was confirmed stands until the host says yes. Elsewhere is
at once, or a question of its own to the host there. See decision 0018.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Protocol, TypeVar

from booking.rules.recurrence import Times
from booking.rules.room_lifecycle import LIVE, DateState, Side
from booking.rules.rooms import Meeting, RoomPlace, room_findings
from core.clock import local_date
from core.findings import Finding, blocker, blockers, note
from core.period import Period
from venues.rules.terms import Terms


class Scope(StrEnum):
    """Of a series: which dates a change is for."""

    THIS = "this"
    FOLLOWING = "following"  # this one and what comes after it
    ALL = "all"  # all that are still to come


class Way(StrEnum):
    """How a change comes about."""

    AT_ONCE = "at_once"
    ASKED = "asked"  # the host says yes first


class Stand(StrEnum):
    """How a whole booking stands, for who reads its page. What asks something comes first."""

    PROPOSED = "proposed"  # the host proposes another time
    ASKED = "asked"
    CONFIRMED = "confirmed"
    OVER = "over"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


class Dated(Protocol):
    """A date of a booking, as far as these rules look."""

    @property
    def period(self) -> Period: ...

    @property
    def state(self) -> DateState: ...

    @property
    def proposed_by(self) -> Side | None: ...


D = TypeVar("D", bound=Dated)


@dataclass(frozen=True, slots=True)
class Change:
    """Other times, for one date or for many at once. `days_later` counts from where each is now."""

    times: Times
    days_later: int = 0

    def of(self, period: Period) -> Period | None:
        """None when the clock does not show that time then."""
        return self.times.on(self.day_of(period))

    def day_of(self, period: Period) -> date:
        return local_date(period.start) + timedelta(days=self.days_later)


@dataclass(frozen=True, slots=True)
class Stands:
    """A date as it is now."""

    date_id: int
    period: Period
    room_id: int
    state: DateState


def may_change(found: Dated, now: datetime) -> bool:
    """Asked or confirmed, and it has not begun."""
    return found.state in LIVE and found.period.start > now


def in_scope(dates: Iterable[D], chosen: D, scope: Scope, now: datetime) -> list[D]:
    """The dates a change is for, in order; without what has begun or is no longer there."""
    if scope is Scope.THIS:
        meant: Iterable[D] = [chosen]
    elif scope is Scope.FOLLOWING:
        meant = [each for each in dates if each.period.start >= chosen.period.start]
    else:
        meant = dates
    return sorted(
        (each for each in meant if may_change(each, now)), key=lambda each: each.period.start
    )


def is_shorter(now_at: Stands, period: Period, room_id: int) -> bool:
    """Less of what it has already."""
    return room_id == now_at.room_id and now_at.period.covers(period)


def way_of(now_at: Stands, period: Period, place: RoomPlace) -> Way:
    is_sure = now_at.state is DateState.CONFIRMED and is_shorter(now_at, period, place.room_id)
    return Way.AT_ONCE if is_sure or place.terms.confirms_at_once else Way.ASKED


def change_findings(
    now_at: Stands, period: Period | None, day: date, place: RoomPlace, people: int, now: datetime
) -> list[Finding]:
    """Everything against having that date then and there instead."""
    if period is None:
        return [blocker("time_not_on_clock", day=day)]
    if now_at.period.start <= now:
        return [blocker("meeting_has_begun")]
    if (period, place.room_id) == (now_at.period, now_at.room_id):
        return [note("date_stays")]
    if is_shorter(now_at, period, place.room_id):
        return _too_short(period, place.terms)
    return [
        *_elsewhere(now_at, place),
        *room_findings(Meeting(period, people), place, now),
    ]


def _elsewhere(now_at: Stands, place: RoomPlace) -> list[Finding]:
    """What is certain is not given up for a room whose host still has to answer."""
    is_certain = now_at.state is DateState.CONFIRMED
    if place.room_id == now_at.room_id or place.terms.confirms_at_once or not is_certain:
        return []
    return [blocker("other_host_answers", place=place.name)]


def _too_short(period: Period, terms: Terms) -> list[Finding]:
    """Of less time only this: neither notice nor opening hours matter to who stays away."""
    is_too_short = period.length < terms.shortest
    return [blocker("meeting_too_short", shortest=terms.shortest)] if is_too_short else []


@dataclass(frozen=True, slots=True)
class JudgedChange:
    """What would become of one date. `period` None: the clock does not show that time then."""

    date_id: int
    day: date
    period: Period | None
    way: Way
    findings: tuple[Finding, ...]

    @property
    def is_possible(self) -> bool:
        return not blockers(self.findings)

    @property
    def changes(self) -> bool:
        return not any(finding.code == "date_stays" for finding in self.findings)


def judge_change(
    now_at: Stands, change: Change, place: RoomPlace, people: int, now: datetime
) -> JudgedChange:
    period, day = change.of(now_at.period), change.day_of(now_at.period)
    findings = change_findings(now_at, period, day, place, people, now)
    way = way_of(now_at, period, place) if period else Way.ASKED
    return JudgedChange(now_at.date_id, day, period, way, tuple(findings))


def people_findings(people: int, rooms: Iterable[tuple[str, int | None]]) -> list[Finding]:
    """Rooms that are too small for so many. `rooms`: names, with how many people fit."""
    return [
        blocker("place_too_small", place=name, fits=fits)
        for name, fits in dict.fromkeys(rooms)
        if fits is not None and people > fits
    ]


IN_THE_WAY = {"meeting_in_the_past", "room_taken", "room_kept"}


def stands_in_the_way(findings: Iterable[Finding]) -> list[Finding]:
    """Of all there is against a time that a host proposed: what the host could not know.

    Notice, length and opening hours are the host's own, and so is the calendar kept elsewhere.
    """
    return [finding for finding in findings if finding.code in IN_THE_WAY]


def is_late(period: Period, terms: Terms, now: datetime) -> bool:
    """Past the moment until which the host lets an organisation cancel without calling."""
    return now > period.start - timedelta(hours=terms.cancel_hours)


def stand_of(dates: Sequence[Dated], now: datetime) -> Stand:
    coming = [each for each in dates if may_change(each, now)]
    if any(each.proposed_by is Side.HOST for each in coming):
        return Stand.PROPOSED
    for state in (DateState.ASKED, DateState.CONFIRMED):
        if any(each.state is state for each in coming):
            return Stand(state.value)
    states = {each.state for each in dates}
    if DateState.CONFIRMED in states:
        return Stand.OVER
    ended = (DateState.DECLINED, DateState.WITHDRAWN, DateState.CANCELLED)
    return next((Stand(state.value) for state in ended if state in states), Stand.EXPIRED)
