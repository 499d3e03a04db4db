"""Who is needed when at a stop: the one place that turns encounters into stretches of playing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TypeVar

from booking.rules.capacity import encounters_in
from booking.rules.norms import Norms
from core.period import Period

Who = TypeVar("Who")


@dataclass(frozen=True, slots=True, order=True)
class Stretch:
    """A time for which one performer is there; `own`: the encounters they play in it, in order."""

    period: Period
    own: tuple[Period, ...] = ()


def whole(session: Period, norms: Norms) -> Stretch:
    """All of a playing time, played by one."""
    return Stretch(session, tuple(encounters_in(session, norms)))


def stretches(
    sessions: Iterable[tuple[Period, Who]], played: Iterable[tuple[Period, Who]]
) -> list[tuple[Who, Stretch]]:
    """Encounters that follow each other and have one performer are one stretch, in order of time.

    Who plays the first of a session is there from its start, who plays the last until its end. A
    session without encounters is for the performer it has itself.
    """
    every = sorted(played, key=lambda each: each[0])
    return [
        found
        for session, default in sorted(sessions, key=lambda each: each[0])
        for found in _in_session(session, default, [e for e in every if session.covers(e[0])])
    ]


def needed(plays: Iterable[tuple[Who, Stretch]], norms: Norms) -> list[tuple[Who, Stretch]]:
    """The same, for who is called again before having finished: that becomes one stretch."""
    found: list[tuple[Who, Stretch]] = []
    latest: dict[Who, int] = {}
    for who, stretch in sorted(plays, key=lambda each: each[1].period):
        before = found[latest[who]][1] if who in latest else None
        if before and stretch.period.start - norms.call < before.period.end:
            found[latest[who]] = (who, _joined(before, stretch))
        else:
            latest[who] = len(found)
            found.append((who, stretch))
    return found


def _in_session(
    session: Period, default: Who, played: Sequence[tuple[Period, Who]]
) -> list[tuple[Who, Stretch]]:
    if not played:
        return [(default, Stretch(session))]
    runs = [(who, [period for period, _who in run]) for who, run in groupby(played, _performer)]
    starts = [session.start, *(own[0].start for _who, own in runs[1:])]
    ends = [*(own[-1].end for _who, own in runs[:-1]), session.end]
    return [
        (who, Stretch(Period(start, end), tuple(own)))
        for (who, own), start, end in zip(runs, starts, ends, strict=True)
    ]


def _performer(each: tuple[Period, Who]) -> Who:
    return each[1]


def _joined(one: Stretch, other: Stretch) -> Stretch:
    end = max(one.period.end, other.period.end)
    return Stretch(Period(one.period.start, end), (*one.own, *other.own))
