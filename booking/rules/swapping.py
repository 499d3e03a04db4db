"""One performer asks another to play some encounters: what may be asked, and whether it stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.findings import Finding, blocker


class SwapAnswer(StrEnum):
    YES = "yes"
    NO = "no"
    BACK = "back"  # taken back by who asked


class SwapState(StrEnum):
    """How far a request to swap has come; it lapses by itself."""

    OPEN = "open"
    YES = "yes"
    NO = "no"
    BACK = "back"
    LAPSED = "lapsed"  # it began, or somebody else was chosen meanwhile


@dataclass(frozen=True, slots=True)
class Offered:
    """One encounter that was offered, and what has become of it."""

    starts_at: datetime  # as it was offered
    now_starts_at: datetime | None  # None: it is not played any more
    is_still_own: bool  # who offered it still plays it


def swap_state(
    answer: SwapAnswer | None, offered: Iterable[Offered], begins_at: datetime, now: datetime
) -> SwapState:
    """`begins_at`: of the stop."""
    if answer is not None:
        return SwapState(answer.value)
    stands = all(each.is_still_own and each.now_starts_at == each.starts_at for each in offered)
    return SwapState.OPEN if stands and now < begins_at else SwapState.LAPSED


def may_offer(
    numbers: Iterable[int], own: Iterable[int], begins_at: datetime, now: datetime
) -> list[Finding]:
    """`own`: the numbers of the encounters that who asks plays now."""
    if begins_at <= now:
        return [blocker("swap_too_late")]
    if not set(numbers) <= set(own):
        return [blocker("swap_not_own")]
    return []


def may_answer(state: SwapState) -> list[Finding]:
    return [] if state is SwapState.OPEN else [blocker("swap_over")]
