"""Handing out calendars that are due to be read, and keeping what was found in them.

Each function is one short transaction; the reading itself happens between them. As with mail, who
reads holds a lease: should it die, somebody else reads after that. The end of the lease is the mark
by which it is known whose turn it is.
"""

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, insert, select

from core.clock import local_date
from core.db import session
from core.sealing import Unopenable, seal, unseal
from venues.models import OutsideBusy, OutsideCalendar
from venues.outside.failures import Failure
from venues.outside.fetching import Marks
from venues.outside.found import Busy, Found
from venues.queries.outside import is_due
from venues.rules.outside import KEPT, LEASE, pause

AT_ONCE = 500  # rows in one statement
NO_MARKS = Marks()


@dataclass(frozen=True, slots=True)
class Claimed:
    """A calendar in somebody's hands: its address or its file."""

    id: int
    until: datetime
    # None: a file, or an address nobody can read any more. A secret: not for any log.
    address: str | None = field(default=None, repr=False)
    marks: Marks = NO_MARKS
    upload: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Read:
    """How it ended: a failure, or what was found; neither: nothing changed since last time."""

    failure: Failure | None = None
    found: Found | None = None
    marks: Marks = NO_MARKS


def claim_calendar(now: datetime) -> Claimed | None:
    """Take the one that is due longest; nobody else gets it as long as the lease runs.

    The try counts from here, so that a calendar that kills its worker ends in long pauses too.
    """
    calendar = session.scalar(
        select(OutsideCalendar)
        .where(is_due(now))
        .order_by(OutsideCalendar.next_read_at, OutsideCalendar.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    if calendar is None:
        return None
    if calendar.failures and not calendar.failure:
        calendar.failure = Failure.UNFINISHED
    lease = pause(calendar.failures) if calendar.failures else LEASE
    calendar.failures += 1
    # A few microseconds of chance make the mark of this lease unlike that of any other.
    calendar.next_read_at = now + lease + timedelta(microseconds=random.randrange(1_000_000))
    claimed = _claimed(calendar, now)
    calendar.tried_at = now
    session.flush()
    return claimed


def settle_calendar(claimed: Claimed, read: Read, now: datetime) -> bool:
    """Keep what was found. False: it was changed, removed or asked for again meanwhile."""
    calendar = session.scalar(
        select(OutsideCalendar)
        .where(OutsideCalendar.id == claimed.id, OutsideCalendar.next_read_at == claimed.until)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if calendar is None:
        return False
    if read.failure:
        calendar.failure = read.failure
        calendar.next_read_at = now + _about(pause(calendar.failures))
    else:
        _keep_well(calendar, claimed, read, now)
    if claimed.upload is not None and read.failure is not Failure.UNFINISHED:
        calendar.upload = calendar.next_read_at = None  # a file gives the same each time
    session.flush()
    return True


def keep(calendar: OutsideCalendar, found: Found, now: datetime) -> None:
    """These are its busy times now; those that stay the same are left as they are."""
    known = {
        Busy(row.starts_at, row.ends_at, row.is_tentative): row.id
        for row in session.scalars(
            select(OutsideBusy).where(OutsideBusy.outside_calendar_id == calendar.id)
        )
    }
    times = set(found.times)
    _remove([row_id for busy, row_id in known.items() if busy not in times])
    new = [_row(calendar, busy) for busy in found.times if busy not in known]
    if new:
        session.execute(insert(OutsideBusy), new)
    calendar.events, calendar.skipped = len(times), found.skipped
    _is_well(calendar, now)
    session.flush()


def _is_well(calendar: OutsideCalendar, now: datetime) -> None:
    calendar.read_at, calendar.failure, calendar.failures = now, "", 0
    calendar.warned_at = None


def forget_past(now: datetime) -> None:
    """When somebody was busy is nobody's business afterwards."""
    session.execute(delete(OutsideBusy).where(OutsideBusy.ends_at <= now - KEPT))


def _keep_well(calendar: OutsideCalendar, claimed: Claimed, read: Read, now: datetime) -> None:
    if read.found:
        keep(calendar, read.found, now)
    _is_well(calendar, now)
    calendar.etag, calendar.modified = read.marks.etag, read.marks.modified
    calendar.next_read_at = now + _about(pause(0))
    if claimed.address:  # with the key of today, should it have been sealed with an earlier one
        calendar.sealed_address = seal(claimed.address)


def _claimed(calendar: OutsideCalendar, now: datetime) -> Claimed:
    assert calendar.next_read_at
    return Claimed(
        calendar.id,
        calendar.next_read_at,
        _address(calendar),
        _marks(calendar, now),
        calendar.upload,
    )


def _address(calendar: OutsideCalendar) -> str | None:
    try:
        return unseal(calendar.sealed_address) if calendar.sealed_address else None
    except Unopenable:
        return None


def _marks(calendar: OutsideCalendar, now: datetime) -> Marks:
    """Each day once without: the window moves on, also when the calendar stays the same."""
    if calendar.read_at is None or local_date(calendar.read_at) != local_date(now):
        return NO_MARKS
    return Marks(calendar.etag, calendar.modified)


def _about(length: timedelta) -> timedelta:
    """Never quite the same for two of them, so that they do not all come at once."""
    return length * random.uniform(0.8, 1.0)


def _row(calendar: OutsideCalendar, busy: Busy) -> dict[str, Any]:
    return {
        "outside_calendar_id": calendar.id,
        "resource_id": calendar.resource_id,
        "starts_at": busy.start,
        "ends_at": busy.end,
        "is_tentative": busy.is_tentative,
    }


def _remove(row_ids: list[int]) -> None:
    for first in range(0, len(row_ids), AT_ONCE):
        ids = row_ids[first : first + AT_ONCE]
        session.execute(delete(OutsideBusy).where(OutsideBusy.id.in_(ids)))
