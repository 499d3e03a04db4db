"""The season week by week: what stands, what is kept, what is asked, and the weeks with nothing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from booking.rules.calendar import Month, Week
from booking.rules.norms import DayPart, Wish
from core.clock import local_date
from core.period import Period


class What(StrEnum):
    STOP = "stop"
    OPTION = "option"
    WISH = "wish"  # a choice of a request that waits


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of a week."""

    what: What
    request_id: int
    wish: Wish
    organisation: str
    place: str  # empty: none yet
    district_number: str
    cube_id: int | None = None  # None: a wish is for no cube in particular
    players: tuple[str, ...] = ()
    number: int = 1  # of an option its rank, of a wish which choice it is
    is_closed: bool = False
    can_be: bool = True  # of a wish, by the rules of now


@dataclass(frozen=True, slots=True)
class Mark:
    """Days that matter for the planning: a holiday, or a block."""

    name: str
    first_on: date
    last_on: date
    is_for_schools: bool = False
    block_id: int | None = None

    @property
    def is_one_day(self) -> bool:
        return self.first_on == self.last_on

    def touches(self, week: Week) -> bool:
        return self.first_on <= week.days[-1] and self.last_on >= week.monday


@dataclass(frozen=True, slots=True)
class TimelineWeek:
    week: Week
    by_cube: Mapping[int, tuple[Entry, ...]]  # stops and options
    wishes: tuple[Entry, ...]
    marks: tuple[Mark, ...]

    @property
    def is_empty(self) -> bool:
        """Nothing stands and nothing is kept."""
        return not any(self.by_cube.values())

    @property
    def could_be(self) -> tuple[Entry, ...]:
        """One for each request that can stand here as it asked."""
        first: dict[int, Entry] = {}
        for entry in self.wishes:
            if entry.can_be:
                first.setdefault(entry.request_id, entry)
        return tuple(first.values())


@dataclass(frozen=True, slots=True)
class TimelineMonth:
    month: Month
    weeks: tuple[TimelineWeek, ...]


def weeks_of(season: Period) -> list[Week]:
    """Whole weeks; the first and the last may reach into another season."""
    first, last = local_date(season.start), local_date(season.end - timedelta(seconds=1))
    mondays = range((Week.of(last).monday - Week.of(first).monday).days // 7 + 1)
    return [Week(Week.of(first).monday + timedelta(weeks=n)) for n in mondays]


def timeline(
    season: Period, cube_ids: Sequence[int], entries: Iterable[Entry], marks: Iterable[Mark]
) -> list[TimelineMonth]:
    """All weeks, also the empty ones, each in the month of its Thursday as far as in the season."""
    begins, ends = local_date(season.start), local_date(season.end - timedelta(seconds=1))
    by_week: dict[date, list[Entry]] = {}
    for entry in entries:
        by_week.setdefault(Week.of(entry.wish.day).monday, []).append(entry)
    every, months = list(marks), dict[date, list[TimelineWeek]]()
    for week in weeks_of(season):
        first = min(max(week.days[3], begins), ends).replace(day=1)
        months.setdefault(first, []).append(
            _laid_out(week, cube_ids, by_week.get(week.monday, []), every)
        )
    return [TimelineMonth(Month.of(first), tuple(weeks)) for first, weeks in months.items()]


def _laid_out(
    week: Week, cube_ids: Sequence[int], entries: Sequence[Entry], marks: Sequence[Mark]
) -> TimelineWeek:
    in_order = sorted(entries, key=_in_time)
    placed = [each for each in in_order if each.what is not What.WISH]
    return TimelineWeek(
        week,
        {cube_id: tuple(e for e in placed if e.cube_id == cube_id) for cube_id in cube_ids},
        tuple(each for each in in_order if each.what is What.WISH),
        tuple(mark for mark in marks if mark.touches(week)),
    )


def _in_time(entry: Entry) -> tuple[date, int, int, int]:
    """Of one moment: what stands, what is kept in rank, what is asked."""
    part, what = list(DayPart).index(entry.wish.part), list(What).index(entry.what)
    return entry.wish.day, part, what, entry.number
