"""What can happen to a request, and in which state."""

from enum import StrEnum

from core.findings import Finding, blocker


class RequestState(StrEnum):
    SUBMITTED = "submitted"
    OPTIONED = "optioned"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"  # by the asker, before a decision
    CANCELLED = "cancelled"  # by anyone, after confirmation
    EXPIRED = "expired"  # by the clock


class Action(StrEnum):
    OPTION = "option"
    RELEASE = "release"  # the option; the request waits for another moment
    CONFIRM = "confirm"
    UNDO = "undo"
    DECLINE = "decline"
    REOPEN = "reopen"  # the asker takes an alternative that was offered with a no
    CHANGE = "change"
    WITHDRAW = "withdraw"
    CANCEL = "cancel"
    MOVE = "move"
    EXPIRE = "expire"


WAITING = frozenset({RequestState.SUBMITTED, RequestState.OPTIONED})

ALLOWED: dict[Action, frozenset[RequestState]] = {
    Action.OPTION: WAITING,
    Action.RELEASE: frozenset({RequestState.OPTIONED}),
    Action.CONFIRM: WAITING,
    Action.UNDO: frozenset({RequestState.CONFIRMED}),
    Action.DECLINE: WAITING,
    Action.REOPEN: frozenset({RequestState.DECLINED, RequestState.CANCELLED}),
    Action.CHANGE: WAITING,
    Action.WITHDRAW: WAITING,
    Action.CANCEL: frozenset({RequestState.CONFIRMED}),
    Action.MOVE: frozenset({RequestState.CONFIRMED}),
    Action.EXPIRE: frozenset({RequestState.OPTIONED}),
}


class StopState(StrEnum):
    CONFIRMED = "confirmed"
    CANCELLED = "cancelled"
    UNDONE = "undone"  # taken back before anybody was told


class DeclineReason(StrEnum):
    NO_TIME = "no_time"  # no cube or performer free
    DOES_NOT_FIT = "does_not_fit"  # the cube cannot stand there
    OTHER_AUDIENCE = "other_audience"  # other requests reach the neighbourhood better
    OTHER = "other"


def may(action: Action, state: RequestState) -> list[Finding]:
    if state in ALLOWED[action]:
        return []
    return [blocker("not_in_this_state", state=state, action=action)]
