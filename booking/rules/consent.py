"""The second of the three answers a visit needs: whether a host lets the cube come.

It is about one request in one room. `host_findings` is what the rules say of it wherever a
placement is judged; `may_consent` what can still happen to it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from booking.rules.lifecycle import WAITING, RequestState
from booking.rules.norms import Norms, Wish
from core.findings import Finding, blocker, concern


class ConsentState(StrEnum):
    """The answer of a host to the cube in one of their rooms."""

    ASKED = "asked"
    YES = "yes"
    NO = "no"
    EXPIRED = "expired"  # nobody answered in time; a late answer still counts
    DROPPED = "dropped"  # no longer needed: another place, or no visit at all


class ConsentAction(StrEnum):
    AGREE = "agree"
    REFUSE = "refuse"
    POSTPONE = "postpone"
    EXPIRE = "expire"
    DROP = "drop"


class HostReason(StrEnum):
    """Why a host says no."""

    IN_USE = "in_use"  # on all moments that were asked
    DOES_NOT_FIT = "does_not_fit"
    NOBODY_THERE = "nobody_there"  # to open, or to stay
    OTHER = "other"


LONGER = (3, 7, 14)  # days a host may take to think on
TERMS_AT_MOST = 3  # so many times the ordinary term, all together
OPEN = frozenset({ConsentState.ASKED, ConsentState.YES, ConsentState.EXPIRED})

ALLOWED: Mapping[ConsentAction, frozenset[ConsentState]] = {
    ConsentAction.AGREE: frozenset({ConsentState.ASKED, ConsentState.EXPIRED, ConsentState.NO}),
    ConsentAction.REFUSE: OPEN,
    ConsentAction.POSTPONE: frozenset({ConsentState.ASKED, ConsentState.EXPIRED}),
    ConsentAction.EXPIRE: frozenset({ConsentState.ASKED}),
    ConsentAction.DROP: OPEN,
}


@dataclass(frozen=True, slots=True)
class HostAnswer:
    """What a host says. `moments`: with a yes, the keys of the wishes that suit."""

    says_yes: bool
    reason: HostReason | None = None  # of a no
    words: str = ""
    moments: tuple[str, ...] = ()

    @property
    def action(self) -> ConsentAction:
        return ConsentAction.AGREE if self.says_yes else ConsentAction.REFUSE

    @property
    def state(self) -> ConsentState:
        return ConsentState.YES if self.says_yes else ConsentState.NO


@dataclass(frozen=True, slots=True)
class HostSaid:
    """The latest answer about one request in one room."""

    state: ConsentState
    moments: tuple[str, ...] = ()  # with a yes, the keys of the wishes that suit


def host_findings(name: str, wish: Wish, said: HostSaid | None) -> list[Finding]:
    """Of a place with a host. `said` None: nobody has asked yet."""
    if said and said.state is ConsentState.NO:
        return [blocker("host_said_no", place=name)]
    if said is None or said.state is not ConsentState.YES:
        return [concern("host_not_answered", place=name)]
    if wish.key not in said.moments:
        return [concern("host_agreed_to_other_moment", place=name)]
    return []


def may_consent(
    action: ConsentAction,
    state: ConsentState,
    request_state: RequestState,
    *,
    is_needed: bool = True,
) -> list[Finding]:
    """`is_needed`: the request is still about this room. A no can be taken back that long."""
    is_live = request_state is RequestState.CONFIRMED or request_state in WAITING
    if not is_needed or not is_live:
        return [blocker("host_not_needed")]
    if state in ALLOWED[action]:
        return []
    if state is ConsentState.DROPPED:
        return [blocker("host_not_needed")]
    return [blocker("host_answered_already", consent=state)]


def answer_deadline(asked_at: datetime, first: datetime | None, norms: Norms) -> datetime:
    """Until when a host can answer: never after the first moment that is meant."""
    ordinary = asked_at + norms.host_answer
    return min(ordinary, first) if first else ordinary


def longer_terms(
    asked_at: datetime, until: datetime, first: datetime, now: datetime, norms: Norms
) -> dict[int, datetime]:
    """How many days a host may take longer, and until when that is; empty: no longer at all.

    `until` is when the answer is due now. Whoever asks has to hear it before the first moment, and
    cannot be kept waiting for ever.
    """
    latest = min(asked_at + TERMS_AT_MOST * norms.host_answer, first)
    due = max(until, now)
    terms = {days: due + timedelta(days=days) for days in LONGER}
    return {days: term for days, term in terms.items() if term <= latest}
