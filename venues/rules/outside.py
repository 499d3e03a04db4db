"""When a calendar kept elsewhere is read again, and how far ahead."""

from datetime import datetime, timedelta

from core.clock import local_date, local_days
from core.period import Period

AHEAD = timedelta(days=400)  # as far as anything can be booked
LEASE = timedelta(minutes=2)  # longer than reading one may take
REGULARLY = timedelta(hours=1)
FIRST_PAUSE = timedelta(minutes=15)
LONGEST_PAUSE = timedelta(hours=6)
AT_REST = timedelta(minutes=1)  # between two times that somebody asks for it
KEPT = timedelta(days=2)  # after it ended; longer than the window looks back
WARN_AFTER = timedelta(hours=24)
MOST_CALENDARS = 5  # of one room or performer
ADDRESSES_A_DAY = 20  # that it may have changed to


def window(now: datetime) -> Period:
    """Whole days, from yesterday, so that the same calendar read twice gives the same."""
    today = local_date(now)
    return local_days(today - timedelta(days=1), today + AHEAD)


def pause(failures: int) -> timedelta:
    """Until the next try, after so many in a row that failed; none did: as usual."""
    if failures == 0:
        return REGULARLY
    longer: timedelta = FIRST_PAUSE * 2 ** min(failures - 1, 10)
    return min(longer, LONGEST_PAUSE)
