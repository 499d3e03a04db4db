"""Values in, iCalendar bytes out: invitations, cancellations and agendas to subscribe to.

The only module that writes with `icalendar`. It is given everything and looks nothing up, so the
same values always give the same bytes. The rules come from RFC 5545, 5546 and 6047, and from what
Outlook, Gmail, Apple and Thunderbird were seen to refuse.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from icalendar import Calendar, Event, Timezone, vCalAddress, vText, vUri

from booking.rules.recurrence import Frequency, week_of_month
from core.clock import is_shown_twice, to_local
from core.period import Period
from core.plain_text import safe_line, safe_lines

PRODID = "-//Speelplek//Boekingen//NL"
REFRESH_EVERY = "PT1H"
LINE_LIMIT = 200
TEXT_LIMIT = 4000
_ADDRESS = re.compile(r"[!#-'*+\-./0-9=?A-Z^_`a-z{|}~]+@[A-Za-z0-9.\-]+")

# Written by hand: the definition that icalendar generates is read an hour wrong by some calendars.
VTIMEZONE = b"""BEGIN:VTIMEZONE
TZID:Europe/Amsterdam
BEGIN:DAYLIGHT
DTSTART:19700329T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19701025T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
""".replace(b"\n", b"\r\n")
_TIMEZONE = Timezone.from_ical(VTIMEZONE)


class Method(StrEnum):
    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


class EntryStatus(StrEnum):
    TENTATIVE = "TENTATIVE"  # an option
    CONFIRMED = "CONFIRMED"
    CANCELLED = "CANCELLED"


_BUSY = {
    EntryStatus.TENTATIVE: "TENTATIVE",
    EntryStatus.CONFIRMED: "BUSY",
    EntryStatus.CANCELLED: "FREE",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One event as it stands in an agenda."""

    uid: str
    sequence: int
    created_at: datetime
    modified_at: datetime
    period: Period
    title: str
    place: str
    description: str
    url: str
    status: str  # an EntryStatus
    repeats: "Repeats | None" = None
    related_to: str = ""  # the UID of the series that this single date belongs to


