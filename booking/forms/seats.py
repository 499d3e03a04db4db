"""What a visitor fills in to sit in the cube. No name is asked."""

from booking.rules.encounters import SEATS, Company
from core.forms import Choice, Email, Form, FormToken, HiddenNumber, Phone, WholeNumber
from core.language import lazy_gettext as _l


class SeatForm(Form):
    encounter = Choice(_l("Hoe laat?"), coerce=int, missing=_l("Kies een tijd."))
    company = Choice(_l("Hoe kom je?"), coerce=Company, missing=_l("Kies hoe je komt."))


class TakeSeatForm(SeatForm):
    email = Email(_l("E-mailadres"), required=False)
    phone = Phone(_l("Telefoonnummer"), required=False)
    form_token = FormToken()


class WaitForSeatForm(SeatForm):
    email = Email(_l("E-mailadres"), required=False)
    phone = Phone(_l("Telefoonnummer"), required=False)
    form_token = FormToken()


class InLineForm(Form):
    """Taking what is offered, or leaving the line, by the button that is pressed."""

    version = HiddenNumber()


class ChangeSeatForm(SeatForm):
    version = HiddenNumber()


class GiveBackForm(Form):
    version = HiddenNumber()


class HoldForm(Form):
    """How many seats of one encounter; the page has one such field for each."""

    version = HiddenNumber()


def hold_form(encounters: dict[int, str]) -> type[HoldForm]:
    """A form with a field for each encounter, by id, labelled with its time."""
    fields = {
        f"seats_{encounter_id}": WholeNumber(label, min=0, max=SEATS)
        for encounter_id, label in encounters.items()
    }
    return type("HoldForm", (HoldForm,), fields)
