"""What continues after the cube, and how it was."""

from booking.rules.follow_up import Continues
from core.forms import Choice, Form, HiddenNumber, LongText, WholeNumber
from core.language import lazy_gettext as _l

MOST = 5_000
LONGEST = 1_000


class PlanForm(Form):
    plan = LongText(_l("Wie gaat waarmee door, waar en wanneer?"), max=LONGEST, required=False)
    version = HiddenNumber()


class ReportForm(Form):
    visitors = WholeNumber(_l("Hoeveel bezoekers waren er?"), max=MOST, required=False)
    first_time = WholeNumber(
        _l("Hoeveel van hen waren nog nooit bij een voorstelling?"), max=MOST, required=False
    )
    from_neighbourhood = WholeNumber(
        _l("Hoeveel van hen kwamen uit de buurt?"), max=MOST, required=False
    )
    continues = Choice(
        _l("Gaat er iets door?"),
        [
            (Continues.YES.value, _l("Ja, mensen zien elkaar weer")),
            (Continues.NOT_YET.value, _l("Nog niet, wel plannen")),
            (Continues.NO.value, _l("Nee")),
        ],
        coerce=Continues,
        missing=_l("Kies of er iets doorgaat."),
    )
    words = LongText(_l("Wat gaat er door?"), max=LONGEST, required=False)
