from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Any, Self

from core.fields import Label
from core.forms import Choice, FormToken, LongText, Text, Tick, WholeNumber
from core.language import lazy_gettext as _l
from venues.forms.stored import NEW_ROOM, stored_values
from venues.forms.terms import TimesForm
from venues.forms.version import VersionedForm
from venues.rules.fit import Ground, Measures
from venues.rules.values import RoomDetails

YES, NO, UNKNOWN = "yes", "no", "unknown"
STATES = ("published", "paused", "retired")
Options = Sequence[tuple[str, Label]]
YES_OR_NO: Options = ((YES, _l("Ja")), (NO, _l("Nee")))
GROUNDS: Options = (
    (Ground.FIRM, _l("Verhard: tegels, asfalt of een vloer")),
    (Ground.SOFT, _l("Zacht: gras, zand of aarde")),
)
DESCRIPTION = 1000
FACTS = (
    "name",
    "welcomes_cube",
    "people",
    "description",
    "has_accessible_toilet",
    "has_kitchen",
    "has_screen",
    "has_garden",
)
KNOWN = {YES: True, NO: False, UNKNOWN: None, True: True, False: False}


def known(answer: str | bool) -> bool | None:
    """Yes, no, or nobody has said."""
    if answer not in KNOWN:
        raise ValueError(answer)
    return KNOWN[answer]


def known_ground(answer: str) -> Ground | None:
    return None if answer == UNKNOWN else Ground(answer)


class Question(Choice):
    """A question to which nobody may know the answer; saying so is an answer."""

    def __init__(self, label: Label = "", answers: Options = YES_OR_NO, **more: Any) -> None:
        options = [*answers, (UNKNOWN, _l("Weet ik niet"))]
        super().__init__(label, options, required=False, **{"coerce": known, **more})
        self.flags.optional = False


class Centimetres(WholeNumber):
    """A length that nobody may have measured."""

    def __init__(self, label: Label = "", **more: Any) -> None:
        super().__init__(label, min=1, max=20_000, required=False, **more)


class FactsForm(VersionedForm):
    """What a room is: what for, how big, what there is."""

    name = Text(_l("Naam van de ruimte"), max=120, missing=_l("Vul de naam van de ruimte in."))
    is_outdoors = Choice(
        _l("Binnen of buiten?"),
        [(NO, _l("Binnen")), (YES, _l("Buiten"))],
        coerce=known,
    )
    welcomes_meetings = Tick(_l("Groepen mogen hier samenkomen"))
    welcomes_cube = Tick(_l("De kubus mag hier komen"), default=True)
    people = WholeNumber(_l("Hoeveel mensen mogen erin?"), min=1, max=5_000, required=False)
    description = LongText(
        _l("Wat moet iemand weten die hier komt?"), max=DESCRIPTION, required=False
    )
    floor_length_cm = Centimetres(_l("Lengte van de vrije vloer in cm"))
    floor_width_cm = Centimetres(_l("Breedte van de vrije vloer in cm"))
    free_height_cm = Centimetres(_l("Vrije hoogte in cm"))
    door_width_cm = Centimetres(_l("Breedte van de smalste deur op de route in cm"))
    is_step_free = Question(_l("Kun je er zonder drempels en trappen komen?"))
    has_lift = Question(_l("Is er een lift?"))
    has_accessible_toilet = Question(_l("Is er een toegankelijk toilet?"))
    has_power = Question(_l("Is er een stopcontact?"))
    is_quiet = Question(_l("Is het er stil?"))
    has_kitchen = Question(_l("Is er een keuken?"))
    has_screen = Question(_l("Is er een scherm of beamer?"))
    has_garden = Question(_l("Is er een tuin bij?"))
    ground = Question(_l("Hoe is de ondergrond?"), GROUNDS, coerce=known_ground)
    is_sheltered = Question(_l("Kun je er schuilen als het regent?"))
    form_token = FormToken()

    @classmethod
    def of(cls, details: RoomDetails, version: int) -> Self:
        """Filled in with what is stored, unless something was sent."""
        return cls(data=stored_values(details, version))

    def details(self, stored: RoomDetails = NEW_ROOM) -> RoomDetails:
        """What is stored, with the facts of this form."""
        return replace(
            stored,
            measures=Measures(**{each.name: self[each.name].data for each in fields(Measures)}),
            terms=replace(stored.terms, welcomes_meetings=self.welcomes_meetings.data),
            **{name: self[name].data for name in FACTS},
        )


class RoomForm(FactsForm, TimesForm):
    """A room, new or as it is, with its opening hours and terms: all on one page."""

    @classmethod
    def of(cls, details: RoomDetails, version: int) -> Self:
        return super(FactsForm, cls).of(details, version)

    def details(self, stored: RoomDetails = NEW_ROOM) -> RoomDetails:
        return TimesForm.details(self, FactsForm.details(self, stored))


class RoomStateForm(VersionedForm):
    """One of the buttons that pause, stop and resume a room."""

    state = Choice(_l("Stand"), [(state, state) for state in STATES])
