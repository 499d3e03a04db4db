"""The hours of one day, and the holidays on which a room is closed."""

from collections.abc import Iterator
from datetime import time
from typing import Any

from core.forms import Choices, ClockTime, Form, LocalDate
from core.language import gettext as _
from core.language import lazy_gettext as _l
from venues.forms.hours import ClosingTime, Row
from venues.rules.opening import DayHours
from venues.rules.values import PERIODS_A_DAY


class DayForm(Form):
    """When a room is open on one day, whatever it is in other weeks."""

    day_on: Any = LocalDate(_l("Welke dag?"))
    opens_0 = ClockTime(_l("Open van (1)"), required=False)
    closes_0 = ClosingTime(_l("Open tot (1)"), required=False)
    opens_1 = ClockTime(_l("Open van (2)"), required=False)
    closes_1 = ClosingTime(_l("Open tot (2)"), required=False)
    opens_2 = ClockTime(_l("Open van (3)"), required=False)
    closes_2 = ClosingTime(_l("Open tot (3)"), required=False)

    def rows(self) -> Iterator[Row]:
        weekday = self.day_on.data.weekday() if self.day_on.data else 0
        for n in range(PERIODS_A_DAY):
            yield Row(weekday, self[f"opens_{n}"], self[f"closes_{n}"])

    def hours(self) -> list[DayHours]:
        """Of a form that is valid."""
        weekly = [row.hours for row in self.rows() if not row.is_empty]
        return [DayHours(self.day_on.data, each.opens_at, each.closes_at) for each in weekly]

    def field_at(self, _weekday: int, opens_at: time) -> str:
        """The name of the field that holds this time; the last one when there are more."""
        return str([row.opens.name for row in self.rows() if row.opens.data == opens_at][-1])

    def validate(self, *args: Any, **more: Any) -> bool:
        is_read = bool(super().validate(*args, **more))
        are_whole = [row.is_whole() for row in self.rows()]
        if all(row.is_empty for row in self.rows()):
            said = _("Vul een tijd in. Is de ruimte die dag dicht? Voeg dan een sluiting toe.")
            self.refuse([said], "opens_0")
            return False
        return is_read and all(are_whole)


class HolidaysForm(Form):
    """Ticked days become closures; which there are, the page says."""

    days = Choices(
        _l("Wanneer is de ruimte dicht?"),
        required=True,
        missing=_l("Vink minstens één vakantie of feestdag aan."),
    )
