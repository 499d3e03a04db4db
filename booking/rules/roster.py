"""The week roster: who and what is in use when, and where two things want the same time."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from core.clock import local_day
from core.period import Period, subtracted


class Work(StrEnum):
    TRAVEL = "travel"
    GET_IN = "get_in"
    CALLED = "called"  # a performer is there, before playing
    PLAY = "play"
    STAND = "stand"  # the cube waits between two playing times
    GET_OUT = "get_out"
    MEET = "meet"  # what a partner does around a stop


@dataclass(frozen=True, slots=True)
class Line:
    work: Work
    times: Period


@dataclass(frozen=True, slots=True)
class Use:
    """What one stop or option takes of one resource."""

    resource_id: int
    request_id: int
    place: str
    organisation: str
    is_option: bool
    is_closed: bool
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Slot:
    """A use, on one day. The database keeps claims apart; an option may stand over anything."""

    use: Use
    lines: tuple[Line, ...]
    clashes_with: tuple[Use, ...] = ()


@dataclass(frozen=True, slots=True)
class RosterRow:
    """One resource, and its slots for each day of the week."""

    name: str
    cells: tuple[tuple[Slot, ...], ...]


def standing(stay: Period, sessions: Sequence[Period]) -> tuple[Line, ...]:
    """The stay of the cube, or of a room with the cube in it."""
    return tuple(_lines(stay, sessions, before=Work.GET_IN, after=Work.GET_OUT))


def playing(call: Period, sessions: Sequence[Period]) -> tuple[Line, ...]:
    """The time of a performer, of whom `sessions` may hold what others play too."""
    return tuple(_lines(call, sessions, before=Work.CALLED, after=Work.STAND))


def roster_row(name: str, uses: Iterable[Use], days: Iterable[date]) -> RosterRow:
    every = list(uses)
    return RosterRow(name, tuple(_cell(every, day) for day in days))


def _lines(whole: Period, sessions: Sequence[Period], before: Work, after: Work) -> Iterator[Line]:
    """All of `whole`, cut at the sessions that lie in it."""
    played = sorted(session for session in sessions if whole.covers(session))
    if not played:
        yield Line(Work.STAND, whole)
        return
    rest = [
        Line(_work_around(part, played, before, after), part)
        for part in subtracted([whole], played)
    ]
    yield from sorted(
        [*rest, *(Line(Work.PLAY, session) for session in played)], key=lambda line: line.times
    )


def _work_around(part: Period, played: list[Period], before: Work, after: Work) -> Work:
    if part.end <= played[0].start:
        return before
    return after if part.start >= played[-1].end else Work.STAND


def _cell(uses: list[Use], day: date) -> tuple[Slot, ...]:
    whole_day = local_day(day)
    slots = [Slot(use, lines) for use in uses if (lines := _on(whole_day, use.lines))]
    in_order = sorted(slots, key=lambda slot: (slot.lines[0].times, slot.use.is_option))
    return tuple(replace(slot, clashes_with=_clashes(slot, in_order)) for slot in in_order)


def _on(day: Period, lines: Iterable[Line]) -> tuple[Line, ...]:
    return tuple(
        Line(line.work, Period(max(line.times.start, day.start), min(line.times.end, day.end)))
        for line in lines
        if line.times.overlaps(day)
    )


def _clashes(slot: Slot, others: Iterable[Slot]) -> tuple[Use, ...]:
    return tuple(
        other.use for other in others if other.use is not slot.use and _want_the_same(slot, other)
    )


def _want_the_same(one: Slot, other: Slot) -> bool:
    return any(a.times.overlaps(b.times) for a in one.lines for b in other.lines)
