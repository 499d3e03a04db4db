"""What a planner may set, between which bounds, and what may not be together."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from enum import StrEnum
from itertools import pairwise

from booking.rules.audience import Weights
from booking.rules.norms import Norms
from core.findings import Finding, blocker

Value = int | float | bool | tuple[time, time]


class SettingTopic(StrEnum):
    """What is set together, on one page and in one step."""

    WEIGHTS = "weights"
    PLAYING = "playing"
    TOURING = "touring"
    ANSWERING = "answering"
    DAY_PARTS = "day_parts"


@dataclass(frozen=True, slots=True)
class Bounds:
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Scored:
    """The settings of the score, with the number of the change that made them."""

    weights: Weights
    version: int  # 0: as they came


HUNDRED = 100
SHARES = ("neighbours", "key_figure", "waiting", "fewer_visits", "fewer_seats", "declined")

# Two audience members stand in the database itself, so they are no setting.
NAMES: Mapping[SettingTopic, tuple[str, ...]] = {
    SettingTopic.WEIGHTS: (*SHARES, "weeks_for_all", "declined_for_all"),
    SettingTopic.PLAYING: (
        "encounter_minutes",
        "changeover_minutes",
        "pause_minutes",
        "encounters_before_pause",
        "encounters_a_day",
        "rest_hours",
        "call_minutes",
    ),
    SettingTopic.TOURING: (
        "get_in_minutes",
        "get_out_minutes",
        "speed_kmh",
        "loading_minutes",
        "detour",
        "detour_over_canal",
        "home_after_hours",
        "day_parts_at_most",
    ),
    SettingTopic.ANSWERING: (
        "option_days",
        "options_hide",
        "challenge_days",
        "offer_days",
        "notice_days",
        "horizon_days",
        "undo_minutes",
        "theatre_answer_days",
        "theatre_nudge_hours",
        "host_answer_days",
        "nudge_hours",
        "waiting_offer_hours",
        "seat_offer_hours",
        "invite_weeks",
    ),
    SettingTopic.DAY_PARTS: ("morning", "afternoon", "evening"),
}
PERCENTAGES = ("detour", "detour_over_canal")  # kept as 1.3, written as 130

BOUNDS: Mapping[str, Bounds] = {
    **dict.fromkeys(SHARES, Bounds(0, HUNDRED)),
    "weeks_for_all": Bounds(1, 104),
    "declined_for_all": Bounds(1, 20),
    "encounter_minutes": Bounds(5, 60),
    "changeover_minutes": Bounds(0, 60),
    "pause_minutes": Bounds(0, 120),
    "encounters_before_pause": Bounds(1, 20),
    "encounters_a_day": Bounds(1, 30),
    "rest_hours": Bounds(8, 24),
    "call_minutes": Bounds(0, 180),
    "get_in_minutes": Bounds(15, 480),
    "get_out_minutes": Bounds(15, 480),
    "speed_kmh": Bounds(5, 80),
    "loading_minutes": Bounds(0, 120),
    "detour": Bounds(100, 300),
    "detour_over_canal": Bounds(100, 300),
    "home_after_hours": Bounds(1, 336),
    "day_parts_at_most": Bounds(1, 9),
    "option_days": Bounds(1, 90),
    "challenge_days": Bounds(1, 10),
    "offer_days": Bounds(1, 30),
    "notice_days": Bounds(0, 90),
    "horizon_days": Bounds(30, 730),
    "undo_minutes": Bounds(1, 60),
    "theatre_answer_days": Bounds(1, 30),
    "theatre_nudge_hours": Bounds(1, 336),
    "host_answer_days": Bounds(1, 30),
    "nudge_hours": Bounds(1, 336),
    "waiting_offer_hours": Bounds(1, 168),
    "seat_offer_hours": Bounds(1, 72),
    "invite_weeks": Bounds(1, 52),
}


def weights_findings(weights: Weights) -> list[Finding]:
    """The shares are points of a hundred, and never take points away."""
    shares = [getattr(weights, name) for name in SHARES]
    findings = _bounds_findings(
        {name: getattr(weights, name) for name in NAMES[SettingTopic.WEIGHTS]}
    )
    if sum(shares) != HUNDRED:
        findings.append(blocker("weights_not_hundred", total=sum(shares)))
    return findings


def norms_findings(norms: Norms) -> list[Finding]:
    """What cannot be together, besides the bounds of each number."""
    findings = _bounds_findings({name: written(name, getattr(norms, name)) for name in _NUMBERS})
    parts = (norms.morning, norms.afternoon, norms.evening)
    if any(starts >= ends for starts, ends in parts):
        findings.append(blocker("day_part_ends_first"))
    elif any(ends > starts for (_s, ends), (starts, _e) in pairwise(parts)):
        findings.append(blocker("day_parts_overlap"))
    if _hours_left(norms) <= 0:
        findings.append(blocker("nudge_before_question"))
    if norms.horizon_days <= norms.notice_days:
        findings.append(blocker("nothing_left_to_ask"))
    return findings


def _hours_left(norms: Norms) -> int:
    """Between a question and its reminder, at least."""
    theatre = norms.theatre_answer_days * 24 - norms.theatre_nudge_hours
    return min(theatre, norms.host_answer_days * 24 - norms.nudge_hours)


def written(name: str, value: Value) -> Value:
    """As somebody reads and types it."""
    return round(value * HUNDRED) if name in PERCENTAGES and isinstance(value, float) else value


def kept(name: str, value: Value) -> Value:
    """As the rules compute with it."""
    return value / HUNDRED if name in PERCENTAGES and isinstance(value, int) else value


def differing(before: object, after: object, names: tuple[str, ...]) -> dict[str, list[object]]:
    """Of each setting that changes: from what, to what; as they are kept in a row."""
    pairs = {name: (getattr(before, name), getattr(after, name)) for name in names}
    return {name: [plain(a), plain(b)] for name, (a, b) in pairs.items() if a != b}


def plain(value: object) -> object:
    """Times of a day-part are kept as two texts, for example ["13:00", "17:00"]."""
    return [f"{each:%H:%M}" for each in value] if isinstance(value, tuple) else value


_NUMBERS = tuple(
    name
    for topic, names in NAMES.items()
    if topic not in (SettingTopic.WEIGHTS, SettingTopic.DAY_PARTS)
    for name in names
    if name in BOUNDS
)


def _bounds_findings(values: Mapping[str, Value]) -> list[Finding]:
    return [
        blocker("setting_out_of_bounds", setting=name, low=BOUNDS[name].low, high=BOUNDS[name].high)
        for name, value in values.items()
        if not BOUNDS[name].low <= _number(value) <= BOUNDS[name].high
    ]


def _number(value: Value) -> float:
    assert not isinstance(value, tuple)
    return value
