"""What an asker fills in on the private page of a request."""

from booking.forms.asking import LONGEST_HOPE, VisitorsForm, fit_phone
from core.forms import Choice, Form, HiddenNumber, LongText, Phone
from core.language import lazy_gettext as _l

LONGEST_WHY = 1000


class DetailsForm(VisitorsForm):
    hope = LongText(_l("Wat hoop je dat de ontmoeting brengt?"), max=LONGEST_HOPE, required=False)
    phone = Phone(_l("Je telefoonnummer"), required=False)
    version = HiddenNumber()

    def validate_phone(self, field: Phone) -> None:
        fit_phone(field)


class WithdrawForm(Form):
    version = HiddenNumber()


class CancelOwnForm(Form):
    why = LongText(
        _l("Waarom gaat het niet door?"),
        max=LONGEST_WHY,
        missing=_l("Vul in waarom het niet doorgaat. Eén zin is genoeg."),
    )
    version = HiddenNumber()


class OptionAnswerForm(Form):
    answer = Choice(
        _l("Wat is je antwoord?"),
        [
            ("yes", _l("Ja, we willen dit moment zeker")),
            ("no", _l("Nee, laat dit moment los. Onze aanvraag blijft staan")),
        ],
        missing=_l("Kies ja of nee."),
    )
    version = HiddenNumber()

    @property
    def wants_it(self) -> bool:
        return bool(self.answer.data == "yes")


class AlternativeForm(Form):
    position = Choice(_l("Welk moment kies je?"), coerce=int, missing=_l("Kies een moment."))
    version = HiddenNumber()
