"""The five pages on which somebody asks for the cube."""

from collections.abc import Mapping, Sequence
from typing import Any

from booking.rules.answers import Kind, Knows, Openness, Setting
from booking.rules.norms import DayPart
from core.fields import Label
from core.forms import (
    Choice,
    Email,
    Form,
    FormToken,
    LocalDate,
    LongText,
    Phone,
    Postcode,
    Select,
    Text,
    WholeNumber,
)
from core.language import gettext as _
from core.language import lazy_gettext as _l
from venues.facts import find_postcode
from venues.rules.fit import Ground

LONGEST_NAME = 120
LONGEST_HOUSE_NUMBER = 12
LONGEST_PHONE = 20
LONGEST_HOPE = 2000
LONGEST_WISH = 40
MOST_VISITORS = 500
WAYS = ("live_here", "by_key_figure", "walk_in", "from_city")
OUTSIDE = _l(
    "Deze postcode ligt niet in Utrecht. Vul een Utrechtse postcode in, bijvoorbeeld 3563 CB."
)

Pairs = list[tuple[str, Label]]
YES_NO_UNKNOWN: Pairs = [
    (Knows.UNKNOWN, _l("Weet ik niet")),
    (Knows.YES, _l("Ja")),
    (Knows.NO, _l("Nee")),
]


def known(label: Label) -> Select:
    """A question to which one may not know the answer."""
    return Select(label, YES_NO_UNKNOWN, default=Knows.UNKNOWN.value)


class UtrechtPostcode(Postcode):
    def read(self, text: str) -> str:
        found = super().read(text)
        if find_postcode(found) is None:
            raise ValueError(str(OUTSIDE))
        return str(found)


def _room_id(text: str | int) -> int | None:
    return int(text) if text else None


class WhereForm(Form):
    """Three ways to say where; only the fields of the chosen way count."""

    kind = Choice(
        _l("Waar kan de kubus staan?"),
        [
            (Kind.KNOWN, _l("Op een plek uit de lijst")),
            (Kind.OWN, _l("Op onze eigen plek")),
            (Kind.NONE, _l("We zoeken nog een ruimte")),
        ],
        missing=_l("Kies waar de kubus kan staan."),
    )
    room = Select(_l("Welke plek?"), coerce=_room_id, missing=_l("Kies een plek uit de lijst."))
    name = Text(
        _l("Hoe heet de plek?"),
        max=LONGEST_NAME,
        missing=_l("Vul in hoe de plek heet, bijvoorbeeld Buurthuis De Zon."),
    )
    street = Text(_l("Straat"), max=LONGEST_NAME, missing=_l("Vul de straat in."))
    house_number = Text(_l("Huisnummer"), max=LONGEST_HOUSE_NUMBER, required=False)
    postcode = UtrechtPostcode(_l("Postcode"))
    setting = Choice(
        _l("Binnen of buiten?"),
        [(Setting.INDOORS, _l("Binnen")), (Setting.OUTDOORS, _l("Buiten"))],
        missing=_l("Kies binnen of buiten."),
    )
    floor = known(_l("Is er 3 bij 3 meter vloer vrij?"))
    step_free = known(_l("Kun je er zonder drempel of trap komen?"))
    power = known(_l("Is er een stopcontact?"))
    height = known(_l("Is de ruimte minstens 2,60 meter hoog?"))
    ground = Select(
        _l("Hoe is de ondergrond?"),
        [
            (Knows.UNKNOWN, _l("Weet ik niet")),
            (Ground.FIRM, _l("Hard: tegels of asfalt")),
            (Ground.SOFT, _l("Zacht: gras of zand")),
        ],
        default=Knows.UNKNOWN.value,
    )
    sheltered = known(_l("Kun je er schuilen als het regent?"))
    area = UtrechtPostcode(_l("Postcode van jullie buurt"), pc4=True)
    near = Choice(
        _l("Welke plek willen jullie?"),
        missing=_l("Kies een plek, of laat het theater zoeken."),
    )
    near_area = Text(max=4, required=False)  # the postcode of the places that stood on the page

    WAYS: Mapping[str, Sequence[str]] = {
        Kind.KNOWN: ("room",),
        Kind.OWN: (
            "name",
            "street",
            "house_number",
            "postcode",
            "setting",
            "floor",
            "step_free",
            "power",
            "height",
            "ground",
            "sheltered",
        ),
        Kind.NONE: ("area", "near"),
    }

    @property
    def area_shown(self) -> bool:
        """Whether the places on the page are those around the postcode that is filled in."""
        return bool(self.area.data) and self.near_area.data == str(self.area.data)[:4]

    def validate(self, extra_validators: Any = None) -> bool:
        """What was typed for another way is neither judged nor lost."""
        super().validate(extra_validators)
        for name in self._uncounted():
            self[name].errors = []
        if not (self.area_shown and self.near.choices):
            self.near.errors = []  # nobody could choose yet
        return not self.errors

    def _uncounted(self) -> list[str]:
        return [name for way, names in self.WAYS.items() if way != self.kind.data for name in names]


