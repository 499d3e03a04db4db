"""What somebody looks for, as it stands in the address."""

from datetime import timedelta
from typing import Any

from booking.forms.asking import UtrechtPostcode
from booking.rules.norms import DayPart
from core.forms import Choice, Choices, ClockTime, Form, LocalDate, Select, WholeNumber
from core.language import lazy_gettext as _l

AT_TIMES = "tijd"
PARTS = {
    "ochtend": DayPart.MORNING,
    "middag": DayPart.AFTERNOON,
    "avond": DayPart.EVENING,
}
TWO_HOURS = 120
LENGTHS = (60, 90, TWO_HOURS, 180, 240)  # minutes
MOST_PEOPLE = 2000


class FinderForm(Form):
    """Nothing is required: what is left out does not matter to who looks."""

    class Meta(Form.Meta):
        csrf = False  # it only asks

    postcode = UtrechtPostcode(_l("Postcode"), pc4=True, required=False)
    people = WholeNumber(
        _l("Hoeveel mensen?"), min=1, max=MOST_PEOPLE, required=False, name="mensen"
    )
    when = Choice(
        _l("Wanneer?"),
        [
            (AT_TIMES, _l("Op één dag")),
            ("ochtend", _l("Een ochtend, binnen een week")),
            ("middag", _l("Een middag, binnen een week")),
            ("avond", _l("Een avond, binnen een week")),
        ],
        required=False,
        name="wanneer",
    )
    day = LocalDate(_l("Dag"), required=False, name="datum")
    starts = ClockTime(_l("Van"), required=False, name="van")
    ends = ClockTime(_l("Tot"), required=False, name="tot")
    length = Select(_l("Hoe lang?"), required=False, coerce=int, name="duur")
    needs = Choices(_l("Wat is er nodig?"), name="nodig")
    district = Select(_l("Wijk"), required=False, name="wijk")

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        for field in self:
            field.flags.optional = None  # said once, for all of them
        self.when.data = self.when.data or AT_TIMES
        if self.length.data is None and not self.length.raw_data:
            self.length.data = TWO_HOURS

    @property
    def part(self) -> DayPart | None:
        """None: at times of one day."""
        return PARTS.get(self.when.data)

    @property
    def stretch(self) -> timedelta:
        return timedelta(minutes=self.length.data or TWO_HOURS)
