"""Of rooms to meet in: bookings, dates, the waiting list."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from booking.rules.recurrence import Frequency
from booking.rules.room_lifecycle import DateState, WaitingState
from core.filters import long_date, short_date, time_span
from core.language import gettext as _
from core.language import ngettext
from core.period import Period

Data = Mapping[str, Any]


def date_state(state: DateState) -> str:
    return {
        DateState.ASKED: _("wacht op antwoord"),
        DateState.CONFIRMED: _("gaat door"),
        DateState.DECLINED: _("afgewezen"),
        DateState.WITHDRAWN: _("ingetrokken"),
        DateState.CANCELLED: _("geannuleerd"),
        DateState.EXPIRED: _("verlopen"),
    }[state]


def booking_state(states: list[DateState]) -> str:
    """One word for a whole booking, from its dates: what still matters comes first."""
    for state in DateState:
        if state in states:
            return date_state(state)
    return ""


def frequency(kind: Frequency) -> str:
    return {
        Frequency.ONCE: _("één keer"),
        Frequency.WEEKLY: _("elke week"),
        Frequency.FORTNIGHTLY: _("om de week"),
        Frequency.MONTHLY: _("elke maand"),
    }[kind]


def waiting_state(state: WaitingState) -> str:
    return {
        WaitingState.WAITING: _("wacht"),
        WaitingState.OFFERED: _("aangeboden"),
        WaitingState.TAKEN: _("genomen"),
        WaitingState.LAPSED: _("verlopen"),
        WaitingState.LEFT: _("niet meer nodig"),
    }[state]


def length(time: timedelta) -> str:
    """For example "2 uur" or "1 uur en 30 minuten"."""
    hours, rest = divmod(int(time.total_seconds()) // 60, 60)
    in_minutes = ngettext("%(num)d minuut", "%(num)d minuten", rest)
    if not hours:
        return in_minutes
    in_hours = _("%(number)s uur", number=hours)
    return _("%(hours)s en %(rest)s", hours=in_hours, rest=in_minutes) if rest else in_hours


def _spans(opened: tuple[Period, ...]) -> str:
    return ", ".join(time_span(period) for period in opened)


def _closed(data: Data) -> str:
    if not data["opened"]:
        return _("De ruimte is op %(day)s dicht.", day=short_date(data["day"]))
    return _(
        "De ruimte is op %(day)s open van %(spans)s.",
        day=short_date(data["day"]),
        spans=_spans(data["opened"]),
    )


PHRASES: dict[str, Callable[[Data], str]] = {
    "room_not_bookable": lambda d: _("%(place)s is nu niet te boeken.", place=d["place"]),
    "meeting_in_the_past": lambda _d: _("Dit moment is al voorbij of begint zo."),
    "meeting_too_soon": lambda d: _(
        "Boek hier minstens %(hours)s uur van tevoren.", hours=d["hours"]
    ),
    "meeting_too_far": lambda d: _(
        "Zo ver vooruit kan nog niet: kies een dag tot en met %(last)s.",
        last=long_date(d["last_day"]),
    ),
    "meeting_too_short": lambda d: _(
        "Boek hier minstens %(length)s.", length=length(d["shortest"])
    ),
    "meeting_too_long": lambda d: _(
        "Boek hier hoogstens %(length)s achter elkaar.", length=length(d["longest"])
    ),
    "meeting_ends_early": lambda _d: _("Kies een eindtijd die later is dan de begintijd."),
    "room_hours_unknown": lambda d: _(
        "We weten niet wanneer %(place)s open is: bel de beheerder.", place=d["place"]
    ),
    "room_closed": _closed,
    "room_taken": lambda _d: _("De ruimte is dan bezet."),
    "room_busy_outside": lambda _d: _("De ruimte is dan bezet in de agenda van de beheerder."),
    "room_perhaps_busy": lambda _d: _(
        "Misschien is de ruimte dan bezet: de beheerder kijkt dat na."
    ),
    "room_kept": lambda _d: _("Dit moment is nu even aangeboden aan iemand van de wachtlijst."),
    "room_too_small": lambda d: ngettext(
        "Er passen %(fits)s mensen in: %(num)d te weinig.",
        "Er passen %(fits)s mensen in: %(num)d te weinig.",
        d["short"],
        fits=d["fits"],
    ),
    "only_for_neighbours": lambda d: _(
        "%(place)s is voor organisaties uit de wijk. Vul een postcode uit de wijk in, of bel.",
        place=d["place"],
    ),
    "only_for_known": lambda d: _(
        "%(place)s is voor organisaties die er eerder waren. Bel de beheerder als je nieuw bent.",
        place=d["place"],
    ),
    "too_many_dates_ahead": lambda d: _(
        "Je kunt hier %(number)s data tegelijk vooruit boeken. Kies er nu hoogstens %(left)s.",
        number=d["at_most"],
        left=d["left"],
    ),
    "time_not_on_clock": lambda d: _(
        "Op %(day)s verspringt de klok: deze tijd bestaat dan niet. Kies een andere tijd.",
        day=short_date(d["day"]),
    ),
    "series_needs_one_end": lambda _d: _("Kies tot wanneer, of hoe vaak: een van de twee."),
    "series_count": lambda d: _("Kies 2 tot en met %(most)s keer.", most=d["at_most"]),
    "series_ends_early": lambda d: _("Kies een einddatum na %(day)s.", day=long_date(d["first"])),
    "series_too_long": lambda d: _(
        "Een reeks duurt hoogstens een jaar: tot en met %(day)s.", day=long_date(d["last"])
    ),
    "no_date_chosen": lambda _d: _("Kies minstens één datum."),
    "date_not_free": lambda d: _(
        "%(day)s kan niet.", day=long_date(d["day"])[:1].upper() + long_date(d["day"])[1:]
    ),
    "booked_too_often": lambda _d: _(
        "Er kwamen vandaag heel veel boekingen van jou. Probeer het morgen weer, of bel ons."
    ),
    "date_not_in_this_state": lambda d: _(
        "Dit kan niet meer: deze datum is %(state)s.", state=date_state(d["state"])
    ),
    "no_such_booking": lambda _d: _("Deze reservering bestaat niet."),
    "booking_changed_meanwhile": lambda _d: _(
        "Iemand veranderde deze reservering net. Kijk wat er nu staat en probeer het opnieuw."
    ),
}
