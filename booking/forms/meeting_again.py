"""A room in which people go on meeting after the cube."""

from typing import Any

from booking.forms.reserving import DatesForm
from booking.rules.recurrence import Frequency, Recurrence
from core.forms import Choice, LocalDate
from core.language import lazy_gettext as _l


class MeetAgainForm(DatesForm):
    """As somebody who books that room fills it in, but always a series, until a day."""

    room = Choice(_l("Waar?"), coerce=int, missing=_l("Kies een ruimte."), name="ruimte")
    day = LocalDate(_l("Eerste keer"), name="datum")
    frequency = Choice(
        _l("Hoe vaak?"),
        [
            (Frequency.WEEKLY, _l("Elke week")),
            (Frequency.FORTNIGHTLY, _l("Om de week")),
            (Frequency.MONTHLY, _l("Elke maand op dezelfde dag")),
        ],
        coerce=Frequency,
        default=Frequency.WEEKLY,
        missing=_l("Kies hoe vaak."),
        name="herhaling",
    )
    until = LocalDate(_l("Tot en met"), name="tot_en_met")

    def __init__(self, rooms: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(**more)
        self.room.offer(rooms)
        del self.count

    @property
    def _recurrence(self) -> Recurrence:
        return Recurrence(self.frequency.data or Frequency.WEEKLY, self.until.data)
