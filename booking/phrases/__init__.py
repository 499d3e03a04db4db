"""The sentence for each finding and each state, in the language being spoken.

A new rule needs its sentence in one of these modules; a test finds the codes that have none.
"""

from collections.abc import Callable, Mapping
from typing import Any

from booking.phrases import (
    availability,
    blocks,
    casting,
    closing,
    consent,
    encounters,
    finder,
    follow_up,
    host_answers,
    moments,
    options,
    outreach,
    own_booking,
    reception,
    reserving,
    rooms,
    seat_waiting,
    settings,
    side,
    tour,
    waiting,
)
from booking.phrases.blocks import block_span, way_done
from booking.phrases.casting import cast_change, swap_state
from booking.phrases.consent import (
    consent_state,
    host_next_step,
    host_reason,
    party,
    stance,
    with_stay,
)
from booking.phrases.encounters import company, seating
from booking.phrases.follow_up import continues
from booking.phrases.host_answers import no_reason, no_reason_choice
from booking.phrases.moments import (
    heard_before,
    moment_days,
    short_moment,
    verdict,
    waits_for,
    when_heard,
    yearly_day,
)
from booking.phrases.outreach import invitee_kind
from booking.phrases.reserving import recurrence
from booking.phrases.rooms import booking_state, date_state, frequency, length, waiting_state
from booking.phrases.settings import setting_name, setting_topic, setting_value
from booking.phrases.side import side_next_step, side_state
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
from booking.phrases.waiting import waiting_next
from core.findings import Finding

__all__ = [
    "PHRASES",
    "block_span",
    "booking_state",
    "cast_change",
    "company",
    "consent_state",
    "continues",
    "date_state",
    "day_part",
    "decline_reason",
    "frequency",
    "heard_before",
    "history_action",
    "host_next_step",
    "host_reason",
    "invitee_kind",
    "length",
    "minutes",
    "moment",
    "moment_days",
    "next_step",
    "no_reason",
    "no_reason_choice",
    "ordinal",
    "party",
    "recurrence",
    "request_state",
    "say",
    "score_part",
    "seating",
    "setting_name",
    "setting_topic",
    "setting_value",
    "short_moment",
    "side_next_step",
    "side_state",
    "stance",
    "stop_state",
    "swap_state",
    "verdict",
    "waiting_next",
    "waiting_state",
    "waits_for",
    "way_done",
    "when_heard",
    "with_stay",
    "yearly_day",
]

PHRASES: dict[str, Callable[[Mapping[str, Any]], str]] = {
    **tour.PHRASES,
    **rooms.PHRASES,
    **finder.PHRASES,
    **consent.PHRASES,
    **reserving.PHRASES,
    **own_booking.PHRASES,
    **host_answers.PHRASES,
    **closing.PHRASES,
    **waiting.PHRASES,
    **options.PHRASES,
    **follow_up.PHRASES,
    **encounters.PHRASES,
    **reception.PHRASES,
    **availability.PHRASES,
    **blocks.PHRASES,
    **casting.PHRASES,
    **settings.PHRASES,
    **outreach.PHRASES,
    **seat_waiting.PHRASES,
    **side.PHRASES,
    **moments.PHRASES,
}


def say(finding: Finding) -> str | None:
    """None for a finding that is not booking's."""
    speak = PHRASES.get(finding.code)
    return speak(finding.data) if speak else None
