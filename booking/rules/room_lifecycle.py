"""What can happen to one date of a room booking, and to a place on the waiting list."""

from enum import StrEnum

from core.findings import Finding, blocker


class DateState(StrEnum):
    """Of one date. What a whole booking is follows from its dates."""

    ASKED = "asked"  # waits for the host
    CONFIRMED = "confirmed"
    DECLINED = "declined"  # by the host
    WITHDRAWN = "withdrawn"  # by the asker, before an answer
    CANCELLED = "cancelled"  # by anyone, after it was confirmed
    EXPIRED = "expired"  # nobody answered in time


class DateAction(StrEnum):
    CONFIRM = "confirm"
    DECLINE = "decline"
    PROPOSE = "propose"  # another time, by the host or by the asker
    WITHDRAW = "withdraw"
    CANCEL = "cancel"
    MOVE = "move"
    EXPIRE = "expire"


LIVE = frozenset({DateState.ASKED, DateState.CONFIRMED})

ALLOWED: dict[DateAction, frozenset[DateState]] = {
    DateAction.CONFIRM: frozenset({DateState.ASKED}),
    DateAction.DECLINE: frozenset({DateState.ASKED}),
    DateAction.PROPOSE: LIVE,
    DateAction.WITHDRAW: frozenset({DateState.ASKED}),
    DateAction.CANCEL: frozenset({DateState.CONFIRMED}),
    DateAction.MOVE: LIVE,
    DateAction.EXPIRE: frozenset({DateState.ASKED}),
}


class Side(StrEnum):
    """Who proposes another time; the other side answers."""

    ASKER = "asker"
    HOST = "host"


class WaitingState(StrEnum):
    WAITING = "waiting"
    OFFERED = "offered"  # the time came free and is kept for a while
    TAKEN = "taken"
    LAPSED = "lapsed"  # the offer was not taken in time, or the moment has passed
    LEFT = "left"  # no longer wanted


def may_date(action: DateAction, state: DateState) -> list[Finding]:
    if state in ALLOWED[action]:
        return []
    return [blocker("date_not_in_this_state", state=state, action=action)]
