"""When something around a stop is, as an organisation says it: before, during or after the cube."""

from datetime import timedelta
from enum import StrEnum

from core.period import Period


class SideWhen(StrEnum):
    BEFORE = "before"  # it ends when the cube begins to play
    DURING = "during"  # it begins with the cube
    AFTER = "after"  # it begins when the cube has played
    OTHER = "other"  # a day and times


LENGTHS = (30, 45, 60, 90, 120, 180)  # minutes


def relative(when: SideWhen, playing: Period, minutes: int) -> Period:
    """Of every `when` but OTHER."""
    length = timedelta(minutes=minutes)
    if when is SideWhen.BEFORE:
        return Period(playing.start - length, playing.start)
    start = playing.start if when is SideWhen.DURING else playing.end
    return Period(start, start + length)


def said_of(period: Period, playing: Period) -> tuple[SideWhen, int]:
    """How an organisation would say this moment, and how many minutes it takes."""
    minutes = round(period.length / timedelta(minutes=1))
    fits = (each for each in SideWhen if each is not SideWhen.OTHER and minutes in LENGTHS)
    found = (each for each in fits if relative(each, playing, minutes) == period)
    return next(found, SideWhen.OTHER), minutes
