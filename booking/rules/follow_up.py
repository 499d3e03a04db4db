"""What continues after the cube: agreed before, asked about afterwards. Counts, never people."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from booking.rules.room_lifecycle import LIVE, DateState
from core.findings import Finding, blocker, note
from core.period import Period


class ReportMoment(StrEnum):
    """When somebody is asked how it was."""

    NEXT_DAY = "next_day"
    FOUR_WEEKS = "four_weeks"

    @property
    def after(self) -> timedelta:
        return {"next_day": timedelta(days=1), "four_weeks": timedelta(weeks=4)}[self.value]

    def window(self, now: datetime) -> Period:
        """Stops that ended in it are asked about now; older ones no more."""
        return Period(now - self.after - timedelta(days=7), now - self.after)


class Continues(StrEnum):
    """Whether people go on meeting."""

    YES = "yes"
    NOT_YET = "not_yet"
    NO = "no"


class MeetingsState(StrEnum):
    """How dates that were booked to go on stand, all together; it follows from them."""

    WAITING = "waiting"  # for the host
    GOES_ON = "goes_on"
    OVER = "over"
    STOPPED = "stopped"  # some were held, the rest is cancelled
    CANCELLED = "cancelled"  # none was held, none will be


@dataclass(frozen=True, slots=True)
class Meetings:
    """How many times people met, and how many times they will."""

    held: int
    ahead: int
    state: MeetingsState


def meetings(dates: Iterable[tuple[DateState, datetime]], now: datetime) -> Meetings:
    """`dates`: the state of each, and when it ends."""
    every = list(dates)
    held = sum(state is DateState.CONFIRMED and ends_at <= now for state, ends_at in every)
    ahead = [state for state, ends_at in every if state in LIVE and ends_at > now]
    return Meetings(held, len(ahead), _stand(held, ahead, len(every)))


def _stand(held: int, ahead: Collection[DateState], booked: int) -> MeetingsState:
    if ahead:
        waits = DateState.CONFIRMED not in ahead
        return MeetingsState.WAITING if waits else MeetingsState.GOES_ON
    if not held:
        return MeetingsState.CANCELLED
    return MeetingsState.OVER if held == booked else MeetingsState.STOPPED


def plan_findings(plan: str) -> list[Finding]:
    """Good to know before confirming; it stops nobody."""
    return [] if plan else [note("no_follow_up_yet")]


def series_findings(states: Collection[DateState]) -> list[Finding]:
    """Whether dates that are booked already leave room for others: only when none holds.

    So what was held never stops counting.
    """
    return [blocker("continues_already")] if LIVE & set(states) else []


def count_findings(
    visitors: int | None, first_time: int | None, from_neighbourhood: int | None
) -> list[Finding]:
    """No more first-timers or neighbours than there were visitors."""
    if visitors is None:
        return []
    too_many = [n for n in (first_time, from_neighbourhood) if n is not None and n > visitors]
    return [blocker("more_than_visitors", visitors=visitors)] if too_many else []
