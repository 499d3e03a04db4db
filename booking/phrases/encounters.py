"""Of encounters and their seats."""

from collections.abc import Callable, Mapping
from typing import Any

from booking.rules.encounters import Company, Seating
from core.filters import clock_time
from core.language import gettext as _
from core.language import ngettext

Data = Mapping[str, Any]


def seating(found: Seating) -> str:
    """What there is to choose; one seat left is an invitation."""
    if found.free == 0:
        return _("vol")
    if found.is_invitation:
        return _("Nog één plaats. Er komt al iemand. Kom je erbij?")
    return _("Twee plaatsen vrij")


def company(how: Company) -> str:
    return {
        Company.ALONE: _("Ik kom alleen. Iemand anders kan de andere plaats nemen."),
        Company.TOGETHER: _("We komen met z'n tweeën."),
    }[how]


PHRASES: dict[str, Callable[[Data], str]] = {
    "encounter_started": lambda d: _(
        "De ontmoeting van %(time)s uur is al begonnen. Kies een andere tijd.",
        time=clock_time(d["at"]),
    ),
    "encounter_full": lambda d: _(
        "De ontmoeting van %(time)s uur is vol. Kies een andere tijd.", time=clock_time(d["at"])
    ),
    "one_seat_left": lambda d: _(
        "Om %(time)s uur is nog één plaats vrij. Kom alleen, of kies een andere tijd.",
        time=clock_time(d["at"]),
    ),
    "not_so_many_seats": lambda d: ngettext(
        "Om %(time)s uur kun je hoogstens %(num)d plaats vasthouden.",
        "Om %(time)s uur kun je hoogstens %(num)d plaatsen vasthouden.",
        d["left"],
        time=clock_time(d["at"]),
    ),
    "no_seats_here": lambda _d: _("Hier kun je geen plaats (meer) nemen. Kijk in de agenda."),
    "seat_just_taken": lambda _d: _("Iemand was je net voor. Kies een andere tijd."),
    "seats_changed_meanwhile": lambda _d: _("Je plaats is net veranderd. Dit geldt nu."),
    "cannot_be_counted": lambda _d: _("Tel pas als de ontmoeting begonnen is: 0, 1 of 2."),
    "seats_given_back": lambda _d: _("Deze plaats is al teruggegeven."),
    "too_many_seats_today": lambda _d: _(
        "Vanaf hier zijn vandaag heel veel plaatsen genomen. Probeer het morgen, of bel ons."
    ),
}
