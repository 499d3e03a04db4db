"""A visit needs three answers: of who asks, of the host and of the theatre. How each one stands."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from booking.rules.consent import ConsentState, HostReason
from booking.rules.lifecycle import RequestState


class Party(StrEnum):
    ASKER = "asker"
    HOST = "host"
    THEATRE = "theatre"


class Stance(StrEnum):
    YES = "yes"
    NO = "no"
    WAITING = "waiting"
    HELD = "held"  # an option: kept, not sure yet
    SILENT = "silent"  # no answer in time


@dataclass(frozen=True, slots=True)
class Answer:
    """One of the three. `until`: when the answer is due, or until when it is held."""

    party: Party
    stance: Stance
    at: datetime | None = None
    until: datetime | None = None
    reminded_at: datetime | None = None
    reason: HostReason | None = None  # of a no
    words: str = ""
    is_late: bool = False  # it was due, and is not there


HOSTS = {
    ConsentState.ASKED: Stance.WAITING,
    ConsentState.YES: Stance.YES,
    ConsentState.NO: Stance.NO,
    ConsentState.EXPIRED: Stance.SILENT,
}
THEATRES = {
    RequestState.SUBMITTED: Stance.WAITING,
    RequestState.OPTIONED: Stance.HELD,
    RequestState.CONFIRMED: Stance.YES,
}


def stances(state: RequestState, consent: ConsentState) -> tuple[Stance, Stance] | None:
    """Of the host and of the theatre; None when there is nothing left to agree on."""
    host, theatre = HOSTS.get(consent), THEATRES.get(state)
    return (host, theatre) if host and theatre else None
