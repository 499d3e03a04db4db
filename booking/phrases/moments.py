"""Of moments that are planned together."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Protocol

from booking.phrases.tour import day_part
from booking.rules.norms import Wish
from booking.rules.promises import Intake
from booking.rules.together import Why
from core.filters import long_date, short_date
from core.language import gettext as _

Data = Mapping[str, Any]
DAYS = {"first_day", "last_day", "intake_from", "intake_until"}


def yearly_day(key: str) -> str:
    return {
        "neighbours_day": _("Burendag"),
        "autumn_week": _("Week van de ontmoeting"),
    }[key]


class HasDays(Protocol):
    """A moment, or a proposal of one."""

    @property
    def first_day(self) -> date: ...

    @property
    def last_day(self) -> date: ...


def moment_days(found: HasDays) -> str:
    first, last = long_date(found.first_day), long_date(found.last_day)
    if first == last:
        return first
    return _("%(first)s tot en met %(last)s", first=first, last=last)


def waits_for(intake: Intake) -> str:
    """Why an answer about its days comes later."""
    return _(
        "Voor %(name)s (%(days)s) verzamelen we aanvragen tot en met %(last)s. Daarna kiezen we"
        " samen. Past het dan niet, dan bieden we je een dag dichtbij aan.",
        name=intake.name,
        days=moment_days(intake),
        last=long_date(intake.until),
    )


def heard_before(until: datetime) -> str:
    return _("Je hoort het voor %(day)s.", day=long_date(until))


def when_heard(until: datetime | None, intakes: Sequence[Intake] = ()) -> list[str]:
    """What whoever asked can expect, in sentences. `until` None: nothing was promised."""
    why = [waits_for(intake) for intake in intakes] or [_("Het theater kijkt wat kan.")]
    return [*why, heard_before(until)] if until else why


def moment_changes(changed: Mapping[str, Any]) -> str:
    """`changed`: field -> [before, after], as the history keeps them."""
    known = {
        "public_name": _("naam"),
        "public_text": _("tekst voor iedereen"),
        "internal_subject": _("onderwerp voor onszelf"),
        "first_day": _("eerste dag"),
        "last_day": _("laatste dag"),
        "intake_from": _("verzamelen vanaf"),
        "intake_until": _("verzamelen tot en met"),
        "nearby_days": _("dagen ervoor en erna"),
    }
    return ", ".join(
        _(
            "%(what)s van %(before)s naar %(after)s",
            what=known[name],
            before=_kept(name, before),
            after=_kept(name, after),
        )
        for name, (before, after) in changed.items()
        if name in known
    )


def _kept(name: str, value: Any) -> str:
    if name in DAYS:
        return long_date(date.fromisoformat(value))
    if isinstance(value, str):
        return f"“{value}”" if value else _("niets")
    return str(value)


def short_moment(wish: Wish) -> str:
    """For example "za 25 sep, middag"; more day-parts are counted."""
    first = f"{short_date(wish.day)}, {day_part(wish.part)}"
    if wish.day_parts == 1:
        return first
    return _("%(first)s en daarna (%(number)s dagdelen)", first=first, number=wish.day_parts)


def verdict(why: Why, points: int, instead_of_it: Sequence[tuple[str, int]] = ()) -> str:
    """What the proposal says of one request. `instead_of_it`: who stands there, with points."""
    if why is Why.CLASHES and instead_of_it:
        return _clash(points, instead_of_it)
    return {
        Why.FIRST_IN_DISTRICT: _("Past, en is de eerste in deze wijk."),
        Why.ROOM_LEFT: _("Past, want er is nog tijd over."),
        Why.CLASHES: _("Past niet naast de andere gekozen aanvragen."),
        Why.NOTHING_FITS: _("Op deze dagen past niets."),
    }[why]


def _clash(points: int, others: Sequence[tuple[str, int]]) -> str:
    named = [_("%(name)s (%(points)s)", name=name, points=each) for name, each in others]
    said = _("Botst met %(names)s.", names=", ".join(named))
    if all(each < points for _name, each in others):
        return f"{said} {_('Samen leveren zij meer wijken of meer punten op.')}"
    return said


PHRASES: dict[str, Callable[[Data], str]] = {
    "moment_ends_before": lambda _d: _(
        "De laatste dag ligt voor de eerste. Pas een van de twee aan."
    ),
    "moment_too_long": lambda d: _("Kies hoogstens %(days)s dagen.", days=d["days"]),
    "intake_ends_before": lambda _d: _(
        "Het verzamelen stopt voordat het begint. Pas een van de twee dagen aan."
    ),
    "intake_too_late": lambda _d: _(
        "Stop met verzamelen voor de eerste dag. Kies een eerdere dag."
    ),
    "moment_changed_meanwhile": lambda _d: _(
        "Een ander heeft dit net veranderd. Kijk nog eens, en stuur het dan opnieuw."
    ),
    "moment_closed": lambda _d: _("Dit is al afgesloten. Maak zo nodig nieuwe dagen aan."),
    "moment_is_open": lambda _d: _("Dit is al geopend. Er is niets veranderd."),
    "moment_over": lambda _d: _("Deze dagen zijn voorbij. Voeg zo nodig nieuwe dagen toe."),
    "moment_answered": lambda _d: _("Dit voorstel is al beantwoord. Kijk in de lijst."),
    "moment_intake_runs": lambda d: _(
        "Je verzamelt nog aanvragen tot en met %(day)s. Schrijf waarom je nu al kiest.",
        day=long_date(d["last_day"]),
    ),
    "nobody_picked": lambda _d: _("Kies voor minstens één aanvraag wat je doet."),
    "request_changed_meanwhile": lambda d: _(
        "De aanvraag van %(name)s is net veranderd. Kijk nog eens, en stuur het dan opnieuw.",
        name=d["name"],
    ),
    "for_one_of_them": lambda d: _(
        "Er is niets vastgelegd. Bij %(name)s gaat het nog niet.", name=d["name"]
    ),
}
