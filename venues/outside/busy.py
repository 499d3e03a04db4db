"""When the owner of a calendar is busy. Runs in a process of its own: `venues.outside.reading`.

An event that cannot be understood is left out and counted; nothing about it is guessed. Of an event
only its times are kept.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

import recurring_ical_events
from icalendar import Calendar, Event, Timezone

from core.clock import AMSTERDAM
from core.period import Period
from venues.outside.failures import Failure, Unread
from venues.outside.found import Busy, Found
from venues.outside.pieces import pieces

MOST_TIMES = 10_000
MOST_LISTED = 2000  # extra and skipped days of one event
MOST_A_DAY = 24
LONGEST = timedelta(days=366)
PIECE = timedelta(days=7)  # no busy time that is kept is longer
SIDE = timedelta(days=2)  # so far a local time can lie from the same time in UTC, and more
RHYTHMS = {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}
ABOUT_TIME = ("DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "EXRULE", "RECURRENCE-ID")
_BROKEN_LINE = re.compile(rf"'({'|'.join(ABOUT_TIME)})\b", re.IGNORECASE)


class Misunderstood(Exception):
    """An event that says something about time we cannot follow."""


def busy_times(content: bytes, window: Period, own_domain: str = "") -> Found:
    """Raises Unread when there are more than anybody could mean.

    `own_domain`: events with a UID of ours are left out: our invitations are in that calendar too.
    """
    parts = pieces(content.decode("utf-8", "replace"))
    _remember(parts.timezones)
    events, skipped = _events(parts.events)
    times: set[Busy] = set()
    for series in _series(events, own_domain):
        try:
            times.update(_times(series, window, _zone(parts.zone)))
        except MemoryError:  # says nothing about this event
            raise
        except Exception:  # whatever a library makes of it: this one is not understood
            skipped += 1
        if len(times) > MOST_TIMES:
            raise Unread(Failure.TOO_MANY_EVENTS)
    return Found(tuple(sorted(times)), skipped + parts.unfinished)


def _remember(timezones: Iterable[str]) -> None:
    """The library knows them then, for the events that name them."""
    for timezone in timezones:
        try:
            Timezone.from_ical(timezone)
        except Exception as error:  # an event that names it is read as if it named none
            if isinstance(error, MemoryError):
                raise


def _events(texts: Iterable[str]) -> tuple[list[Event], int]:
    understood: list[Event] = []
    skipped = 0
    for text in texts:
        try:
            event: Any = Event.from_ical(text)
            _look_over(event)
            understood.append(event)
        except MemoryError:
            raise
        except Exception:  # as above
            skipped += 1
    return understood, skipped


def _series(events: Iterable[Event], own_domain: str) -> Iterator[list[Event]]:
    """An event together with its own changed instances."""
    by_uid: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        uid = str(event.get("UID", ""))
        if not uid:
            yield [event]
        elif not own_domain or not uid.endswith(f"@{own_domain}"):
            by_uid[uid].append(event)
    yield from by_uid.values()


def _look_over(event: Any) -> None:
    """Raises Misunderstood for what a library would take a guess at, or an age over."""
    if any(_is_about_time(name, said) for name, said in event.errors):
        raise Misunderstood
    if any(isinstance(event.get(name), list) for name in ("DTSTART", "DTEND", "DURATION", "RRULE")):
        raise Misunderstood
    if "DTSTART" not in event or "EXRULE" in event:
        raise Misunderstood
    start, end = event.start, event.end
    if type(start) is not type(end) or not timedelta() <= _length(start, end) <= LONGEST:
        raise Misunderstood
    if "RRULE" in event:
        _look_over_rhythm(event["RRULE"])
    if sum(_listed(event, name) for name in ("RDATE", "EXDATE")) > MOST_LISTED:
        raise Misunderstood


def _is_about_time(name: str | None, said: str) -> bool:
    if name is None:  # a line without a name that could be read
        return _BROKEN_LINE.search(said) is not None
    return name.upper() in ABOUT_TIME


def _length(start: Any, end: Any) -> timedelta:
    if isinstance(start, datetime):
        return _moment(end, AMSTERDAM) - _moment(start, AMSTERDAM)
    length: timedelta = end - start
    return length


def _look_over_rhythm(rule: Any) -> None:
    if not {str(each).upper() for each in rule["FREQ"]} <= RHYTHMS:
        raise Misunderstood
    if rule.get("INTERVAL", [1])[0] < 1:  # would stand still for ever
        raise Misunderstood
    a_day = 1
    for name in ("BYHOUR", "BYMINUTE", "BYSECOND"):
        a_day *= len(rule.get(name, [0]))
    if a_day > MOST_A_DAY:
        raise Misunderstood


def _listed(event: Any, name: str) -> int:
    given = event.get(name, [])
    return sum(len(each.dts) for each in (given if isinstance(given, list) else [given]))


def _times(series: list[Event], window: Period, zone: tzinfo) -> Iterator[Busy]:
    calendar = Calendar()
    for event in series:
        calendar.add_component(event)
    around = window.padded(SIDE, SIDE)
    for each in recurring_ical_events.of(calendar).between(around.start, around.end):
        if not _is_free(each):
            yield from _cut(_period(each, zone), window, _is_tentative(each))


def _zone(name: str) -> tzinfo:
    """Of times that name none: what the calendar says, else the clock in Utrecht."""
    with suppress(Exception):
        return ZoneInfo(name) if name and name != AMSTERDAM.key else AMSTERDAM
    return AMSTERDAM


def _is_free(event: Any) -> bool:
    return (
        _said(event, "STATUS") == "CANCELLED"
        or _said(event, "TRANSP") == "TRANSPARENT"
        or _said(event, "X-MICROSOFT-CDO-BUSYSTATUS") == "FREE"
    )


def _is_tentative(event: Any) -> bool:
    said = (_said(event, "STATUS"), _said(event, "X-MICROSOFT-CDO-BUSYSTATUS"))
    return "TENTATIVE" in said


def _said(event: Any, name: str) -> str:
    return str(event.get(name, "")).strip().upper()


def _period(event: Any, zone: tzinfo) -> Period | None:
    """None: it takes no time. A day that ends on itself is that day: some programs write it so."""
    start, end = event.start, event.end
    if start == end and not isinstance(start, datetime):
        end += timedelta(days=1)
    start, end = _moment(start, zone), _moment(end, zone)
    return Period(start, end) if start < end else None


def _moment(at: date, zone: tzinfo) -> datetime:
    """A day begins at midnight in Utrecht; a time without a zone is that of the calendar."""
    if not isinstance(at, datetime):
        return datetime.combine(at, time(), AMSTERDAM).astimezone(UTC)
    return (at if at.tzinfo else at.replace(tzinfo=zone)).astimezone(UTC)


def _cut(period: Period | None, window: Period, is_tentative: bool) -> Iterator[Busy]:
    """In pieces of a week, those that touch the window."""
    start = period.start if period else None
    while period and start and start < period.end:
        end = min(start + PIECE, period.end)
        if Period(start, end).overlaps(window):
            yield Busy(start, end, is_tentative)
        start = end