class WhenForm(Form):
    """What the buttons say; each sends one of these."""

    add = Text(max=LONGEST_WISH, required=False)
    remove = Text(max=LONGEST_WISH, required=False)
    up = Text(max=LONGEST_WISH, required=False)

    def validate(self, extra_validators: Any = None) -> bool:
        """Buttons have no place to put a sentence: it goes to the top of the page."""
        if super().validate(extra_validators):
            return True
        for field in self:
            field.errors = []
        self.refuse([_("Kies een moment uit de lijst.")])
        return False


class OtherDateForm(Form):
    """A date of one's own; sent with GET, so it is part of the address."""

    datum = LocalDate(_l("Datum"))
    dagdeel = Select(
        _l("Dagdeel"),
        [
            (DayPart.MORNING, _l("ochtend")),
            (DayPart.AFTERNOON, _l("middag")),
            (DayPart.EVENING, _l("avond")),
        ],
        coerce=DayPart,
        default=DayPart.AFTERNOON,
    )


class VisitorsForm(Form):
    """How many will come, and in which way."""

    live_here = WholeNumber(_l("Mensen die hier wonen"), max=MOST_VISITORS, required=False)
    by_key_figure = WholeNumber(
        _l("Mensen die meekomen met een sleutelfiguur"), max=MOST_VISITORS, required=False
    )
    walk_in = WholeNumber(_l("Mensen die zo binnenlopen"), max=MOST_VISITORS, required=False)
    from_city = WholeNumber(
        _l("Mensen die uit de hele stad komen"), max=MOST_VISITORS, required=False
    )

    @property
    def total(self) -> int:
        return sum(self[way].data or 0 for way in WAYS)

    def validate(self, extra_validators: Any = None) -> bool:
        sound: bool = super().validate(extra_validators)
        if any(self[way].errors for way in WAYS):
            return False
        if self.total == 0:
            self.refuse([_("Vul in hoeveel bezoekers er ongeveer komen.")], WAYS[0])
        elif self.total > MOST_VISITORS:
            self.refuse(
                [_("Vul samen hoogstens %(most)s bezoekers in.", most=MOST_VISITORS)], WAYS[0]
            )
        return sound and not self.errors


class AudienceForm(VisitorsForm):
    openness = Choice(
        _l("Voor wie is het open?"),
        [
            (Openness.OPEN, _l("Open: iedereen mag komen")),
            (Openness.CLOSED, _l("Besloten: alleen onze mensen")),
        ],
        missing=_l("Kies open of besloten."),
    )
    hope = LongText(_l("Wat hoop je dat de ontmoeting brengt?"), max=LONGEST_HOPE, required=False)


class ContactForm(Form):
    organisation = Text(
        _l("Organisatie of groep"),
        max=LONGEST_NAME,
        missing=_l("Vul in namens wie je vraagt, bijvoorbeeld Buurtteam Overvecht."),
    )
    name = Text(_l("Je naam"), max=LONGEST_NAME, missing=_l("Vul je naam in."))
    email = Email(_l("Je e-mailadres"))
    phone = Phone(_l("Je telefoonnummer"), required=False)

    def validate_phone(self, field: Phone) -> None:
        fit_phone(field)


class SendForm(Form):
    """The last button."""

    form_token = FormToken()


def fit_phone(field: Phone) -> None:
    """Without the spaces when it is too long with them."""
    if len(field.data) > LONGEST_PHONE:
        field.data = "".join(letter for letter in field.data if letter in "+0123456789")
