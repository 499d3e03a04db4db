"""By when an asker hears: who asks for days of a moment, once all who ask for it are known."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from booking.rules.norms import Wish
from core.clock import midnight

A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Intake:
    """Days for which requests are collected first, to choose from all of them together."""

    name: str
    first_day: date
    last_day: date
    until: date  # the last day on which requests count

    def touches(self, first: date, last: date) -> bool:
        """It shares a day with those from `first` to `last`."""
        return self.first_day <= last and first <= self.last_day

    def heard_by(self, term: timedelta) -> datetime:
        """After the intake the theatre takes its ordinary term, and tells before the first day."""
        return min(midnight(self.until + A_DAY + term), midnight(self.first_day))


def running(wishes: Iterable[Wish], intakes: Iterable[Intake], today: date) -> list[Intake]:
    """Those that still collect and share a day with one of the wishes, the first to end first."""
    asked = [wish.days for wish in wishes]
    found = [
        intake
        for intake in intakes
        if today <= intake.until and any(intake.touches(*days) for days in asked)
    ]
    return sorted(found, key=lambda intake: (intake.until, intake.first_day, intake.name))


def promise(
    wishes: Iterable[Wish],
    intakes: Iterable[Intake],
    *,
    term: timedelta,
    today: date,
    now: datetime,
    before: datetime | None = None,
) -> datetime:
    """Until when the theatre answers. `before`: what was promised; only an intake makes it later.

    Asking again changes nothing, as long as the intakes stay as they are.
    """
    ordinary = min(before, now + term) if before else now + term
    every, collecting = list(wishes), list(intakes)
    waits = [
        min(intake.heard_by(term), midnight(wish.day))
        for wish in every
        for intake in running([wish], collecting, today)
    ]
    return max([ordinary, *waits])
