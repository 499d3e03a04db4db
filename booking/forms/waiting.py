"""Standing in line for a time in a room, and what is said on the private page."""

from typing import Any

from booking.forms.asking import ContactForm, UtrechtPostcode
from booking.forms.finder import MOST_PEOPLE
from booking.rules.recurrence import Times
from core.forms import ClockTime, Form, FormToken, HiddenNumber, LocalDate, Text, WholeNumber
from core.language import lazy_gettext as _l


class MomentForm(Form):
    """What the address says of the time that is wanted; nothing has to be there."""

    class Meta(Form.Meta):
        csrf = False  # it only asks

    day = LocalDate(name="datum", required=False)
    starts = ClockTime(name="van", required=False)
    ends = ClockTime(name="tot", required=False)
    people = WholeNumber(name="mensen", min=1, max=MOST_PEOPLE, required=False)


class JoinForm(ContactForm):
    day: Any = LocalDate(_l("Welke dag?"))
    starts: Any = ClockTime(_l("Van"))
    ends: Any = ClockTime(_l("Tot"))
    people: Any = WholeNumber(_l("Hoeveel mensen?"), min=1, max=MOST_PEOPLE)
    purpose: Any = Text(
        _l("Wat gaan jullie doen?"),
        max=200,
        missing=_l("Vul in waarvoor jullie de ruimte willen, bijvoorbeeld: taalcafé."),
    )
    postcode: Any = UtrechtPostcode(_l("Postcode van je organisatie"), pc4=True, required=False)
    form_token = FormToken()

    @property
    def times(self) -> Times | None:
        """None as long as a time is missing."""
        if self.starts.data is None or self.ends.data is None:
            return None
        return Times(self.starts.data, self.ends.data)


class AnswerForm(Form):
    """Taking what is offered, or leaving the line, by the button that is pressed."""

    version: Any = HiddenNumber()
    form_token = FormToken()
