"""What who booked a room fills in on the private page of the booking."""

from datetime import date
from typing import Any

from wtforms.validators import ValidationError

from booking.forms.asking import fit_phone
from booking.rules.recurrence import Times
from booking.rules.room_changes import Change, Scope
from core.forms import (
    Choice,
    Choices,
    ClockTime,
    Form,
    HiddenNumber,
    LocalDate,
    LongText,
    Phone,
    Select,
    Text,
    WholeNumber,
)
from core.language import gettext as _
from core.language import lazy_gettext as _l

LONGEST_WHY = 1000
LONGEST_PURPOSE = 200
MOST_PEOPLE = 2000


class CancelDatesForm(Form):
    scope = Choice(_l("Wat annuleer je?"), coerce=Scope, missing=_l("Kies wat je annuleert."))
    why = LongText(_l("Waarom?"), max=LONGEST_WHY, required=False)
    version = HiddenNumber()


class MoveForm(Form):
    """Where it should go: to look first, so it stands in the address."""

    class Meta(Form.Meta):
        csrf = False  # it only asks

    scope = Choice(_l("Voor welke data?"), coerce=Scope, name="voor")
    day = LocalDate(_l("Dag"), name="datum")
    starts = ClockTime(_l("Van"), name="van")
    ends = ClockTime(_l("Tot"), name="tot")
    room = Select(_l("Ruimte"), coerce=int, name="ruimte")

    def validate_ends(self, field: ClockTime) -> None:
        if self.starts.data and field.data is not None and not self.times.are_in_order:
            raise ValidationError(_("Kies een eindtijd die later is dan de begintijd."))

    @property
    def times(self) -> Times:
        return Times(self.starts.data, self.ends.data)

    def change_from(self, day: date) -> Change:
        """Counted from the day that the chosen date is on now."""
        return Change(self.times, (self.day.data - day).days)


class SendMoveForm(MoveForm):
    """The same, seen and meant. `staying`: dates that cannot move and stay as they are."""

    class Meta(Form.Meta):
        pass

    staying = Choices(coerce=int, name="blijft")
    version = HiddenNumber()


class ProposalsForm(Form):
    """Which of the times that were proposed is it about; what about it is in the button."""

    dates = Choices(
        _l("Welke data?"), required=True, coerce=int, missing=_l("Kies minstens één datum.")
    )
    version = HiddenNumber()


class MeetingDetailsForm(Form):
    people = WholeNumber(
        _l("Met hoeveel mensen kom je?"),
        min=1,
        max=MOST_PEOPLE,
        missing=_l("Vul in met hoeveel mensen je komt, bijvoorbeeld 12."),
    )
    purpose = Text(
        _l("Waarvoor komen jullie samen?"),
        max=LONGEST_PURPOSE,
        missing=_l("Vul in waarvoor jullie samenkomen, bijvoorbeeld: taalcafé."),
    )
    phone = Phone(_l("Je telefoonnummer"), required=False)
    version = HiddenNumber()

    def validate_phone(self, field: Phone) -> None:
        fit_phone(field)


def scopes(is_series: bool, choices: dict[Scope, str]) -> list[tuple[str, Any]]:
    """Options for a scope; what is no series has but one date."""
    return [(key.value, label) for key, label in choices.items() if is_series or key is Scope.THIS]
