"""What an organisation proposes around the visit of the cube, in its own words for when and who."""

from enum import StrEnum
from typing import Any

from booking.forms.side import SideForm
from booking.rules.side_when import LENGTHS, SideWhen, relative
from core.forms import Choice, ClockTime, Email, LocalDate, Select, Text
from core.language import gettext as _
from core.language import lazy_gettext as _l
from core.language import ngettext
from core.period import Period


class Doer(StrEnum):
    US = "us"
    OTHER = "other"


class OwnSideForm(SideForm):
    """`playing`: when the cube plays."""

    on_page = (
        *("title", "text", "when", "minutes", "day", "starts", "ends"),
        *("place", "room", "where", "people", "doer", "partner", "email", "phone"),
    )

    when = Choice(
        _l("Wanneer is het?"),
        [
            (SideWhen.BEFORE.value, _l("Vlak voor de kubus speelt")),
            (SideWhen.DURING.value, _l("Terwijl de kubus speelt")),
            (SideWhen.AFTER.value, _l("Meteen na de kubus")),
            (SideWhen.OTHER.value, _l("Op een ander moment")),
        ],
        coerce=SideWhen,
        missing=_l("Kies wanneer het is."),
    )
    minutes = Select(_l("Hoe lang duurt het?"), coerce=int, default=60)
    day = LocalDate(_l("Dag"), required=False)
    starts = ClockTime(_l("Van"), required=False)
    ends = ClockTime(_l("Tot"), required=False)
    doer = Choice(
        _l("Wie doet het?"),
        [(Doer.US.value, _l("Wij zelf")), (Doer.OTHER.value, _l("Iemand anders"))],
        coerce=Doer,
        missing=_l("Kies wie het doet."),
    )
    partner = Text(_l("Naam van wie het doet"), max=120, required=False)
    email = Email(_l("E-mail"), required=False)

    def __init__(self, playing: Period, **more: Any) -> None:
        super().__init__(**more)
        self.playing = playing
        self.minutes.offer([(str(each), _length(each)) for each in LENGTHS])

    def validate(self, extra_validators: Any = None) -> bool:
        super().validate(extra_validators)
        if self.doer.data is Doer.OTHER:
            self._need("partner", _("Vul in wie het doet."))
            self._need("email", str(Email.missing))
        return not self.is_refused

    def check_when(self) -> None:
        """Day and times only count for another moment."""
        if self.when.data is SideWhen.OTHER:
            for name in ("day", "starts", "ends"):
                self._need(name, str(self[name].missing))
            super().check_when()

    def _need(self, name: str, otherwise: str) -> None:
        if not self[name].typed:
            self.refuse([otherwise], name)

    @property
    def period(self) -> Period:
        if self.when.data is SideWhen.OTHER:
            return super().period
        return relative(self.when.data, self.playing, self.minutes.data)

    @property
    def is_ours(self) -> bool:
        return bool(self.doer.data is Doer.US)


def _length(minutes: int) -> str:
    if minutes % 60:
        return _("%(minutes)s minuten", minutes=minutes)
    return ngettext("%(num)d uur", "%(num)d uur", minutes // 60)
