"""Wall-clock time in Utrecht, and the only place that asks the machine what time it is.

Rules and services take `now` as an argument; views and commands call `utcnow()` once and pass it
on.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from core.period import Period

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


class NoSuchLocalTime(ValueError):
    """The clock skips this time (the last Sunday of March, 02:00 to 03:00)."""


class AmbiguousLocalTime(ValueError):
    """The clock shows this time twice (the last Sunday of October, 02:00 to 03:00)."""


def machine_time() -> datetime:
    return datetime.now(UTC)


def utcnow() -> datetime:
    """Now, in UTC, to the whole second: calendars and mails know no fractions."""
    return machine_time().replace(microsecond=0)


def to_local(moment: datetime) -> datetime:
    return moment.astimezone(AMSTERDAM)


def is_shown_twice(local: datetime) -> bool:
    """Whether the clock on the wall shows this time two times that day."""
    return local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()


def local_date(moment: datetime) -> date:
    return to_local(moment).date()


def to_utc(day: date, at: time) -> datetime:
    """The moment the clock in Utrecht shows `at` on `day`.

    Raises NoSuchLocalTime or AmbiguousLocalTime where there is none or are two of them.
    """
    wall = datetime.combine(day, at, AMSTERDAM)
    early, late = wall.replace(fold=0), wall.replace(fold=1)
    if early.utcoffset() != late.utcoffset():
        skipped = early.astimezone(UTC).astimezone(AMSTERDAM).time() != at
        raise (NoSuchLocalTime if skipped else AmbiguousLocalTime)(f"{day} {at}")
    return wall.astimezone(UTC)


def midnight(day: date) -> datetime:
    """The moment `day` starts in Utrecht."""
    return to_utc(day, time())


def local_day(day: date) -> Period:
    """The whole of `day` in Utrecht: 23, 24 or 25 hours."""
    return Period(midnight(day), midnight(day + timedelta(days=1)))


def local_days(first: date, last: date) -> Period:
    """From the start of `first` to the end of `last`."""
    return Period(midnight(first), midnight(last + timedelta(days=1)))


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def add_working_days(start: datetime, days: int) -> datetime:
    """The same wall-clock time `days` days further, Saturdays and Sundays not counted."""
    local = to_local(start)
    day = local.date()
    while days:
        day += timedelta(days=1)
        days -= day.weekday() < 5
    wall = datetime.combine(day, local.time(), AMSTERDAM)
    return wall.astimezone(UTC)
