"""What page 1 says of the dates, and what somebody chose on it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from werkzeug.datastructures import MultiDict

from booking.forms.reserving import DatesForm
from booking.queries.offered_dates import offered_dates
from booking.rules.instead import LEFT_OUT, OfferedDate, against_all, parse_slot
from booking.rules.room_answers import Wanted, wanted_findings
from booking.rules.room_asked import AskedDate
from booking.views.reserving.steps import Visit
from core.findings import Finding, blockers
from core.reading import calendar_date

CHOICE = "keuze-"  # before the day, in the name of a field
FREE, TAKEN = "vrij", "bezet"  # hidden beside each date: how it stood when the page was made
WAITABLE = {"room_taken", "room_busy_outside", "room_kept"}


@dataclass(frozen=True, slots=True)
class Overview:
    """What the page says of the dates. `wanted` None: it is not known yet which are meant."""

    wanted: Wanted | None
    against: tuple[Finding, ...] = ()  # why none of them can be had
    dates: tuple[OfferedDate, ...] = ()

    @property
    def is_series(self) -> bool:
        return self.wanted is not None and self.wanted.recurrence.is_series

    @property
    def taken(self) -> list[OfferedDate]:
        return [each for each in self.dates if not each.is_free]

    @property
    def free_by_month(self) -> list[tuple[date, list[OfferedDate]]]:
        free = [each for each in self.dates if each.is_free]
        grouped = groupby(free, key=lambda each: each.day.replace(day=1))
        return [(month, list(dates)) for month, dates in grouped]

    @property
    def slots(self) -> tuple[AskedDate, ...]:
        return tuple(each.chosen for each in self.dates if each.chosen)

    def lost(self, choices: Mapping[date, str]) -> list[date]:
        """Days on which something was chosen instead that is not offered any more."""
        picked = [each for each in self.taken if parse_slot(choices.get(each.day, ""))]
        return [each.day for each in picked if not each.chosen]

    @property
    def can_wait(self) -> bool:
        """The one date is taken by somebody else, who may leave."""
        codes = {f.code for each in self.dates for f in blockers(each.judged.findings)}
        return not self.is_series and bool(codes) and codes <= WAITABLE


def overview_of(visit: Visit, form: DatesForm, choices: Mapping[date, str]) -> Overview:
    wanted = form.wanted
    if wanted is None:
        return Overview(None)
    if against := wanted_findings(wanted):
        return Overview(wanted, tuple(against))
    dates = offered_dates(visit.room, wanted, choices, visit.now)
    if about_all := against_all([each.judged for each in dates]):
        return Overview(wanted, tuple(about_all))
    return Overview(wanted, (), tuple(dates))


def choices_in(sent: "MultiDict[str, str]") -> dict[date, str]:
    """What was chosen by hand, by day. A free date whose box came without a tick is left out."""
    named = [(name, key) for name, key in sent.items() if name.startswith(CHOICE)]
    chosen = {name.removeprefix(CHOICE): key for name, key in named}
    unticked = {day: LEFT_OUT for day in sent.getlist(FREE) if day not in chosen}
    by_hand = {day: key for day, key in chosen.items() if parse_slot(key)} | unticked
    return {day: key for written, key in by_hand.items() if (day := day_in(written))}


def day_in(written: str) -> date | None:
    try:
        return calendar_date(written)
    except ValueError:
        return None
