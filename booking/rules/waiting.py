"""Waiting for a time in a room: when somebody can, who is next, and how long an offer stands."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from booking.rules.norms import Norms
from booking.rules.room_lifecycle import WaitingState
from booking.rules.rooms import Kept, Meeting, RoomPlace, claimed, room_findings
from core.findings import Finding, blocker, blockers
from core.period import Period
from venues.rules.terms import Terms

SHORTEST_OFFER = timedelta(minutes=30)
# What can come free; whatever else stands in the way will still do so then.
PASSING = {"room_taken", "room_busy_outside", "room_kept"}


class WaitingAction(StrEnum):
    OFFER = "offer"
    TAKE = "take"
    LEAVE = "leave"
    LAPSE = "lapse"


ALLOWED: dict[WaitingAction, frozenset[WaitingState]] = {
    WaitingAction.OFFER: frozenset({WaitingState.WAITING}),
    WaitingAction.TAKE: frozenset({WaitingState.OFFERED}),
    WaitingAction.LEAVE: frozenset({WaitingState.WAITING, WaitingState.OFFERED}),
    WaitingAction.LAPSE: frozenset({WaitingState.WAITING, WaitingState.OFFERED}),
}
IN_LINE = ALLOWED[WaitingAction.LEAVE]


@dataclass(frozen=True, slots=True)
class Waiter:
    """One place in the line, as the rules see it."""

    waiting_id: int
    room_id: int
    period: Period
    people: int


@dataclass(frozen=True, slots=True)
class Offer:
    waiting_id: int
    until: datetime


def may_wait(action: WaitingAction, state: WaitingState) -> list[Finding]:
    if state in ALLOWED[action]:
        return []
    return [blocker("waiting_not_in_this_state", waiting=state)]


def join_findings(meeting: Meeting, place: RoomPlace, now: datetime) -> list[Finding]:
    """Why nobody can wait for this: it is free, or it cannot be had even when it comes free."""
    against = blockers(room_findings(meeting, place, now))
    if not against:
        return [blocker("free_already")]
    lasting = [finding for finding in against if finding.code not in PASSING]
    if lasting or has_hope(meeting.period, place.terms, now):
        return lasting
    return [blocker("too_near_to_wait")]


def offers(
    waiters: Sequence[Waiter], places: Mapping[int, RoomPlace], norms: Norms, now: datetime
) -> list[Offer]:
    """Whom to offer their time now. `waiters` in order of arrival; `places` by room id.

    What is offered to one is kept from the next, so no two offers stand in each other's way.
    """
    places = dict(places)
    made = []
    for waiter in waiters:
        place = places[waiter.room_id]
        meeting = Meeting(waiter.period, waiter.people)
        if not has_hope(waiter.period, place.terms, now):
            continue
        if blockers(room_findings(meeting, place, now)):
            continue
        until = offered_until(waiter.period, place.terms, norms, now)
        made.append(Offer(waiter.waiting_id, until))
        kept = Kept(claimed(waiter.period, place.terms), until, waiter.waiting_id)
        places[waiter.room_id] = replace(place, kept=(*place.kept, kept))
    return made


def is_gone(waiter: Waiter, place: RoomPlace, now: datetime) -> bool:
    """Whether what is offered cannot be had after all: the room closed, or changed."""
    meeting = Meeting(waiter.period, waiter.people, waiter.waiting_id)
    return bool(blockers(room_findings(meeting, place, now)))


def offered_until(period: Period, terms: Terms, norms: Norms, now: datetime) -> datetime:
    """As long as the theatre gives, and never so long that booking would be too late."""
    return min(now + norms.waiting_offer, last_moment(period, terms))


def last_moment(period: Period, terms: Terms) -> datetime:
    """Until when the room can be booked for then."""
    return period.start - terms.notice


def has_hope(period: Period, terms: Terms, now: datetime) -> bool:
    """Whether there is time left to offer it and to answer."""
    return now + SHORTEST_OFFER <= last_moment(period, terms)


def place_in_line(mine: Period, earlier: Iterable[Period], terms: Terms) -> int:
    """Counted from 1. `earlier`: what those who came before wait for in the same room."""
    wanted = claimed(mine, terms)
    return 1 + sum(claimed(other, terms).overlaps(wanted) for other in earlier)
