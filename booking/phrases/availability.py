"""When and where performers can play, in words.

About performers by name, so that they and a planner read the same.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, time
from typing import Any

from babel.dates import format_time

from booking.phrases.tour import day_part
from booking.rules.availability import Availability, OtherDays, is_whole_day
from booking.rules.norms import DayPart
from booking.rules.place_kinds import Avoided, Objection, PlaceKind
from core.filters import LOCALES, long_date
from core.language import DUTCH, language, ngettext
from core.language import gettext as _
from venues.phrases import weekday_name
from venues.rules.opening import END_OF_DAY, WeeklyHours

Data = Mapping[str, Any]


def availability_lines(said: Availability) -> list[str]:
    """A line for each thing that was said, the week first; other days stand in a list of their
    own."""
    most = [_most(said.at_most)] if said.at_most else []
    return [*_week(said), *most, *(avoided(each) for each in said.avoids)]


def days_when(days: OtherDays) -> str:
    first, last = long_date(days.first_on), long_date(days.last_on)
    if first == last:
        return first
    return _("%(first)s tot en met %(last)s", first=first, last=last)


def days_line(days: OtherDays) -> str:
    said = _("kan wel: %(when)s") if days.is_extra else _("kan niet: %(when)s")
    return said % {"when": days_when(days)}


def avoided(each: Avoided) -> str:
    if each.objection is Objection.CANNOT:
        return _("Niet %(where)s", where=where(each.kind))
    return _("Liever niet %(where)s", where=where(each.kind))


def where(kind: PlaceKind) -> str:
    """As after "speelt niet"."""
    return {
        PlaceKind.OUTDOORS: _("buiten"),
        PlaceKind.NO_SHELTER: _("buiten zonder plek om te schuilen"),
        PlaceKind.STEPS: _("waar drempels of trappen zijn zonder lift"),
        PlaceKind.NO_TOILET: _("waar geen aangepast toilet is"),
        PlaceKind.NOISY: _("waar het niet stil is"),
        PlaceKind.OVER_CANAL: _("over het kanaal (Leidsche Rijn en Vleuten-De Meern)"),
    }[kind]


def _week(said: Availability) -> list[str]:
    if said.is_any_time:
        return [_("Elke dag, de hele dag")]
    days = [(weekday, _times(weekday, said)) for weekday in range(7)]
    return [
        _("%(day)s: %(times)s", day=_capital(weekday_name(weekday)), times=", ".join(times))
        for weekday, times in days
        if times
    ]


def _times(weekday: int, said: Availability) -> list[str]:
    parts = [day_part(each.part) for each in said.parts if each.weekday == weekday]
    return parts + [_span(each) for each in said.hours if each.weekday == weekday]


def _span(hours: WeeklyHours) -> str:
    if is_whole_day(hours):
        return _("de hele dag")
    return _("%(start)s – %(end)s uur", start=_clock(hours.opens_at), end=_clock(hours.closes_at))


def _clock(at: time) -> str:
    if at == END_OF_DAY:
        return "24.00" if language() == DUTCH else "24:00"
    pattern = "H.mm" if language() == DUTCH else "HH:mm"
    return format_time(at, pattern, locale=LOCALES[language()])


def _most(number: int) -> str:
    return ngettext(
        "Liefst hoogstens %(num)d ontmoeting op een dag",
        "Liefst hoogstens %(num)d ontmoetingen op een dag",
        number,
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def said_changes(changed: Mapping[str, Any]) -> str:
    """For the history: what somebody said, from what to what."""
    named: dict[str, tuple[str, Callable[[Any], str]]] = {
        "week": (_("week"), _plain_week),
        "days": (_("andere dagen"), _plain_days),
        "avoids": (_("plekken"), _plain_avoids),
        "at_most": (_("ontmoetingen op een dag"), _plain_most),
    }
    return ", ".join(
        _("%(what)s van %(before)s naar %(after)s", what=what, before=say(old), after=say(new))
        for name, (what, say) in named.items()
        for old, new in ([changed[name]] if name in changed else [])
    )


def _plain_week(said: Iterable[str]) -> str:
    times = [each.partition(" ") for each in said]
    named = [f"{weekday_name(int(day))} {_plain_time(what)}" for day, _space, what in times]
    return ", ".join(named) or _("altijd")


def _plain_time(what: str) -> str:
    if what in set(DayPart):
        return day_part(DayPart(what))
    return _span(WeeklyHours(0, *(time.fromisoformat(each) for each in what.split("-"))))


def _plain_days(said: Iterable[str]) -> str:
    return "; ".join(days_line(_days(each)) for each in said) or _("niets")


def _days(text: str) -> OtherDays:
    """Of "2027-03-01/2027-03-05 cannot"."""
    when, _space, kind = text.partition(" ")
    first, _slash, last = when.partition("/")
    return OtherDays(date.fromisoformat(first), date.fromisoformat(last), kind == "extra")


def _plain_avoids(said: Iterable[str]) -> str:
    pairs = [each.split() for each in said]
    named = [avoided(Avoided(PlaceKind(kind), Objection(how))) for kind, how in pairs]
    return "; ".join(named) or _("overal")


def _plain_most(said: int | None) -> str:
    return str(said) if said else _("zoveel als het theater vraagt")


PHRASES: dict[str, Callable[[Data], str]] = {
    "performer_away": lambda d: _("%(name)s kan die dag niet.", name=d["name"]),
    "performer_off_hours": lambda d: _(
        "%(name)s kan dan niet: het valt buiten de vaste tijden.", name=d["name"]
    ),
    "performer_not_there": lambda d: _(
        "%(name)s speelt niet %(where)s.", name=d["name"], where=where(d["kind"])
    ),
    "performer_rather_not": lambda d: _(
        "%(name)s speelt liever niet %(where)s.", name=d["name"], where=where(d["kind"])
    ),
    "performer_place_unknown": lambda d: _(
        "%(name)s speelt niet %(where)s. Van deze plek weten we dat niet: vraag het de beheerder.",
        name=d["name"],
        where=where(d["kind"]),
    ),
    "performer_over_own_number": lambda d: _(
        "%(name)s speelt liefst hoogstens %(number)s ontmoetingen op een dag: verdeel ze.",
        name=d["name"],
        number=d["at_most"],
    ),
    "own_maximum": lambda d: _(
        "Vul hoogstens %(number)s in: meer ontmoetingen op een dag plant het theater niet.",
        number=d["at_most"],
    ),
    "days_are_over": lambda _d: _("Deze dagen zijn al voorbij. Kies een dag vanaf vandaag."),
    "days_too_long": lambda _d: _("Dit is langer dan een jaar. Kies een eerdere laatste dag."),
    "availability_hits": lambda _d: _(
        "Er is nog niets bewaard. Kijk eerst welke speelbeurten dit raakt."
    ),
    "availability_changed_meanwhile": lambda _d: _(
        "Iemand veranderde dit net. Kijk wat er nu geldt. Wat je invulde, staat er nog:"
        " klopt het, bewaar dan opnieuw."
    ),
    "performer_does_not_play": lambda _d: _("Deze speler speelt niet meer mee."),
    "performer_known": lambda d: _(
        "Met dit e-mailadres staat %(name)s al bij de spelers.", name=d["name"]
    ),
    "performer_may_not_sign_in": lambda _d: _(
        "Wie dit adres heeft, mag niet meer inloggen. Vul een ander adres in, of geen."
    ),
    "performer_still_plays": lambda d: ngettext(
        "%(name)s speelt nog %(num)d keer. Kies daar eerst een andere speler.",
        "%(name)s speelt nog %(num)d keer. Kies daar eerst een andere speler.",
        d["number"],
        name=d["name"],
    ),
}
