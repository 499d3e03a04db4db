"""Whether the days of a moment make sense."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from booking.rules.norms import Wish
from booking.rules.yearly import Proposal
from core.findings import Finding, blocker

NEARBY_DAYS, NEARBY_AT_MOST = 14, 28
LONGEST = timedelta(days=14)
COLLECT_BEFORE = timedelta(weeks=16)
DECIDE_BEFORE = timedelta(weeks=4)


@dataclass(frozen=True, slots=True)
class MomentAsked:
    """What a planner fills in."""

    public_name: str
    first_day: date
    last_day: date
    intake_from: date
    intake_until: date
    nearby_days: int = NEARBY_DAYS
    internal_subject: str = ""
    public_text: str = ""


def moment_findings(asked: MomentAsked) -> list[Finding]:
    findings = []
    if asked.last_day < asked.first_day:
        findings.append(blocker("moment_ends_before"))
    elif asked.last_day - asked.first_day >= LONGEST:
        findings.append(blocker("moment_too_long", days=LONGEST.days))
    if asked.intake_until < asked.intake_from:
        findings.append(blocker("intake_ends_before"))
    if asked.intake_until >= asked.first_day:
        findings.append(blocker("intake_too_late"))
    return findings


def suggested_intake(proposal: Proposal, today: date) -> tuple[date, date]:
    """From sixteen weeks until four weeks before, as far as that still lies ahead."""
    until = max(proposal.first_day - DECIDE_BEFORE, today)
    until = min(until, proposal.first_day - timedelta(days=1))
    return min(max(proposal.first_day - COLLECT_BEFORE, today), until), until


@dataclass(frozen=True, slots=True)
class Choosing:
    """One request as the planner chooses about it."""

    request_id: int
    version: int
    name: str
    possible: Sequence[Wish]
    proposed: Wish | None
    may_wait: bool  # it asked for other days too, or has no place yet


@dataclass(frozen=True, slots=True)
class Pick:
    """What is decided for one request; `wish` None: it is offered nearby days."""

    request_id: int
    version: int
    wish: Wish | None
    accepted: Collection[str] = ()
