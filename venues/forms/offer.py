from core.forms import Email, Form, Phone, Postcode, Text
from core.language import lazy_gettext as _l
from venues.forms.venue import one_number


class OfferForm(Form):
    """Somebody without an account who wants to lend a place."""

    place = Text(_l("Hoe heet je plek?"), max=120, missing=_l("Vul de naam van je plek in."))
    street = Text(_l("Straat"), max=120, missing=_l("Vul de straat in."))
    house_number = Text(_l("Huisnummer"), max=12, required=False)
    postcode = Postcode(_l("Postcode van de plek"), pc4=True)
    name = Text(_l("Hoe heet je?"), max=120, missing=_l("Vul je naam in."))
    email = Email(_l("Je e-mailadres"))
    phone = Phone(_l("Telefoonnummer"), validators=[one_number()])
