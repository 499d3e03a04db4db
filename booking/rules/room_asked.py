"""What somebody asks of a room, before it is a booking."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from booking.rules.asked import Contact
from booking.rules.recurrence import Recurrence, Times, days, recurrence_findings
from booking.rules.rooms import JudgedDate, RoomPlace, judged
from core.findings import Finding, blocker


@dataclass(frozen=True, slots=True)
class AskedDate:
    """One date somebody chose: the day the rule gives, and perhaps another time or room."""

    day: date
    room_id: int
    times: Times


@dataclass(frozen=True, slots=True)
class RoomAsked:
    room_id: int
    first_on: date
    times: Times
    recurrence: Recurrence
    dates: tuple[AskedDate, ...]  # the days of the rule that are wanted; the others are skipped
    people: int
    purpose: str
    contact: Contact
    pc4: str = ""  # of the organisation; empty: not said
    waiting_id: int | None = None  # taken up from the waiting list

    @property
    def days(self) -> list[date]:
        """All days of the rule, also those that are skipped."""
        return days(self.first_on, self.recurrence)

    @property
    def room_ids(self) -> list[int]:
        return sorted({each.room_id for each in self.dates})


def shape_findings(asked: RoomAsked) -> list[Finding]:
    """What is wrong whatever room it is."""
    findings = recurrence_findings(asked.first_on, asked.recurrence)
    if not asked.times.are_in_order or not all(each.times.are_in_order for each in asked.dates):
        findings.append(blocker("meeting_ends_early"))
    if findings:
        return findings
    wanted = [each.day for each in asked.dates]
    if not wanted or len(set(wanted)) < len(wanted) or not set(wanted) <= set(asked.days):
        return [blocker("no_date_chosen")]
    return []


def is_usual(each: AskedDate, asked: RoomAsked) -> bool:
    """Whether it has the time and the room of the booking as a whole."""
    return each.room_id == asked.room_id and each.times == asked.times


def answer_due(first: datetime, now: datetime, within: timedelta) -> datetime:
    """Until when a host can answer: never after the first date has begun."""
    return min(now + within, first)


def judge_asked(
    asked: RoomAsked, places: Mapping[int, RoomPlace], now: datetime
) -> list[JudgedDate]:
    """Each chosen date as the rules see it now, in order. `places`: by room id."""
    return [
        judged(each.day, each.times, asked.people, places[each.room_id], now, asked.waiting_id)
        for each in asked.dates
    ]
