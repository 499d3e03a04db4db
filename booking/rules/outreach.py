"""Who may be invited to ask for the cube: not again too soon, and never who said no to it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from core.findings import Finding, blocker, concern


class InviteeKind(StrEnum):
    PARTNER = "partner"  # on the list that planners keep
    ORGANISATION = "organisation"  # asked for the cube before
    HOST = "host"  # of a room where the cube fits, or could


@dataclass(frozen=True, slots=True)
class PartnerDetails:
    """What a planner fills in about a partner."""

    name: str
    postcode: str  # four digits are enough
    contact_name: str = ""
    email: str = ""  # empty: only by phone
    phone: str = ""
    note: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Approached:
    """What became of earlier invitations to one address."""

    last_sent_at: datetime | None = None
    last_sent_by: str = ""
    has_draft: bool = False
    has_refused: bool = False


def is_lately(sent_at: datetime | None, now: datetime, apart: timedelta) -> bool:
    return sent_at is not None and now - sent_at < apart


def invite_findings(
    name: str, earlier: Approached, now: datetime, apart: timedelta
) -> list[Finding]:
    """All there is to say against one more invitation; `apart` is the time between two."""
    if earlier.has_refused:
        return [blocker("invitee_refused", name=name)]
    if earlier.has_draft:
        return [blocker("invitee_has_draft", name=name)]
    if earlier.last_sent_at and is_lately(earlier.last_sent_at, now, apart):
        return [concern("invited_lately", name=name, at=earlier.last_sent_at)]
    return []
