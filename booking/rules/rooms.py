"""May somebody meet in this room, then? The one check behind finder, form, host and command.

`room_findings` returns everything there is to say about one meeting in one room; `asker_findings`
what depends on who asks.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from booking.rules.recurrence import Times
from core.clock import local_date
from core.findings import Finding, blocker, blockers, concern, heaviest_first
from core.geography import Point
from core.period import Period
from venues.rules.opening import DayHours, WeeklyHours, open_periods
from venues.rules.terms import BookableBy, Terms

HORIZON = timedelta(days=400)  # a year, and some time to plan it


@dataclass(frozen=True, slots=True)
class Kept:
    """A time that is offered to whoever waited for it, with what is kept free around it."""

    period: Period
    until: datetime
    waiting_id: int


@dataclass(frozen=True, slots=True)
class RoomPlace:
    """A room as the rules see it, with what matters for a stretch of time."""

    room_id: int
    resource_id: int
    name: str
    district_number: str
    point: Point
    people: int | None  # None: nobody has said
    hours: tuple[WeeklyHours, ...] | None  # None: nobody has said when it is open
    terms: Terms
    is_bookable: bool = True  # published, and the host lends it for meetings
    special: tuple[DayHours, ...] = ()
    closures: tuple[Period, ...] = ()
    taken: tuple[Period, ...] = ()  # claimed, buffers included
    outside: tuple[Period, ...] = ()  # busy in a calendar kept elsewhere
    perhaps: tuple[Period, ...] = ()  # tentative there
    kept: tuple[Kept, ...] = ()

    def opened(self, first: date, last: date) -> list[Period]:
        return open_periods(self.hours or (), self.closures, first, last, self.special)


@dataclass(frozen=True, slots=True)
class Meeting:
    """`waiting_id`: whose own offer from the waiting list does not stand in the way."""

    period: Period
    people: int
    waiting_id: int | None = None


@dataclass(frozen=True, slots=True)
class RoomAsker:
    """What the terms of a room want to know of who asks."""

    district_number: str | None = None  # None: no postcode in Utrecht
    is_known: bool = False  # had a booking in this room that went on
    dates_ahead: int = 0  # asked or confirmed here, still to come


@dataclass(frozen=True, slots=True)
class JudgedDate:
    """One date of what somebody asks; `period` None: the clock does not show that time then."""

    day: date
    period: Period | None
    place: RoomPlace
    findings: tuple[Finding, ...]

    @property
    def is_free(self) -> bool:
        return not blockers(self.findings)


def claimed(period: Period, terms: Terms) -> Period:
    """The time a meeting takes of the room: with what is kept free before and after."""
    return period.padded(terms.before, terms.after)


def room_findings(meeting: Meeting, place: RoomPlace, now: datetime) -> list[Finding]:
    """Everything there is to say against it, heaviest first; empty means: go ahead."""
    return heaviest_first(
        [
            *_bookable(place),
            *_moment(meeting.period, place.terms, now),
            *_length(meeting.period, place.terms),
            *_opening(meeting.period, place),
            *_free(meeting, place, now),
            *_people(meeting.people, place),
        ]
    )


def asker_findings(asker: RoomAsker, wanted: int, place: RoomPlace) -> list[Finding]:
    """`wanted`: how many dates are asked now."""
    terms, findings = place.terms, []
    is_neighbour = asker.district_number == place.district_number
    if terms.bookable_by is BookableBy.NEIGHBOURS and not is_neighbour:
        findings.append(blocker("only_for_neighbours", place=place.name))
    if terms.bookable_by is BookableBy.KNOWN and not asker.is_known:
        findings.append(blocker("only_for_known", place=place.name))
    if terms.dates_ahead is not None and asker.dates_ahead + wanted > terms.dates_ahead:
        left = max(0, terms.dates_ahead - asker.dates_ahead)
        findings.append(blocker("too_many_dates_ahead", at_most=terms.dates_ahead, left=left))
    return findings


def judged(
    day: date,
    times: Times,
    people: int,
    place: RoomPlace,
    now: datetime,
    waiting_id: int | None = None,
) -> JudgedDate:
    period = times.on(day)
    if period is None:
        return JudgedDate(day, None, place, (blocker("time_not_on_clock", day=day),))
    findings = room_findings(Meeting(period, people, waiting_id), place, now)
    return JudgedDate(day, period, place, tuple(findings))


def judged_series(
    days: Sequence[date], times: Times, people: int, place: RoomPlace, now: datetime
) -> list[JudgedDate]:
    return [judged(day, times, people, place, now) for day in days]


def _bookable(place: RoomPlace) -> list[Finding]:
    return [] if place.is_bookable else [blocker("room_not_bookable", place=place.name)]


def _moment(period: Period, terms: Terms, now: datetime) -> list[Finding]:
    if period.start <= now:
        return [blocker("meeting_in_the_past")]
    if period.start < now + terms.notice:
        return [blocker("meeting_too_soon", hours=terms.notice_hours)]
    if period.start > now + HORIZON:
        return [blocker("meeting_too_far", last_day=local_date(now + HORIZON))]
    return []


def _length(period: Period, terms: Terms) -> list[Finding]:
    if period.length < terms.shortest:
        return [blocker("meeting_too_short", shortest=terms.shortest)]
    if period.length > terms.longest:
        return [blocker("meeting_too_long", longest=terms.longest)]
    return []


def _opening(period: Period, place: RoomPlace) -> list[Finding]:
    if place.hours is None and not place.special:
        return [blocker("room_hours_unknown", place=place.name)]
    day = local_date(period.start)
    opened = place.opened(day, local_date(period.end))
    if any(opening.covers(period) for opening in opened):
        return []
    that_day = [o for o in opened if local_date(o.start) == day]
    return [blocker("room_closed", day=day, opened=tuple(that_day))]


def _free(meeting: Meeting, place: RoomPlace, now: datetime) -> list[Finding]:
    wanted = claimed(meeting.period, place.terms)
    if any(taken.overlaps(wanted) for taken in place.taken):
        return [blocker("room_taken")]
    if any(busy.overlaps(meeting.period) for busy in place.outside):
        return [blocker("room_busy_outside")]
    if any(_is_kept_for_another(kept, meeting, wanted, now) for kept in place.kept):
        return [blocker("room_kept")]
    if any(busy.overlaps(meeting.period) for busy in place.perhaps):
        return [concern("room_perhaps_busy")]
    return []


def _is_kept_for_another(kept: Kept, meeting: Meeting, wanted: Period, now: datetime) -> bool:
    is_own = kept.waiting_id == meeting.waiting_id
    return not is_own and kept.until > now and kept.period.overlaps(wanted)


def _people(people: int, place: RoomPlace) -> list[Finding]:
    if place.people is None or people <= place.people:
        return []
    return [blocker("room_too_small", fits=place.people, short=people - place.people)]
