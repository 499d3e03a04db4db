"""What continues after the cube: agreed before, asked about afterwards. Counts, never people."""

from datetime import datetime, timedelta
from enum import StrEnum

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


def plan_findings(plan: str) -> list[Finding]:
    """Good to know before confirming; it stops nobody."""
    return [] if plan else [note("no_follow_up_yet")]


def count_findings(
    visitors: int | None, first_time: int | None, from_neighbourhood: int | None
) -> list[Finding]:
    """No more first-timers or neighbours than there were visitors."""
    if visitors is None:
        return []
    too_many = [n for n in (first_time, from_neighbourhood) if n is not None and n > visitors]
    return [blocker("more_than_visitors", visitors=visitors)] if too_many else []
