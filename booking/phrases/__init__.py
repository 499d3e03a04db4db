"""The sentence for each finding and each state, in the language being spoken.

A new rule needs its sentence in one of these modules; a test finds the codes that have none.
"""

from collections.abc import Callable, Mapping
from typing import Any

from booking.phrases import consent, encounters, finder, follow_up, options, rooms, tour
from booking.phrases.consent import consent_state, host_reason, party, stance
from booking.phrases.encounters import company, seating
from booking.phrases.follow_up import continues
from booking.phrases.rooms import booking_state, date_state, frequency, length, waiting_state
from booking.phrases.tour import (
    day_part,
    decline_reason,
    history_action,
    minutes,
    moment,
    next_step,
    ordinal,
    request_state,
    score_part,
    stop_state,
)
from core.findings import Finding

__all__ = [
    "PHRASES",
    "booking_state",
    "company",
    "consent_state",
    "continues",
    "date_state",
    "day_part",
    "decline_reason",
    "frequency",
    "history_action",
    "host_reason",
    "length",
    "minutes",
    "moment",
    "next_step",
    "ordinal",
    "party",
    "request_state",
    "say",
    "score_part",
    "seating",
    "stance",
    "stop_state",
    "waiting_state",
]

PHRASES: dict[str, Callable[[Mapping[str, Any]], str]] = {
    **tour.PHRASES,
    **rooms.PHRASES,
    **finder.PHRASES,
    **consent.PHRASES,
    **options.PHRASES,
    **follow_up.PHRASES,
    **encounters.PHRASES,
}


def say(finding: Finding) -> str | None:
    """None for a finding that is not booking's."""
    speak = PHRASES.get(finding.code)
    return speak(finding.data) if speak else None
