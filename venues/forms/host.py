from core.forms import Email, Form, Text
from core.language import lazy_gettext as _l
from venues.rules.values import HostDetails


class HostForm(Form):
    """Somebody who will speak for a venue."""

    name = Text(_l("Naam"), max=120, missing=_l("Vul de naam van de beheerder in."))
    email = Email(_l("E-mailadres"))

    def details(self) -> HostDetails:
        return HostDetails(**self.values())
