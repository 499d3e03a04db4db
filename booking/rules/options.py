"""Options in rank: several organisations may want one period; who asked first decides first.

Two options collide when they keep the same cube, place or performer at the same time. Collisions
do not pass on: behind an option for a whole day may stand two that do not mind each other. So a
rank is counted per option: one more than the options in front of it that collide with it.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, timedelta
from enum import Enum, auto

from booking.rules.tour import Hold, Tour
from core.clock import local_date, midnight
from core.findings import Finding, blocker, concern, note
from core.period import Period

WEEKEND = (5, 6)
AHEAD = frozenset({"behind_options", "option_in_front"})


class Stance(Enum):
    """What somebody does to whom it matters that others keep a period."""

    ASKING = auto()  # no request yet
    OPTION = auto()  # may stand behind others
    DECIDING = auto()


def collide(one: Hold, other: Hold) -> bool:
    return (
        one.request_id != other.request_id
        and not one.resource_ids.isdisjoint(other.resource_ids)
        and one.stay.overlaps(other.stay)
    )


def in_front_of(hold: Hold, holds: Iterable[Hold]) -> list[Hold]:
    """The options that come first, in order."""
    ahead = (each for each in holds if collide(hold, each) and each.position < hold.position)
    return sorted(ahead, key=lambda each: each.position)


def behind(hold: Hold, holds: Iterable[Hold]) -> list[Hold]:
    """The options that wait for this one, in order."""
    waiting = (each for each in holds if collide(hold, each) and each.position > hold.position)
    return sorted(waiting, key=lambda each: each.position)


def line_of(hold: Hold, holds: Iterable[Hold]) -> list[Hold]:
    """This option and all that collide with it, in order."""
    every = list(holds)
    return [*in_front_of(hold, every), hold, *behind(hold, every)]


def rank_of(hold: Hold, holds: Iterable[Hold]) -> int:
    """1 decides first."""
    return 1 + len(in_front_of(hold, holds))


def reordered(line: Sequence[Hold], request_id: int, to_place: int) -> dict[int | None, int]:
    """New positions by request, when that request goes to `to_place` (1 is first) in its line.

    The line keeps the positions it had together, so nobody outside it is overtaken.
    """
    moving = next(hold for hold in line if hold.request_id == request_id)
    others = [hold for hold in line if hold is not moving]
    others.insert(to_place - 1, moving)
    positions = sorted(hold.position for hold in line)
    return {hold.request_id: position for hold, position in zip(others, positions, strict=True)}


def may_move(line: Sequence[Hold], request_id: int, to_place: int) -> list[Finding]:
    if not 1 <= to_place <= len(line):
        return [blocker("no_such_place_in_line", at_most=len(line))]
    if line[to_place - 1].request_id == request_id:
        return [blocker("stands_there_already", rank=to_place)]
    return []


def may_challenge(
    hold: Hold, holds: Sequence[Hold], *, is_challenged: bool, wants_it: bool
) -> list[Finding]:
    """Only who decides first can be asked to, once, and only when somebody waits for it."""
    if in_front_of(hold, holds):
        return [blocker("not_first_in_line")]
    if not behind(hold, holds):
        return [blocker("nobody_waits_behind")]
    if wants_it:
        return [blocker("has_said_yes")]
    return [blocker("asked_to_decide_already")] if is_challenged else []


def decide_until(
    now: datetime, working_days: int, days_off: Collection[date], expires_at: datetime
) -> datetime:
    """The end of the last of so many working days after today; never after the option itself."""
    day, left = local_date(now), working_days
    while left:
        day += timedelta(days=1)
        left -= day.weekday() not in WEEKEND and day not in days_off
    return min(midnight(day + timedelta(days=1)), expires_at)


def held_findings(kept: Hold, stance: Stance, tour: Tour) -> list[Finding]:
    """What others have in option, or were offered, of what `kept` would take."""
    others = [hold for hold in _of_others(kept.request_id, tour) if collide(kept, hold)]
    options = [hold for hold in others if not hold.is_offer]
    offers = [hold for hold in others if hold.is_offer]
    own = _own_position(kept, tour)
    ahead = [hold for hold in options if own is None or hold.position < own]
    findings = [_ahead(ahead, stance, tour)] if ahead else []
    if offers:
        findings.append(_offered(offers, stance))
    if len(options) > len(ahead):
        findings.append(note("options_behind", number=len(options) - len(ahead)))
    return findings


def kept_by_others(request_id: int | None, stay: Period, tour: Tour) -> frozenset[int]:
    """Resources that somebody else keeps at that time."""
    others = (hold for hold in _of_others(request_id, tour) if hold.stay.overlaps(stay))
    return frozenset().union(*(hold.resource_ids for hold in others))


def options_ahead(findings: Iterable[Finding]) -> int:
    """How many options come first."""
    return sum(finding.data["number"] for finding in findings if finding.code in AHEAD)


def is_kept_for_another(findings: Iterable[Finding]) -> bool:
    """It was offered to somebody with a decline, and may still be taken."""
    return any(finding.code == "offered_to_another" for finding in findings)


def _of_others(request_id: int | None, tour: Tour) -> list[Hold]:
    return [h for h in tour.holds if h.request_id != request_id and h.expires_at > tour.now]


def _own_position(kept: Hold, tour: Tour) -> int | None:
    """Of the own option, when it is for this period: one elsewhere gives no place in line here."""
    own = (
        hold.position
        for hold in tour.holds
        if hold.request_id == kept.request_id
        and hold.expires_at > tour.now
        and not hold.is_offer
        and hold.stay.overlaps(kept.stay)
        and not hold.resource_ids.isdisjoint(kept.resource_ids)
    )
    return min(own, default=None)


def _ahead(ahead: list[Hold], stance: Stance, tour: Tour) -> Finding:
    """Whether it refuses that others come first depends on who wants what."""
    until = max(hold.expires_at for hold in ahead)
    match stance:
        case Stance.OPTION:
            return concern("behind_options", number=len(ahead), until=until)
        case Stance.DECIDING:
            return blocker("option_in_front", number=len(ahead), until=until)
        case Stance.ASKING:
            weigh = blocker if tour.norms.options_hide else concern
            return weigh("held_by_option", until=until)


def _offered(offers: list[Hold], stance: Stance) -> Finding:
    weigh = blocker if stance is Stance.ASKING else concern
    return weigh("offered_to_another", until=max(hold.expires_at for hold in offers))
