"""Lengths of time as people say them, for the terms of a room."""

from core.language import gettext as _
from core.language import ngettext

DAY, WEEK = 24, 7 * 24


def minutes_in_words(minutes: int) -> str:
    """For example "45 minuten", "1 uur" or "1 uur en 30 minuten"."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return ngettext("%(num)d minuut", "%(num)d minuten", rest)
    if not rest:
        return _("%(hours)s uur", hours=hours)
    return _("%(hours)s uur en %(minutes)s minuten", hours=hours, minutes=rest)


def hours_in_words(hours: int) -> str:
    """For example "5 uur", "2 dagen" or "1 week"."""
    if hours and hours % WEEK == 0:
        return ngettext("%(num)d week", "%(num)d weken", hours // WEEK)
    if hours and hours % DAY == 0:
        return ngettext("%(num)d dag", "%(num)d dagen", hours // DAY)
    return _("%(hours)s uur", hours=hours)


def free_around(minutes: int) -> str:
    return minutes_in_words(minutes) if minutes else _("niets")


def notice(hours: int) -> str:
    if not hours:
        return _("Dat hoeft niet")
    return _("%(time)s van tevoren", time=hours_in_words(hours))


def cancelling(hours: int) -> str:
    if not hours:
        return _("Tot het begin")
    return _("Tot %(time)s van tevoren", time=hours_in_words(hours))


def dates_ahead(number: int | None) -> str:
    if number is None:
        return _("Zo vaak als ze willen")
    return ngettext("%(num)d keer", "%(num)d keer", number)
