"""What can be had instead of a date that is taken, and what somebody chose.

Another time that day in the same room, the same time in another room nearby, and for a meeting that
does not come back another day too.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from booking.rules.free import QUARTER, free_times
from booking.rules.recurrence import Times
from booking.rules.room_asked import AskedDate
from booking.rules.rooms import JudgedDate, Meeting, RoomPlace, judged, room_findings
from core.clock import local_days, to_local
from core.findings import Finding, blockers
from core.period import Period

LEFT_OUT = "niet"  # instead of a slot: this date is not wanted
DAYS_AROUND = 14
OF_A_KIND = 2  # other days, and other rooms
A_DAY = timedelta(days=1)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Nearby:
    """A room that may do instead; `walking` is in minutes from the one that was asked for."""

    place: RoomPlace
    walking: int


@dataclass(frozen=True, slots=True)
class Instead:
    slot: AskedDate
    place: RoomPlace
    walking: int = 0  # 0: the same room, or another one in the building


@dataclass(frozen=True, slots=True)
class OfferedDate:
    """One date as it is shown: what is against it, what can be had instead, what is chosen."""

    judged: JudgedDate
    instead: tuple[Instead, ...]
    chosen: AskedDate | None  # None: this date is left out

    @property
    def day(self) -> date:
        return self.judged.day

    @property
    def is_free(self) -> bool:
        return self.judged.is_free


def offered_date(
    found: JudgedDate,
    times: Times,
    instead: Sequence[Instead],
    choices: Mapping[date, str],
) -> OfferedDate:
    """A choice counts as long as it is still offered; a free date is taken unless left out."""
    own = AskedDate(found.day, found.place.room_id, times)
    kept = choices.get(found.day, "")
    if found.is_free:
        return OfferedDate(found, (), None if kept == LEFT_OUT else own)
    chosen = next((each.slot for each in instead if slot_key(each.slot) == kept), None)
    return OfferedDate(found, tuple(instead), chosen)


def instead_of(
    found: JudgedDate, people: int, nearby: Iterable[Nearby], now: datetime
) -> list[Instead]:
    """The same day: nearest free times in the same room, then the same time in rooms nearby."""
    if found.is_free or found.period is None:
        return []
    meeting, place = Meeting(found.period, people), found.place
    own = [
        Instead(AskedDate(found.day, place.room_id, times), place)
        for period in other_times(meeting, _around(place, found.day), now)
        if (times := _on_the_wall(found.day, period))
    ]
    return [*own, *_elsewhere(found.day, meeting, nearby, now)]


def on_other_days(
    found: JudgedDate, times: Times, people: int, now: datetime, today: date
) -> list[Instead]:
    """The same time on the nearest days on which it can be had; `place` reaches that far."""
    free = (
        Instead(AskedDate(day, found.place.room_id, times), found.place)
        for day in _days_around(found.day)
        if day >= today and judged(day, times, people, found.place, now).is_free
    )
    return [each for each, _n in zip(free, range(OF_A_KIND), strict=False)]


def other_times(meeting: Meeting, place: RoomPlace, now: datetime) -> list[Period]:
    """As long, on a whole quarter: the nearest that is later and the nearest that is earlier."""
    wanted, day = meeting.period, to_local(meeting.period.start).date()
    rooms = [free for free in free_times(place, day, day, now) if free.length >= wanted.length]
    later = [max(_up(free.start), _up(wanted.start)) for free in rooms]
    earlier = [min(_down(free.end - wanted.length), _down(wanted.start)) for free in rooms]
    starts = [
        min((s for s in later if _can_start(s, meeting, place, now)), default=None),
        max((s for s in earlier if _can_start(s, meeting, place, now)), default=None),
    ]
    found = {Period(start, start + wanted.length) for start in starts if start}
    return sorted(found, key=lambda period: (abs(period.start - wanted.start), period.start))


def against_all(found: Sequence[JudgedDate]) -> list[Finding]:
    """What is against every date for the same reason, so that another date does not help."""
    if not found:
        return []
    first = [each for each in blockers(found[0].findings) if each.code in ABOUT_ALL]
    return [f for f in first if all(f in each.findings for each in found)]


ABOUT_ALL = {
    "room_not_bookable",
    "meeting_too_short",
    "meeting_too_long",
    "room_too_small",
    "room_hours_unknown",
}


def slot_key(slot: AskedDate) -> str:
    """How a form and a draft write it."""
    times = f"{slot.times.starts:%H%M}.{slot.times.ends:%H%M}"
    return f"{slot.day.isoformat()}.{slot.room_id}.{times}"


def parse_slot(key: str) -> AskedDate | None:
    try:
        day, room_id, starts, ends = key.split(".")
        times = Times(*(datetime.strptime(at, "%H%M").time() for at in (starts, ends)))  # noqa: DTZ007 - on the wall
        return AskedDate(date.fromisoformat(day), int(room_id), times)
    except ValueError:
        return None


def _elsewhere(
    day: date, meeting: Meeting, nearby: Iterable[Nearby], now: datetime
) -> Iterator[Instead]:
    times = _on_the_wall(day, meeting.period)
    free = (near for near in nearby if not blockers(room_findings(meeting, near.place, now)))
    for near, _n in zip(free, range(OF_A_KIND), strict=False):
        if times:
            yield Instead(AskedDate(day, near.place.room_id, times), near.place, near.walking)


def _around(place: RoomPlace, day: date) -> RoomPlace:
    """Only what can matter that day: a place may come with what there is in a whole year."""
    days = local_days(day - A_DAY, day + A_DAY)
    return replace(
        place,
        taken=tuple(each for each in place.taken if each.overlaps(days)),
        outside=tuple(each for each in place.outside if each.overlaps(days)),
        closures=tuple(each for each in place.closures if each.overlaps(days)),
    )


def _on_the_wall(day: date, period: Period) -> Times | None:
    """None when the clock on the wall cannot say it."""
    times = Times(to_local(period.start).time(), to_local(period.end).time())
    return times if times.are_in_order and times.on(day) == period else None


def _can_start(start: datetime, meeting: Meeting, place: RoomPlace, now: datetime) -> bool:
    period = Period(start, start + meeting.period.length)
    return not blockers(room_findings(Meeting(period, meeting.people), place, now))


def _days_around(day: date) -> Iterator[date]:
    for n in range(1, DAYS_AROUND + 1):
        yield day + timedelta(days=n)
        yield day - timedelta(days=n)


def _up(moment: datetime) -> datetime:
    return moment + (EPOCH - moment) % QUARTER


def _down(moment: datetime) -> datetime:
    return moment - (moment - EPOCH) % QUARTER
