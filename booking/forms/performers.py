"""Who plays."""

from core.forms import Email, Form, FormToken, Text
from core.language import lazy_gettext as _l


class PerformerForm(Form):
    name = Text(_l("Naam"), max=80, missing=_l("Vul de naam van de speler in."))
    email = Email(_l("E-mailadres"), required=False)
    form_token = FormToken()


class RetireForm(Form):
    why = Text(_l("Waarom?"), max=200, required=False)


class BackForm(Form):
    """Only the guard against forged posts: the button is all there is."""
