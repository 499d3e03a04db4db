"""Of booking a room: how often in words, what is offered instead, what comes next."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from booking.rules.instead import Instead, OfferedDate
from booking.rules.recurrence import Frequency, Times, week_of_month
from core.filters import day_name, long_date, short_date, time_span
from core.language import gettext as _
from core.language import ngettext

Data = Mapping[str, Any]


def recurrence(frequency: Frequency, first: date) -> str:
    """For example "elke derde dinsdag van de maand"."""
    day = day_name(first)
    return {
        Frequency.ONCE: _("één keer"),
        Frequency.WEEKLY: _("elke %(day)s", day=day),
        Frequency.FORTNIGHTLY: _("om de week op %(day)s", day=day),
        Frequency.MONTHLY: _(
            "elke %(nth)s %(day)s van de maand", nth=_nth(week_of_month(first)), day=day
        ),
    }[frequency]


def _nth(week: int) -> str:
    return {
        1: _("eerste"),
        2: _("tweede"),
        3: _("derde"),
        4: _("vierde"),
        -1: _("laatste"),
    }[week]


def times(when: Times) -> str:
    """For example "19.00 – 21.00 uur", on any day."""
    an_ordinary_day = date(2027, 2, 1)
    period = when.on(an_ordinary_day)
    return time_span(period) if period else ""


def instead(offered: Instead, wanted: OfferedDate) -> str:
    """What is offered instead of a taken date, as something to choose."""
    slot, period = offered.slot, offered.slot.times.on(offered.slot.day)
    assert period is not None  # what is offered is free, so it is on the clock
    if slot.room_id != wanted.judged.place.room_id:
        return _("In %(room)s", room=offered.place.name)
    if slot.day != wanted.day:
        return _("Op %(day)s", day=long_date(slot.day))
    return _("Zelfde dag, %(times)s", times=time_span(period))


def about_instead(offered: Instead, wanted: OfferedDate) -> str:
    """What to know before choosing it; nothing for another time in the same room."""
    if offered.slot.room_id == wanted.judged.place.room_id:
        return "" if offered.slot.day == wanted.day else _("zelfde tijd")
    answer = _("meteen zeker") if offered.place.terms.confirms_at_once else _("beheerder antwoordt")
    if not offered.walking:
        return _("in hetzelfde gebouw, zelfde tijd, %(answer)s", answer=answer)
    return _(
        "%(minutes)s minuten lopen hiervandaan, zelfde tijd, %(answer)s",
        minutes=offered.walking,
        answer=answer,
    )


def counted(dates: list[OfferedDate]) -> str:
    """How many of the dates are chosen, for example "10 van de 12 data"."""
    chosen = sum(each.chosen is not None for each in dates)
    if chosen == len(dates):
        return ngettext("%(num)d datum", "Alle %(num)d data", chosen)
    return _("%(chosen)s van de %(all)s data", chosen=chosen, all=len(dates))


PHRASES: dict[str, Callable[[Data], str]] = {
    "choice_gone": lambda d: _(
        "Wat je koos voor %(day)s kan niet meer. Kies opnieuw.", day=short_date(d["day"])
    ),
    "date_needs_choice": lambda d: _(
        "Kies hieronder wat je wilt op %(day)s.", day=short_date(d["day"])
    ),
}
