"""Something a partner offers around a stop: soup, a walk, music."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from core.findings import Finding, blocker
from core.period import Period

AROUND = timedelta(days=1)  # further away it is no part of the visit
MOST_OPEN = 5  # proposals of one organisation
MOST_MAILED = 5  # proposals a day to one partner, whoever makes them


class SidePlace(StrEnum):
    HERE = "here"  # where the stop is
    ROOM = "room"  # a room of Speelplek
    OUTDOORS = "outdoors"  # in words


class SideState(StrEnum):
    PROPOSED = "proposed"
    AGREED = "agreed"
    TO_CHANGE = "to_change"  # the theatre asks for something else
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    AGAIN = "again"  # the stop moved: the partner chooses another moment
    CANCELLED = "cancelled"  # with the stop


class ProposedBy(StrEnum):
    THEATRE = "theatre"
    ASKER = "asker"  # the organisation that receives the cube


class SideAction(StrEnum):
    CHOOSE = "choose"
    ANSWER = "answer"
    WITHDRAW = "withdraw"


OPEN = frozenset({SideState.PROPOSED, SideState.TO_CHANGE, SideState.AGAIN})
LIVE = OPEN | {SideState.AGREED}
ALLOWED = {
    SideAction.CHOOSE: OPEN,
    SideAction.ANSWER: frozenset({SideState.PROPOSED}),
    SideAction.WITHDRAW: LIVE,
}


@dataclass(frozen=True, slots=True)
class SideMoment:
    """When and where; `room_id` only with a room, `words` only outdoors."""

    period: Period
    place: SidePlace
    people: int
    room_id: int | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class SideOffer:
    """What everybody reads, and who does it: that is for the theatre only."""

    title: str
    text: str
    partner: str
    email: str
    phone: str
    moment: SideMoment
    language: str = "nl"  # in which the partner is written to


def may_act(action: SideAction, state: SideState) -> list[Finding]:
    return [] if state in ALLOWED[action] else [blocker("side_is_settled")]


def may_add(undo_until: datetime, now: datetime) -> list[Finding]:
    """Nothing is built on a confirmation that can still be undone."""
    return [blocker("side_too_early")] if now < undo_until else []


def may_propose(already_open: int) -> list[Finding]:
    """An organisation waits for answers before it proposes ever more."""
    return [blocker("side_enough", most=MOST_OPEN)] if already_open >= MOST_OPEN else []


def moment_findings(wanted: SideMoment, stay: Period, now: datetime) -> list[Finding]:
    """What speaks against its time, apart from the room it takes."""
    if wanted.period.start <= now:
        return [blocker("side_in_the_past")]
    if wanted.place is SidePlace.HERE and not stay.covers(wanted.period):
        return [blocker("side_outside_stay", stay=stay)]
    if not stay.padded(AROUND, AROUND).covers(wanted.period):
        return [blocker("side_too_far")]
    return []
