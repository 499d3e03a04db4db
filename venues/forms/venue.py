from dataclasses import asdict, fields, replace
from typing import Any, Self, cast

from wtforms.validators import Length

from core.forms import FormToken, LongText, Phone, Postcode, Text, Tick
from core.language import lazy_gettext as _l
from venues.forms.version import VersionedForm
from venues.rules.values import VenueDetails

NEW_VENUE = VenueDetails(name="", postcode="")


def one_number() -> Length:
    """A telephone number that fits; two in one field do not."""
    return Length(max=20, message=cast(str, _l("Vul hier maar één telefoonnummer in.")))


class VenueForm(VersionedForm):
    """A venue, new or as it is."""

    name = Text(_l("Naam"), max=120, missing=_l("Vul de naam van de plek in."))
    street = Text(_l("Straat"), max=120, required=False)
    house_number = Text(_l("Huisnummer"), max=12, required=False)
    postcode = Postcode(_l("Postcode"), pc4=True)
    phone = Phone(
        _l("Telefoon van de plek"),
        required=False,
        validators=[one_number()],
    )
    arrival = LongText(_l("Hoe kom je er, en waar kun je uitladen?"), max=1000, required=False)
    opened_by = Text(_l("Wie doet er open?"), max=200, required=False)
    waiting_place = Text(_l("Waar kunnen bezoekers wachten?"), max=200, required=False)
    coffee = Text(_l("Is er koffie en thee?"), max=200, required=False)
    stays_after = Text(_l("Wie blijft er voor het gesprek achteraf?"), max=200, required=False)
    is_listed: Any = Tick(_l("Iedereen kan deze plek kiezen"), default=True)
    form_token = FormToken()

    @classmethod
    def of(cls, details: VenueDetails, version: int) -> Self:
        """Filled in with what is stored, unless something was sent."""
        return cls(data={**asdict(details), "version": version})

    def details(self, stored: VenueDetails = NEW_VENUE) -> VenueDetails:
        """What is stored, with what this form asks."""
        asked = [each.name for each in fields(VenueDetails) if each.name in self]
        return replace(stored, **{name: self[name].data for name in asked})


class HostVenueForm(VenueForm):
    """As a host fills it in: with a street, or nobody finds it; who may choose it is not asked."""

    street = Text(_l("Straat"), max=120, missing=_l("Vul de straat in."))
    is_listed = None
