"""When a performer can play, as it is typed."""

from typing import Any

from wtforms import HiddenField

from booking.phrases.availability import days_line
from booking.rules.availability import Availability, DaysOff, PlaceKind
from core.choices import Choices
from core.fields import Label
from core.forms import Choice, LocalDate, Text, WholeNumber
from core.language import gettext as _
from core.language import lazy_gettext as _l
from venues.forms.hours import WeekForm, with_week
from venues.forms.version import VersionedForm

OFF, EXTRA = "off", "extra"
KINDS = (
    (PlaceKind.OUTDOORS, _l("Buiten")),
    (PlaceKind.STEPS, _l("Waar drempels of trappen zijn")),
)


class AvailabilityForm(VersionedForm, WeekForm):
    """All of it on one page; what stops it hits is sent along once it was seen."""

    first_on: Any = LocalDate(_l("Eerste dag"), required=False)
    last_on: Any = LocalDate(_l("Laatste dag"), required=False)
    can: Any = Choice(
        _l("Kun je dan?"),
        [(OFF, _l("Nee, dan kan ik niet")), (EXTRA, _l("Ja, dan kan ik wel"))],
        default=OFF,
    )
    words: Any = Text(_l("Kort woord erbij"), max=80, required=False)
    gone: Any = Choices(_l("Welke dagen mogen weg?"))
    at_most: Any = WholeNumber(
        _l("Hoeveel ontmoetingen wil je op een dag?"), min=1, max=50, required=False
    )
    avoids: Any = Choices(_l("Waar speel je liever niet?"), KINDS)
    seen: Any = HiddenField()

    @classmethod
    def of(cls, said: Availability, version: int) -> "AvailabilityForm":
        form = cls(
            data={
                **cls.as_typed(said.week),
                "at_most": said.at_most,
                "avoids": [str(kind) for kind in said.avoids],
                "version": version,
            }
        )
        form.gone.offer([(_key(each), days_line(each)) for each in said.days])
        return form

    def validate(self, *args: Any, **more: Any) -> bool:
        return bool(super().validate(*args, **more)) and self._is_in_order()

    def said(self, before: Availability) -> Availability:
        """Of a form that is valid."""
        kept = [each for each in before.days if _key(each) not in (self.gone.data or [])]
        return Availability(
            week=self.opening_hours(),
            days=tuple(sorted([*kept, *self._added()], key=lambda each: each.first_on)),
            at_most=self.at_most.data,
            avoids=frozenset(PlaceKind(kind) for kind in self.avoids.data or []),
        )

    @property
    def seen_ids(self) -> frozenset[int]:
        return frozenset(int(each) for each in str(self.seen.data or "").split() if each.isdigit())

    def _added(self) -> list[DaysOff]:
        first = self.first_on.data
        if first is None:
            return []
        last = self.last_on.data or first
        return [DaysOff(first, last, self.can.data == EXTRA, self.words.data or "")]

    def _is_in_order(self) -> bool:
        first, last = self.first_on.data, self.last_on.data
        if last and not first:
            self.refuse([_("Vul ook de eerste dag in.")], "first_on")
        elif first and last and last < first:
            self.refuse([_("Kies een laatste dag die niet voor de eerste dag ligt.")], "last_on")
        elif first and last and (last - first).days > 400:
            self.refuse([_("Kies hoogstens een jaar.")], "last_on")
        return not self.errors


def _key(days: DaysOff) -> str:
    return f"{days.first_on}/{days.last_on}/{EXTRA if days.is_extra else OFF}"


def _from(**which: Any) -> Label:
    return _l("%(day)s, kan van (%(n)s)", **which)


def _until(**which: Any) -> Label:
    return _l("%(day)s, kan tot (%(n)s)", **which)


with_week(AvailabilityForm, _from, _until)
