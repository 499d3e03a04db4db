"""Dates and times as people in Utrecht say them, in the language somebody is spoken to in.

All take aware UTC datetimes (or dates, or periods) and speak of the clock on the wall in Utrecht.
Where that clock shows an hour twice, in October, the text says which of the two is meant.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any, Protocol

from babel.dates import format_date, format_datetime
from flask import Flask

from core.clock import local_date, monday_of, to_local
from core.language import DUTCH, gettext, language, ngettext
from core.period import Period

LOCALES = {"nl": "nl_NL", "en": "en_GB"}


class Timed(Protocol):
    """Anything that has a start and an end, such as a stop."""

    @property
    def starts_at(self) -> datetime: ...

    @property
    def ends_at(self) -> datetime: ...


def long_date(moment: datetime | date) -> str:
    """For example "donderdag 1 oktober 2026"."""
    return _date(moment, "EEEE d MMMM y")


def short_date(moment: datetime | date) -> str:
    """For example "do 1 okt"."""
    return _date(moment, "EEE d MMM").replace(".", "")


def day_number(moment: datetime | date) -> str:
    """For example "1"."""
    return _date(moment, "d")


def day_name(moment: datetime | date) -> str:
    """For example "donderdag"."""
    return _date(moment, "EEEE")


def short_day_name(moment: datetime | date) -> str:
    """For example "do"."""
    return _date(moment, "EEE").replace(".", "")


def month_name(moment: datetime | date) -> str:
    """For example "oktober 2026"."""
    return _date(moment, "MMMM y")


def short_month_name(moment: datetime | date) -> str:
    """For example "okt"."""
    return _date(moment, "MMM").replace(".", "")


def week_number(moment: datetime | date) -> int:
    """The ISO week, as Dutch calendars count."""
    return _day(moment).isocalendar().week


def iso_date(moment: datetime | date) -> str:
    """For the `datetime` attribute of <time>."""
    return _day(moment).isoformat()


def clock_time(moment: datetime) -> str:
    """For example "14.00"; in the doubled hour of October "2.30 (zomertijd)"."""
    return _hour(moment) + _which_of_two(moment)


def time_span(times: Period | Timed) -> str:
    """For example "14.00 – 17.00 uur"; names the day of the end when that is another one."""
    start, end = _bounds(times)
    return gettext("%(start)s – %(end)s uur", start=clock_time(start), end=_end(start, end))


def day_and_span(times: Period | Timed) -> str:
    """For example "donderdag 1 oktober 2026, 14.00 – 17.00 uur"."""
    return f"{long_date(_bounds(times)[0])}, {time_span(times)}"


def told_apart(times: Sequence[Period]) -> list[str]:
    """Each as a time; with its day, when they are not all on one day."""
    days = {local_date(each.start) for each in times}
    return [time_span(each) if len(days) < 2 else day_and_span(each) for each in times]


def weeks_ago(moment: datetime | date | None, now: datetime) -> str:
    """For example "3 weken geleden", counted in calendar weeks; nothing yet is "nog nooit"."""
    if moment is None:
        return gettext("nog nooit")
    gone = monday_of(local_date(now)) - monday_of(_day(moment))
    return weeks_in_words(gone.days // 7)


def weeks_in_words(weeks: int) -> str:
    """For example 3 becomes "3 weken geleden" and -1 "volgende week"."""
    near = {
        -1: gettext("volgende week"),
        0: gettext("deze week"),
        1: gettext("vorige week"),
    }
    if weeks in near:
        return near[weeks]
    if weeks < 0:
        return ngettext("over %(num)d week", "over %(num)d weken", -weeks)
    return ngettext("%(num)d week geleden", "%(num)d weken geleden", weeks)


def _day(moment: datetime | date) -> date:
    return local_date(moment) if isinstance(moment, datetime) else moment


def _date(moment: datetime | date, pattern: str) -> str:
    return format_date(_day(moment), pattern, locale=LOCALES[language()])


def _hour(moment: datetime) -> str:
    pattern = "H.mm" if language() == DUTCH else "HH:mm"
    local = to_local(moment).replace(tzinfo=None)
    return format_datetime(local, pattern, locale=LOCALES[language()])


def _which_of_two(moment: datetime) -> str:
    local = to_local(moment)
    early, late = local.replace(fold=0), local.replace(fold=1)
    if early.utcoffset() == late.utcoffset():
        return ""
    return " " + (gettext("(wintertijd)") if local.fold else gettext("(zomertijd)"))


def _end(start: datetime, end: datetime) -> str:
    """The end, told apart from the start's day; midnight is the end of the day it closes."""
    first, last = to_local(start), to_local(end)
    nights = (last.date() - first.date()).days
    if nights == 0:
        return clock_time(end)
    if nights == 1 and not (last.hour or last.minute):
        return "24.00" if language() == DUTCH else "24:00"
    return f"{short_date(end)} {clock_time(end)}"


def _bounds(times: Period | Timed) -> tuple[datetime, datetime]:
    if isinstance(times, Period):
        return times.start, times.end
    return times.starts_at, times.ends_at


FILTERS: tuple[Callable[..., Any], ...] = (
    long_date,
    short_date,
    day_number,
    day_name,
    short_day_name,
    month_name,
    short_month_name,
    week_number,
    iso_date,
    clock_time,
    time_span,
    day_and_span,
    weeks_ago,
    weeks_in_words,
)


def register(app: Flask) -> None:
    """Make every filter known to the templates, under its own name."""
    app.jinja_env.filters.update({each.__name__: each for each in FILTERS})
