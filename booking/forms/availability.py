"""When and where a performer can play, as it is typed."""

from collections.abc import Iterable
from typing import Any

from wtforms import HiddenField

from booking.rules.availability import (
    Availability,
    OtherDays,
    WeeklyPart,
    ticked,
    weekly,
)
from booking.rules.norms import DayPart
from booking.rules.place_kinds import Avoided, Objection, PlaceKind
from core.fields import Label
from core.forms import Choice, Choices, Form, FormToken, HiddenNumber, LocalDate, Text, WholeNumber
from core.language import gettext as _
from core.language import lazy_gettext as _l
from venues.forms.hours import WEEKDAYS, WeekForm, with_week
from venues.rules.opening import WeeklyHours

LONGEST_LIST = 10_000
FINE = "fine"
CANNOT, EXTRA = "cannot", "extra"
PARTS = (
    (DayPart.MORNING.value, _l("ochtend")),
    (DayPart.AFTERNOON.value, _l("middag")),
    (DayPart.EVENING.value, _l("avond")),
)
OBJECTIONS = (
    (FINE, _l("geen bezwaar")),
    (Objection.RATHER_NOT.value, _l("liever niet")),
    (Objection.CANNOT.value, _l("kan niet")),
)
KINDS = {
    PlaceKind.OUTDOORS: _l("Buiten"),
    PlaceKind.NO_SHELTER: _l("Buiten, zonder plek om te schuilen"),
    PlaceKind.STEPS: _l("Drempels of trappen, zonder lift"),
    PlaceKind.NO_TOILET: _l("Geen aangepast toilet"),
    PlaceKind.NOISY: _l("Niet stil"),
    PlaceKind.OVER_CANAL: _l("Over het kanaal (Leidsche Rijn, Vleuten-De Meern)"),
}


class SeenForm(Form):
    """Comes back with the keys of the stops that were shown to be hit."""

    seen: Any = HiddenField()

    @property
    def seen_keys(self) -> frozenset[str]:
        return frozenset(str(self.seen.data or "")[:LONGEST_LIST].split())


class AvailabilityForm(WeekForm, SeenForm):
    """The week, how much, and where. The fields of each weekday and kind are added below."""

    at_most: Any = WholeNumber(
        _l("Hoeveel ontmoetingen wil je hoogstens op een dag?"), min=1, max=50, required=False
    )
    version: Any = HiddenNumber()

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        for each in self.part_fields:
            each.flags.optional = False  # no tick is an answer too

    @classmethod
    def of(cls, said: Availability, version: int) -> "AvailabilityForm":
        parts = ticked(said)
        avoided = {each.kind: each.objection.value for each in said.avoids}
        hours = [] if said.is_any_time else [e for e in said.hours if not _is_ticked(e, parts)]
        days = {
            f"parts_{day}": [each.part.value for each in parts if each.weekday == day]
            for day in range(len(WEEKDAYS))
        }
        places = {f"at_{kind}": avoided.get(kind, FINE) for kind in KINDS}
        more = {"at_most": said.at_most, "version": version}
        return cls(data={**cls.as_typed(hours), **days, **places, **more})

    @property
    def part_fields(self) -> list[Any]:
        return [self[f"parts_{day}"] for day in range(len(WEEKDAYS))]

    @property
    def place_fields(self) -> list[Any]:
        return [self[f"at_{kind}"] for kind in KINDS]

    @property
    def has_hours(self) -> bool:
        """Something is typed there: it does not stay folded away."""
        return any(row.opens.typed or row.closes.typed for row in self.rows())

    def validate(self, *args: Any, **more: Any) -> bool:
        if not super().validate(*args, **more):
            return False
        if not self._ticked() and not self.opening_hours():
            said = _(
                "Vink minstens één dagdeel aan. Kun je een tijd niet? Zet dat bij andere dagen."
            )
            self.refuse([said], "parts_0")  # kept, it would read as nothing said
        return not self.errors

    def said(self) -> Availability:
        """Of a form that is valid; other days are no part of it."""
        parts, hours = weekly(self._ticked(), self.opening_hours())
        return Availability(parts, hours, avoids=tuple(self._avoids()), at_most=self.at_most.data)

    def _ticked(self) -> list[WeeklyPart]:
        return [
            WeeklyPart(day, DayPart(part))
            for day, field in enumerate(self.part_fields)
            for part in field.data or ()
        ]

    def _avoids(self) -> Iterable[Avoided]:
        answers = [(kind, self[f"at_{kind}"].data) for kind in sorted(KINDS)]
        return [Avoided(kind, Objection(said)) for kind, said in answers if said != FINE]


class DaysForm(SeenForm):
    """Days that are not as other weeks."""

    kind: Any = Choice(
        _l("Wat is er dan?"),
        [
            (CANNOT, _l("Kan niet")),
            (EXTRA, _l("Kan juist wel, anders dan in een gewone week")),
        ],
        default=CANNOT,
    )
    first_on: Any = LocalDate(_l("Eerste dag"))
    last_on: Any = LocalDate(_l("Laatste dag"), required=False)
    words: Any = Text(_l("Een woord erbij"), max=80, required=False)
    token: Any = FormToken()

    def validate(self, *args: Any, **more: Any) -> bool:
        if not super().validate(*args, **more):
            return False
        if self.last_on.data and self.last_on.data < self.first_on.data:
            self.refuse([_("Kies een laatste dag die niet voor de eerste dag ligt.")], "last_on")
        return not self.errors

    def days(self) -> OtherDays:
        """Of a form that is valid."""
        first = self.first_on.data
        last = self.last_on.data or first
        return OtherDays(first, last, self.kind.data == EXTRA, self.words.data or "")


def _is_ticked(hours: WeeklyHours, parts: Iterable[WeeklyPart]) -> bool:
    """The whole day shows as ticks alone."""
    return len(PARTS) == sum(each.weekday == hours.weekday for each in parts)


def _from(**which: Any) -> Label:
    return _l("%(day)s, van (%(n)s)", **which)


def _until(**which: Any) -> Label:
    return _l("%(day)s, tot (%(n)s)", **which)


with_week(AvailabilityForm, _from, _until)
for _day, _name in enumerate(WEEKDAYS):
    setattr(AvailabilityForm, f"parts_{_day}", Choices(_name, PARTS))
for _kind, _label in KINDS.items():
    setattr(AvailabilityForm, f"at_{_kind}", Choice(_label, OBJECTIONS, default=FINE))
