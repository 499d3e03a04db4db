"""The sentence for each finding about places, and the words for what is known of them.

A new rule needs its sentence here; a test finds the codes that have none.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, time, timedelta
from itertools import groupby
from typing import Any

from babel.dates import format_time
from babel.numbers import format_decimal

from core.clock import to_local
from core.filters import LOCALES, day_and_span, day_name, long_date
from core.findings import Finding
from core.language import DUTCH, language, ngettext
from core.language import gettext as _
from core.period import Period
from venues import hosting_phrases as hosting
from venues import outside_phrases as outside
from venues.models import Closure, RoomState
from venues.rules.fit import Ground
from venues.rules.opening import END_OF_DAY, DayHours, WeeklyHours
from venues.rules.terms import BookableBy

Data = Mapping[str, Any]
A_MONDAY = date(2024, 1, 1)


def say(finding: Finding) -> str | None:
    """None for a finding that is not about places."""
    speak = PHRASES.get(finding.code)
    return speak(finding.data) if speak else None


def fit_answer(answer: str) -> str:
    """For an answer of `venues.rules.fit.answer`."""
    return {
        "fits": _("De kubus past hier."),
        "if": _("De kubus past hier, als je dit regelt:"),
        "unknown": _("Dat weten we nog niet: vraag het de beheerder."),
        "no": _("De kubus past hier niet."),
    }[answer]


def fit_word(answer: str) -> str:
    return {
        "fits": _("past"),
        "if": _("past als ..."),
        "unknown": _("weten we nog niet"),
        "no": _("past niet"),
    }[answer]


def centimetres(number: int) -> str:
    """For example "300 cm"."""
    return _("%(number)s cm", number=number)


def metres(number: int) -> str:
    """Centimetres as metres: 450 becomes "4,5"."""
    return format_decimal(number / 100, format="0.##", locale=LOCALES[language()])


def ground(kind: Ground | None) -> str:
    return {
        None: "",
        Ground.FIRM: _("Verhard: tegels, asfalt of een vloer"),
        Ground.SOFT: _("Zacht: gras, zand of aarde"),
    }[kind]


def room_state(state: RoomState) -> str:
    return {
        RoomState.DRAFT: _("nog niet online"),
        RoomState.PUBLISHED: _("te boeken"),
        RoomState.PAUSED: _("even niet te boeken"),
        RoomState.RETIRED: _("gestopt"),
    }[state]


def bookable_by(who: BookableBy) -> str:
    return {
        BookableBy.ANYBODY: _("iedereen"),
        BookableBy.NEIGHBOURS: _("alleen organisaties uit de wijk"),
        BookableBy.KNOWN: _("alleen wie hier al eerder was"),
    }[who]


def confirms(at_once: bool) -> str:
    if at_once:
        return _("Ja, als de tijd vrij is")
    return _("Nee, de beheerder geeft eerst antwoord")


def weekday_name(weekday: int) -> str:
    """For example 0 becomes "maandag"."""
    return day_name(A_MONDAY + timedelta(days=weekday))


def hours_by_day(hours: Iterable[WeeklyHours]) -> list[tuple[str, str]]:
    """For example ("maandag", "9.00 – 12.00 en 13.00 – 17.00 uur"), only days that are open."""
    days = groupby(hours, key=lambda each: each.weekday)
    return [(weekday_name(weekday), _times(list(of_day))) for weekday, of_day in days]


def day_hours(hours: Iterable[DayHours]) -> str:
    """For example "9.00 – 12.00 en 13.00 – 17.00 uur"."""
    return _times(list(hours))


def closure_span(closure: Closure) -> str:
    return span(Period(closure.starts_at, closure.ends_at))


def span(period: Period) -> str:
    """Whole days by their dates, anything else by its times."""
    start, end = to_local(period.start), to_local(period.end)
    if start.time() != time() or end.time() != time():
        return day_and_span(period)
    last = end.date() - timedelta(days=1)
    if last == start.date():
        return _("%(day)s, de hele dag", day=long_date(last))
    return _("%(first)s tot en met %(last)s", first=long_date(start.date()), last=long_date(last))


def history_action(action: str) -> str:
    known = {
        "venue added": _("plek toegevoegd"),
        "venue changed": _("gegevens gewijzigd"),
        "room added": _("ruimte toegevoegd"),
        "room changed": _("gegevens gewijzigd"),
        "room closed": _("gesloten"),
        "room reopened": _("sluiting weggehaald"),
        "host added": _("beheerder toegevoegd"),
        "host ended": _("beheerder weggehaald"),
        "special hours set": _("tijden van één dag gewijzigd"),
        "photos added": _("foto's toegevoegd"),
        "photo described": _("foto beschreven"),
        "photos put in order": _("foto's in een andere volgorde"),
        "photo removed": _("foto weggehaald"),
        "misfits told": _("gemeld welke afspraken niet meer passen"),
        "calendar added": _("agenda van buiten toegevoegd"),
        "calendar changed": _("agenda van buiten gewijzigd"),
        "calendar removed": _("agenda van buiten weggehaald"),
    }
    return known.get(action, action)


def rooms_counted(number: int) -> str:
    return ngettext("%(num)d ruimte", "%(num)d ruimtes", number)


def _times(hours: Sequence[WeeklyHours | DayHours]) -> str:
    spans = [f"{_clock(each.opens_at)} – {_clock(each.closes_at)}" for each in hours]
    *first, last = spans
    together = _("%(first)s en %(last)s", first=", ".join(first), last=last) if first else last
    return _("%(times)s uur", times=together)


def _clock(at: time) -> str:
    if at == END_OF_DAY:
        return "24.00" if language() == DUTCH else "24:00"
    pattern = "H.mm" if language() == DUTCH else "HH:mm"
    return format_time(at, pattern, locale=LOCALES[language()])


def _unknown(what: str) -> str:
    return {
        "floor": _("We weten niet hoe groot de vloer is: vraag het de beheerder."),
        "height": _("We weten niet hoe hoog de ruimte is: vraag het de beheerder."),
        "door": _("We weten niet hoe breed de smalste deur is: vraag het de beheerder."),
        "steps": _("We weten niet of er drempels of trappen zijn: vraag het de beheerder."),
        "power": _("We weten niet of er een stopcontact is: vraag het de beheerder."),
        "ground": _("We weten niet hoe de ondergrond is: vraag het de beheerder."),
        "shelter": _("We weten niet of er een plek is om te schuilen: vraag het de beheerder."),
    }[what]


def fit_question(what: str) -> str:
    """What a host is asked, for what of a finding `fit_unknown`."""
    return {
        "floor": _("Hoe lang en hoe breed is de vloer? De kubus vraagt 3 bij 3 meter."),
        "height": _("Hoe hoog is de ruimte? De kubus vraagt 2,60 meter."),
        "door": _("Hoe breed is de smalste deur op de route? De kubus vraagt 85 centimeter."),
        "steps": _("Zijn er drempels of trappen op de route? En is er een lift?"),
        "power": _("Is er een gewoon stopcontact?"),
        "ground": _("Hoe is de ondergrond: hard of zacht?"),
        "shelter": _("Is er een plek om te schuilen als het regent?"),
    }[what]


PHRASES: dict[str, Callable[[Data], str]] = {
    **hosting.PHRASES,
    **outside.PHRASES,
    "floor_small": lambda d: _(
        "De vloer is te klein: de smalste kant is %(has)s cm en de kubus vraagt %(needs)s cm.",
        has=d["has"],
        needs=d["needs"],
    ),
    "ceiling_low": lambda d: _(
        "De ruimte is te laag: %(has)s cm en de kubus vraagt %(needs)s cm.",
        has=d["has"],
        needs=d["needs"],
    ),
    "door_narrow": lambda d: _(
        "De deur is te smal: %(has)s cm en de kubus vraagt %(needs)s cm.",
        has=d["has"],
        needs=d["needs"],
    ),
    "fit_unknown": lambda d: _unknown(d["what"]),
    "no_power": lambda _d: _("Er is geen stopcontact: regel stroom."),
    "not_quiet": lambda _d: _("Het is er niet stil: zoek een moment dat het rustig is."),
    "steps_on_route": lambda _d: _(
        "Er zijn drempels of trappen en er is geen lift: regel hulp bij het tillen."
    ),
    "soft_ground": lambda _d: _("De ondergrond is zacht: regel rijplaten of een harde vloer."),
    "no_shelter": lambda _d: _(
        "Er is geen plek om te schuilen: spreek af wat je doet als het regent."
    ),
    "postcode_outside_utrecht": lambda _d: _(
        "Deze postcode ligt niet in Utrecht. Vul een Utrechtse postcode in, bijvoorbeeld 3563 CB."
    ),
    "closes_before_opening": lambda d: _(
        "Op %(day)s gaat de ruimte dicht voordat die open is. Maak de tweede tijd later.",
        day=weekday_name(d["weekday"]),
    ),
    "opening_hours_overlap": lambda d: _(
        "Op %(day)s lopen twee tijden door elkaar. Maak er één van, of laat ze na elkaar komen.",
        day=weekday_name(d["weekday"]),
    ),
    "too_many_opening_hours": lambda d: _(
        "Op %(day)s staan te veel tijden: vul er hoogstens %(number)s in.",
        day=weekday_name(d["weekday"]),
        number=d["at_most"],
    ),
    "shortest_over_longest": lambda _d: _(
        "De langste tijd is korter dan de kortste. Kies hier een langere tijd."
    ),
    "closure_is_over": lambda _d: _("Deze sluiting is al voorbij. Kies een moment na nu."),
    "host_is_disabled": lambda _d: _(
        "Wie dit adres heeft, mag niet meer inloggen. Vul iemand anders in."
    ),
    "no_such_place": lambda _d: _("Deze plek bestaat niet."),
    "place_changed_meanwhile": lambda _d: _(
        "Iemand anders veranderde dit net. Kijk hieronder wat er nu staat en wat jij invulde."
    ),
}
