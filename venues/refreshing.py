"""Reading calendars that are kept elsewhere: what is due, and a file that was just sent.

Between the short transactions of `venues.services.outside_reading` lies the slow part, which holds
no transaction and no lock.
"""

import time
from datetime import datetime
from threading import BoundedSemaphore

from core.clock import utcnow
from core.db import transact
from core.logs import tell
from core.settings import settings
from core.site import site
from venues.outside.child import busy_in
from venues.outside.failures import Failure, Unread
from venues.outside.fetching import Manners, fetch
from venues.outside.found import Found
from venues.queries.outside import anything_due
from venues.rules.outside import window
from venues.services.outside_reading import Claimed, Read, claim_calendar, settle_calendar

TURN = 5.0  # seconds after which the worker looks at its mail again
AT_ONCE = 5.0  # seconds somebody waits for a file to be read

_reading_at_once = BoundedSemaphore(1)


def read_due(now: datetime, turn: float = TURN) -> list[Read]:
    """What is due, one after the other; after `turn` seconds the rest waits for the next time."""
    started, reads = time.monotonic(), []
    while time.monotonic() - started < turn and anything_due(now):
        claimed = transact(claim_calendar, now)
        if claimed is None:  # another worker was quicker
            break
        read = _read_whatever_happens(claimed, now)
        is_kept = transact(settle_calendar, claimed, read, utcnow())
        tell("calendar", calendar=claimed.id, failure=read.failure, kept=is_kept)
        reads.append(read)
    return reads


def read_at_once(content: bytes, now: datetime) -> Found | None:
    """A file that somebody sends. None: that takes too long now, so it is for the worker.

    Raises Unread.
    """
    if not _reading_at_once.acquire(blocking=False):
        return None
    try:
        return busy_in(content, window(now), site().domain, AT_ONCE)
    except Unread as unread:
        if unread.failure is Failure.TOO_HEAVY:
            return None
        raise
    finally:
        _reading_at_once.release()


def _read_whatever_happens(claimed: Claimed, now: datetime) -> Read:
    """A calendar that meets a mistake of ours keeps no other from being read."""
    try:
        return _read(claimed, now)
    except Exception as error:
        tell("calendar trouble", calendar=claimed.id, error=type(error).__qualname__)
        return Read(Failure.UNFINISHED)


def _read(claimed: Claimed, now: datetime) -> Read:
    try:
        if claimed.upload is not None:
            return Read(found=busy_in(claimed.upload, window(now), site().domain))
        if claimed.address is None:
            return Read(Failure.ADDRESS_LOST)
        fetched = fetch(claimed.address, claimed.marks, Manners(settings().inside_calendars))
        if fetched.content is None:
            return Read(marks=fetched.marks)
        found = busy_in(fetched.content, window(now), site().domain)
        return Read(found=found, marks=fetched.marks)
    except Unread as unread:
        return Read(unread.failure)