@dataclass(frozen=True, slots=True)
class Repeats:
    """How an entry comes back: `until` is the start of the last one, `without` starts that are not.

    Starts are on the clock in Utrecht, and also name times that the clock skips that day.
    """

    frequency: Frequency  # not once
    until: datetime
    without: tuple[datetime, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationValues(Entry):
    """One event for one invited person.

    `sequence` rises with each change of time, place or status and with the cancellation; `stamp`
    is later with each mail; `organizer_address` never changes and is the sender of the mail.
    """

    stamp: datetime
    organizer_name: str
    organizer_address: str
    attendee_name: str
    attendee_address: str  # the very address the mail goes to


def invitation(values: InvitationValues, method: str) -> bytes:
    """The calendar part of one mail; `method` is a Method.

    Raises ValueError for an address that is not one, and for an unknown method or status.
    """
    cancelled = Method(method) is Method.CANCEL
    status = EntryStatus.CANCELLED if cancelled else EntryStatus(values.status)
    event = _event(values, status, values.stamp, busy=True)
    event.add("organizer", _person(values.organizer_address, values.organizer_name))
    event.add("attendee", _attendee(values))
    event.add("x-microsoft-disallow-counter", "TRUE")
    calendar = _calendar(Method(method))
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def agenda(entries: Iterable[Entry], *, name: str, description: str, uid: str, url: str) -> bytes:
    """A calendar to subscribe to, without names of people; the same entries give the same bytes.

    `uid` is the calendar's own and stays the same; `url` is the page that shows it.
    """
    ordered = sorted(entries, key=lambda entry: (entry.period, entry.uid))
    calendar = _calendar()
    _describe(calendar, safe_line(name, LINE_LIMIT), safe_line(description, LINE_LIMIT))
    calendar.add("uid", uid)
    calendar.add("url", vUri(safe_line(url, TEXT_LIMIT)))
    if ordered:
        calendar.add("last-modified", max(entry.modified_at for entry in ordered))
    for entry in ordered:
        status = EntryStatus(entry.status)
        busy = status is not EntryStatus.CANCELLED
        calendar.add_component(_event(entry, status, entry.modified_at, busy=busy))
    return bytes(calendar.to_ical())


def span(period: Period) -> tuple[datetime, datetime]:
    """Start and end as Utrecht's clock shows them; in UTC when it shows one of them twice."""
    local = to_local(period.start), to_local(period.end)
    return (period.start, period.end) if any(map(is_shown_twice, local)) else local


def clean(text: str) -> str:
    """Text of several lines without anything a calendar could take for a line of its own."""
    return safe_lines(text, TEXT_LIMIT)


def _calendar(method: Method | None = None) -> Calendar:
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", PRODID)
    calendar.add("calscale", "GREGORIAN")
    if method:
        calendar.add("method", method.value)
    calendar.add_component(_TIMEZONE)
    return calendar


def _describe(calendar: Calendar, name: str, description: str) -> None:
    """Each fact twice: as the standard names it, and as calendars named it before."""
    for names, value in (
        (("name", "x-wr-calname"), name),
        (("description", "x-wr-caldesc"), description),
        (("x-wr-timezone",), "Europe/Amsterdam"),
    ):
        for each in names:
            calendar.add(each, value)
    calendar.add("refresh-interval", vText(REFRESH_EVERY), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", REFRESH_EVERY)


def _event(entry: Entry, status: EntryStatus, stamp: datetime, *, busy: bool) -> Event:
    event = Event()
    start, end = _start_and_end(entry)
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", stamp.astimezone(UTC))
    event.add("created", entry.created_at.astimezone(UTC))
    event.add("last-modified", entry.modified_at.astimezone(UTC))
    event.add("dtstart", start)
    event.add("dtend", end)
    event.add("summary", safe_line(entry.title, LINE_LIMIT))
    event.add("location", safe_line(entry.place, LINE_LIMIT))
    event.add("description", clean(entry.description))
    event.add("url", vUri(safe_line(entry.url, TEXT_LIMIT)))
    event.add("status", status.value)
    event.add("transp", "OPAQUE" if busy else "TRANSPARENT")
    event.add("x-microsoft-cdo-busystatus", _BUSY[status])
    if entry.related_to:
        event.add("related-to", entry.related_to)
    if entry.repeats:
        _repeat(event, entry.period, entry.repeats)
    return event


def _start_and_end(entry: Entry) -> tuple[datetime, datetime]:
    """What comes back does so by the clock on the wall, so it is never in UTC."""
    if entry.repeats:
        return to_local(entry.period.start), to_local(entry.period.end)
    return span(entry.period)


def _repeat(event: Event, first: Period, repeats: Repeats) -> None:
    event.add("rrule", {**_RULES[repeats.frequency](first), "until": repeats.until.astimezone(UTC)})
    for start in repeats.without:  # one to a line: some calendars read only the first of a list
        event.add("exdate", start)


def _monthly(first: Period) -> dict[str, str]:
    day = to_local(first.start).date()
    return {"freq": "MONTHLY", "byday": f"{week_of_month(day)}{_WEEKDAYS[day.weekday()]}"}


_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_RULES: dict[Frequency, Callable[[Period], dict[str, str | int]]] = {
    Frequency.WEEKLY: lambda _first: {"freq": "WEEKLY"},
    Frequency.FORTNIGHTLY: lambda _first: {"freq": "WEEKLY", "interval": 2},
    Frequency.MONTHLY: lambda first: {**_monthly(first)},
}


def _attendee(values: InvitationValues) -> vCalAddress:
    return _person(
        values.attendee_address,
        values.attendee_name,
        CUTYPE="INDIVIDUAL",
        ROLE="REQ-PARTICIPANT",
        PARTSTAT="NEEDS-ACTION",
        RSVP="TRUE",
    )


def _person(address: str, name: str, **parameters: str) -> vCalAddress:
    """Always spelled the same: calendars compare the addresses letter by letter."""
    if not _ADDRESS.fullmatch(address):
        raise ValueError("not an address")
    person = vCalAddress(f"mailto:{address.lower()}")
    # A quote or caret would be written as RFC 6868 says, which older calendars show as it stands.
    shown = safe_line(name, LINE_LIMIT).replace('"', "'").replace("^", "")
    for key, value in {"CN": shown, **parameters}.items():
        if value:
            person.params[key] = value
    return person
