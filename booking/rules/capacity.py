"""How many encounters fit, and so how many visitors."""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import accumulate, cycle, islice

from booking.rules.norms import DayPart, Norms
from core.findings import Finding, concern
from core.period import Period

A_DAY = date(2000, 1, 3)  # any day: only the length counts


def encounters_in(session: Period, norms: Norms) -> list[Period]:
    """The encounters one performer plays in a session, pauses kept, at most a day's worth."""
    length = timedelta(minutes=norms.encounter_minutes)
    changeover = timedelta(minutes=norms.changeover_minutes)
    pause = timedelta(minutes=norms.pause_minutes)
    found: list[Period] = []
    start = session.start
    while start + length <= session.end and len(found) < norms.encounters_a_day:
        found.append(Period(start, start + length))
        is_tired = len(found) % norms.encounters_before_pause == 0
        start += length + (pause if is_tired else changeover)
    return found


def visitors_that_fit(sessions: Iterable[Period], norms: Norms) -> int:
    encounters = sum(len(encounters_in(session, norms)) for session in sessions)
    return encounters * norms.audience_per_encounter


def day_parts_needed(visitors: int, part: DayPart, norms: Norms) -> int:
    """How many day-parts in a row, from this one on, it takes to receive so many visitors."""
    parts = list(DayPart)
    first = parts.index(part)
    in_order = [norms.playing_time(A_DAY, each) for each in parts[first:] + parts[:first]]
    seats = cycle(visitors_that_fit([session], norms) for session in in_order)
    at_most = max(1, visitors)
    together = enumerate(accumulate(islice(seats, at_most)), 1)
    return next((number for number, fits in together if fits >= visitors), at_most)


def capacity_findings(
    visitors: int, sessions: tuple[Period, ...], part: DayPart, norms: Norms
) -> list[Finding]:
    fits = visitors_that_fit(sessions, norms)
    if visitors <= fits:
        return []
    needed = day_parts_needed(visitors, part, norms)
    return [concern("too_many_visitors", visitors=visitors, fits=fits, day_parts=needed)]
