"""What somebody has filled in so far to book a room: plain JSON by step, read here as values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from typing import Any

from booking.rules.asked import Contact
from booking.rules.instead import parse_slot
from booking.rules.recurrence import Frequency, Recurrence, Times, days, recurrence_findings
from booking.rules.room_asked import AskedDate, RoomAsked
from core.findings import Finding, blocker

CONTINUES = "follow_up"  # no page of its own: kept where the draft began


class RoomStep(StrEnum):
    """The pages that are filled in, in order."""

    DATES = "dates"
    CONTACT = "contact"


@dataclass(frozen=True, slots=True)
class Wanted:
    """When, how often and with how many."""

    first_on: date
    times: Times
    recurrence: Recurrence
    people: int

    @property
    def days(self) -> list[date]:
        return days(self.first_on, self.recurrence)


def wanted_findings(wanted: Wanted) -> list[Finding]:
    """What is wrong whatever room it is."""
    late = [] if wanted.times.are_in_order else [blocker("meeting_ends_early")]
    return [*late, *recurrence_findings(wanted.first_on, wanted.recurrence)]


@dataclass(frozen=True, slots=True)
class RoomAnswers:
    room_id: int
    parts: Mapping[str, Any]

    def part(self, step: RoomStep) -> dict[str, Any]:
        return dict(self.parts.get(step) or {})

    @property
    def wanted(self) -> Wanted | None:
        part = self.part(RoomStep.DATES)
        return wanted_in(part) if part else None

    @property
    def purpose(self) -> str:
        return str(self.part(RoomStep.DATES).get("purpose", ""))

    @property
    def choices(self) -> dict[date, str]:
        """What was chosen by hand, by day."""
        kept = self.part(RoomStep.DATES).get("choices", {})
        return {date.fromisoformat(day): key for day, key in kept.items()}

    @property
    def slots(self) -> tuple[AskedDate, ...]:
        """The dates that were chosen when somebody went on; none: not there yet."""
        keys = self.part(RoomStep.DATES).get("slots", ())
        return tuple(slot for slot in map(parse_slot, keys) if slot)

    @property
    def continues(self) -> int | None:
        """Id of the request of a visit that goes on here; None: it stands alone."""
        return dict(self.parts.get(CONTINUES) or {}).get("request_id")

    @property
    def missing(self) -> list[RoomStep]:
        """The steps that are not filled in yet, in order."""
        has = {RoomStep.DATES: bool(self.slots), RoomStep.CONTACT: bool(self._contact)}
        return [step for step in RoomStep if not has[step]]

    def asked(self, language: str) -> RoomAsked | None:
        """All of it as one booking; None while a step is missing."""
        wanted = self.wanted
        if self.missing or wanted is None:
            return None
        contact = self._contact
        return booking_of(
            self.room_id,
            wanted,
            self.slots,
            purpose=self.purpose,
            contact=Contact(
                organisation=contact["organisation"],
                name=contact["name"],
                email=contact["email"],
                phone=contact["phone"],
                language=language,
            ),
            pc4=contact.get("postcode", "")[:4],
        )

    @property
    def _contact(self) -> dict[str, Any]:
        return self.part(RoomStep.CONTACT)


def booking_of(
    room_id: int,
    wanted: Wanted,
    slots: tuple[AskedDate, ...],
    *,
    purpose: str,
    contact: Contact,
    pc4: str = "",
) -> RoomAsked:
    """What does not come back is a booking of the time and the room that were chosen in the end."""
    first_on, times = wanted.first_on, wanted.times
    if not wanted.recurrence.is_series:
        (only,) = slots[:1]
        first_on, times, room_id = only.day, only.times, only.room_id
    return RoomAsked(
        room_id=room_id,
        first_on=first_on,
        times=times,
        recurrence=wanted.recurrence,
        dates=slots,
        people=wanted.people,
        purpose=purpose,
        contact=contact,
        pc4=pc4,
    )


def wanted_in(part: Mapping[str, Any]) -> Wanted:
    until = part["until"]
    return Wanted(
        first_on=date.fromisoformat(part["day"]),
        times=Times(time.fromisoformat(part["starts"]), time.fromisoformat(part["ends"])),
        recurrence=Recurrence(
            frequency=Frequency(part["frequency"]),
            until=date.fromisoformat(until) if until else None,
            count=part["count"],
        ),
        people=part["people"],
    )


def dates_part(
    wanted: Wanted,
    purpose: str,
    choices: Mapping[date, str],
    slots: tuple[str, ...],
) -> dict[str, Any]:
    """As a draft keeps it; `wanted_in` reads it back."""
    recurrence = wanted.recurrence
    return {
        "day": wanted.first_on.isoformat(),
        "starts": f"{wanted.times.starts:%H:%M}",
        "ends": f"{wanted.times.ends:%H:%M}",
        "frequency": recurrence.frequency.value,
        "until": recurrence.until.isoformat() if recurrence.until else "",
        "count": recurrence.count,
        "people": wanted.people,
        "purpose": purpose,
        "choices": {day.isoformat(): key for day, key in choices.items()},
        "slots": list(slots),
    }
