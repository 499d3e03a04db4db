from datetime import date, datetime, time, timedelta
from typing import Any

from core.clock import AmbiguousLocalTime, NoSuchLocalTime, midnight, to_utc
from core.forms import ClockTime, Form, LocalDate, Text
from core.language import gettext as _
from core.language import lazy_gettext as _l
from core.period import Period
from venues.rules.values import ClosureDetails


class ClosureForm(Form):
    """When a room is closed: whole days, or between two times."""

    first_on: Any = LocalDate(_l("Eerste dag"))
    starts: Any = ClockTime(_l("Dicht vanaf"), required=False)
    last_on: Any = LocalDate(_l("Laatste dag"), required=False)
    ends: Any = ClockTime(_l("Weer open om"), required=False)
    reason: Any = Text(_l("Waarom?"), max=200, required=False)

    def validate(self, *args: Any, **more: Any) -> bool:
        return bool(super().validate(*args, **more)) and self._is_in_order()

    def details(self) -> ClosureDetails:
        """Of a form that is valid."""
        return ClosureDetails(Period(self._start(), self._end()), self.reason.data)

    @property
    def last_day(self) -> date:
        """Without a last day it is one day."""
        day: date = self.last_on.data or self.first_on.data
        return day

    def _is_in_order(self) -> bool:
        exist = [
            self._exists(self.starts, self.first_on.data),
            self._exists(self.ends, self.last_day),
        ]
        if not all(exist):
            return False
        if self._start() >= self._end():
            self._refuse_order()
            return False
        return True

    def _refuse_order(self) -> None:
        if self.last_day < self.first_on.data:
            self.refuse([_("Kies een laatste dag die niet voor de eerste dag ligt.")], "last_on")
        else:
            self.refuse([_("Kies een tijd die later is dan het begin.")], "ends")

    def _exists(self, field: Any, day: date) -> bool:
        """On the two days a year the clock changes, a time may not exist or come twice."""
        try:
            to_utc(day, field.data or time())
        except NoSuchLocalTime:
            said = _("Deze tijd bestaat die dag niet: de klok gaat van 2 naar 3 uur. Kies 3 uur.")
        except AmbiguousLocalTime:
            said = _("Deze tijd komt die dag twee keer: de klok gaat terug. Kies een ander uur.")
        else:
            return True
        self.refuse([said], field.name)
        return False

    def _start(self) -> datetime:
        return to_utc(self.first_on.data, self.starts.data or time())

    def _end(self) -> datetime:
        """Without a time: the end of the last day."""
        if self.ends.data is None:
            return midnight(self.last_day + timedelta(days=1))
        return to_utc(self.last_day, self.ends.data)
