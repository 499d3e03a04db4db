"""Partners, and the letter that invites somebody to ask for the cube."""

from collections.abc import Iterable

from wtforms import HiddenField

from booking.rules.outreach import PartnerDetails
from core.forms import (
    Choices,
    Email,
    Form,
    FormToken,
    HiddenNumber,
    LongText,
    Phone,
    Postcode,
    Text,
)
from core.language import lazy_gettext as _l

LONGEST_LETTER = 4_000
BETWEEN = "|"


class PartnerForm(Form):
    name = Text(_l("Naam"), max=120, missing=_l("Vul de naam van de organisatie in."))
    postcode = Postcode(_l("Postcode"), pc4=True)
    contact_name = Text(_l("Contactpersoon"), max=120, required=False)
    email = Email(_l("E-mailadres"), required=False)
    phone = Phone(_l("Telefoon"), required=False)
    note = LongText(_l("Notitie"), max=1000, required=False)
    source = Text(_l("Waar komt dit vandaan?"), max=200, required=False)
    version = HiddenNumber(default=0)
    form_token = FormToken()

    def details(self) -> PartnerDetails:
        given = {name: value for name, value in self.values().items() if name != "version"}
        return PartnerDetails(**given)


class RetireForm(Form):
    why = Text(_l("Waarom?"), max=200, missing=_l("Vul in waarom. Eén zin is genoeg."))
    version = HiddenNumber()


class BackForm(Form):
    version = HiddenNumber()


class LetterForm(Form):
    subject_line = Text(_l("Onderwerp"), max=150, missing=_l("Vul een onderwerp in."))
    words = LongText(
        _l("Tekst"), max=LONGEST_LETTER, missing=_l("Schrijf waarom je hen uitnodigt.")
    )
    read_as = HiddenField(default="")  # the words that the suggestions on the page were about

    def is_meant(self, words: Iterable[str]) -> bool:
        """Nothing to suggest, or nothing that was not said on the page before."""
        read = set(str(self.read_as.data or "").split(BETWEEN))
        return {word.casefold() for word in words} <= read

    def show_marks(self, words: Iterable[str]) -> None:
        self.read_as.process_data(BETWEEN.join(word.casefold() for word in words))


class InviteForm(LetterForm):
    again = Choices(_l("Toch uitnodigen"))
    form_token = FormToken()


class DraftForm(LetterForm):
    version = HiddenNumber()


class DropForm(Form):
    version = HiddenNumber()


class InvitationsForm(Form):
    """Only the guard against forged posts: the button is all there is."""
