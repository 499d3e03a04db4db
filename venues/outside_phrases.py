"""The sentence for each finding about calendars kept elsewhere, and for each way reading fails."""

from collections.abc import Callable, Mapping
from typing import Any

from core.language import gettext as _
from core.language import ngettext
from venues.outside.failures import Failure

Data = Mapping[str, Any]


def failure(code: str) -> str:
    """What went wrong and what somebody can do; for a code that is kept with the calendar."""
    about = Failure(code)
    return {**_about_address(), **_about_way(), **_about_content()}[about]


def busy_times(number: int) -> str:
    return ngettext("%(num)d bezet moment", "%(num)d bezette momenten", number)


def skipped(number: int) -> str:
    return ngettext(
        "%(num)d afspraak konden we niet lezen. Die telt niet mee.",
        "%(num)d afspraken konden we niet lezen. Die tellen niet mee.",
        number,
    )


def _about_address() -> dict[Failure, str]:
    return {
        Failure.BAD_ADDRESS: _("Dit is geen adres van een agenda. Kopieer het adres opnieuw."),
        Failure.NOT_SECURE: _("Dit adres is niet beveiligd. Kies een adres met https:// ervoor."),
        Failure.HAS_PASSWORD: _(
            "In dit adres staat een naam of wachtwoord. Maak een adres aan waar dat niet in hoeft."
        ),
        Failure.ODD_PORT: _("Van dit adres lezen we geen agenda's. Kies een gewoon webadres."),
        Failure.INSIDE_ADDRESS: _(
            "Dit adres is van een afgesloten netwerk. Kies een adres dat overal te openen is."
        ),
        Failure.ADDRESS_LOST: _("We kunnen het adres niet meer lezen. Vul het opnieuw in."),
    }


def _about_way() -> dict[Failure, str]:
    return {
        Failure.UNKNOWN_HOST: _("Deze website bestaat niet. Kijk of het adres klopt."),
        Failure.UNREACHABLE: _("De website met je agenda is niet bereikbaar. We blijven proberen."),
        Failure.UNTRUSTED: _(
            "De beveiliging van de website met je agenda klopt niet. Vraag het wie hem beheert."
        ),
        Failure.TOO_SLOW: _("De website met je agenda is te langzaam. We blijven proberen."),
        Failure.TOO_MANY_HOPS: _(
            "Dit adres stuurt steeds door naar een ander. Kopieer het adres opnieuw."
        ),
        Failure.UNFINISHED: _("Het lezen werd onderbroken. We proberen het straks opnieuw."),
    }


def _about_content() -> dict[Failure, str]:
    return {
        Failure.NO_ENTRY: _("We mogen deze agenda niet lezen. Deel de agenda eerst, met een link."),
        Failure.GONE: _("Op dit adres staat geen agenda meer. Kopieer het adres opnieuw."),
        Failure.SERVER_ERROR: _("De website met je agenda heeft een storing. We blijven proberen."),
        Failure.ODD_ANSWER: _("De website geeft een antwoord dat we niet begrijpen."),
        Failure.CUT_OFF: _("De agenda kwam niet helemaal over. Probeer het nog een keer."),
        Failure.TOO_BIG: _(
            "De agenda is te groot: hoogstens 2 MB. Maak een eigen agenda voor deze tijden."
        ),
        Failure.EMPTY: _("Er staat niets in. Kies een agenda waar iets in staat."),
        Failure.IS_PAGE: _(
            "Dit is een webpagina, geen agenda. Zoek het adres dat eindigt op .ics."
        ),
        Failure.NOT_CALENDAR: _("Dit is geen agenda. Zoek een bestand dat eindigt op .ics."),
        Failure.TOO_MANY_EVENTS: _(
            "Er staan te veel afspraken in. Maak een eigen agenda voor deze tijden."
        ),
        Failure.TOO_HEAVY: _(
            "Deze agenda kost te veel tijd om te lezen. Maak een eigen agenda voor deze tijden."
        ),
    }


PHRASES: dict[str, Callable[[Data], str]] = {
    "too_many_calendars": lambda d: _(
        "Je hebt al %(most)s agenda's. Haal er eerst een weg.", most=d["at_most"]
    ),
    "too_many_addresses": lambda _d: _(
        "Je veranderde vandaag heel vaak een adres. Probeer het morgen weer, of bel ons."
    ),
    "no_such_calendar": lambda _d: _("Deze agenda is er niet meer."),
    "calendar_is_file": lambda _d: _(
        "Een bestand lezen we één keer. Voeg het nieuwe bestand toe en haal het oude weg."
    ),
}
