"""The pages on which somebody books a room."""

from datetime import date, time
from typing import Any

from booking.forms.asking import ContactForm, UtrechtPostcode
from booking.rules.recurrence import Frequency, Recurrence, Times
from booking.rules.room_answers import Wanted
from core.forms import (
    Choice,
    ClockTime,
    Form,
    FormToken,
    LocalDate,
    Text,
    WholeNumber,
)
from core.language import lazy_gettext as _l

LONGEST_PURPOSE = 120
MOST_PEOPLE = 2000
MOST_TIMES = 999  # to be read; the rules say how many there may be


class DatesForm(Form):
    """When, how often, with how many. The names stand in the addresses that lead here."""

    day = LocalDate(_l("Datum"), name="datum")
    starts = ClockTime(_l("Van"), name="van")
    ends = ClockTime(_l("Tot"), name="tot")
    people = WholeNumber(
        _l("Hoeveel mensen?"),
        min=1,
        max=MOST_PEOPLE,
        missing=_l("Vul in met hoeveel mensen je ongeveer komt, bijvoorbeeld 12."),
        name="mensen",
    )
    purpose = Text(
        _l("Waarvoor?"),
        max=LONGEST_PURPOSE,
        missing=_l("Vul in waarvoor je de ruimte gebruikt, bijvoorbeeld taalcafé."),
        name="waarvoor",
    )
    frequency = Choice(
        _l("Hoe vaak?"),
        [
            (Frequency.ONCE, _l("Eén keer")),
            (Frequency.WEEKLY, _l("Elke week")),
            (Frequency.FORTNIGHTLY, _l("Om de week")),
            (Frequency.MONTHLY, _l("Elke maand op dezelfde dag")),
        ],
        coerce=Frequency,
        default=Frequency.ONCE,
        missing=_l("Kies hoe vaak."),
        name="herhaling",
    )
    until = LocalDate(_l("Tot en met"), required=False, name="tot_en_met")
    count = WholeNumber(_l("Of: aantal keer"), max=MOST_TIMES, required=False, name="keer")

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        for field in (self.until, self.count):
            field.flags.optional = None  # one of the two is needed

    @property
    def wanted(self) -> Wanted | None:
        """As soon as it is known which dates are meant; how many come may follow."""
        day, starts, ends = self.day.data, self.starts.data, self.ends.data
        if not isinstance(day, date) or not isinstance(starts, time) or not isinstance(ends, time):
            return None
        times = Times(starts, ends)
        return Wanted(day, times, self._recurrence, self.people.data or 1)

    @property
    def _recurrence(self) -> Recurrence:
        frequency = self.frequency.data or Frequency.ONCE
        if frequency is Frequency.ONCE:
            return Recurrence()
        return Recurrence(frequency, self.until.data, self.count.data)

    def validate(self, extra_validators: Any = None) -> bool:
        """What was typed for a series is not judged when it is none."""
        super().validate(extra_validators)
        if self.frequency.data is Frequency.ONCE:
            self.until.errors = self.count.errors = []
        return not self.errors


def typed_dates(part: dict[str, Any]) -> dict[str, Any]:
    """What a draft kept, as the fields of `DatesForm` take it."""
    if not part:
        return {}
    until = part["until"]
    return {
        "day": date.fromisoformat(part["day"]),
        "starts": time.fromisoformat(part["starts"]),
        "ends": time.fromisoformat(part["ends"]),
        "frequency": Frequency(part["frequency"]),
        "until": date.fromisoformat(until) if until else None,
        **{name: part[name] for name in ("count", "people", "purpose")},
    }


class RoomContactForm(ContactForm):
    """Who books; the postcode only where the terms of the room ask for it."""

    postcode = UtrechtPostcode(_l("Postcode van je organisatie"), pc4=True)

    def __init__(self, *, asks_postcode: bool, **more: Any) -> None:
        super().__init__(**more)
        if not asks_postcode:
            del self.postcode


class BookForm(Form):
    """The last button."""

    form_token = FormToken()
