"""What is mailed about places. Posted in the transaction of what it tells about."""

from collections.abc import Callable
from datetime import datetime

from core import outbox
from core.language import gettext as _
from core.language import speaking
from core.mail import Action, Message, Recipient
from core.site import site
from people.models import Person
from people.services import SIGN_IN_PATH
from venues import outside_phrases
from venues.models import OutsideCalendar, PlaceOffer, Venue

OFFER_PATH = "/ruimte-aanmelden"


def tell_new_host(venue: Venue, person: Person, now: datetime) -> None:
    _tell_host(venue, person, _host_letter, "begun", now)


def tell_former_host(venue: Venue, person: Person, now: datetime) -> None:
    _tell_host(venue, person, _former_host_letter, "ended", now)


def tell_offerer(offer: PlaceOffer, token: str, now: datetime) -> None:
    """Nothing of what was typed is in it: the address is not yet known to be theirs."""
    with speaking(offer.language):
        outbox.post(
            _offer_letter(site().url(f"{OFFER_PATH}/{token}")),
            Recipient("", offer.email, offer.language),
            key=f"offer:{offer.token_hash}",
            thread=f"offer:{offer.token_hash[:16]}",
            about=("place_offer", 0),
            now=now,
        )


def _tell_host(
    venue: Venue, person: Person, letter: Callable[[str], Message], what: str, now: datetime
) -> None:
    with speaking(person.language):
        outbox.post(
            letter(venue.name),
            Recipient(person.name, person.email, person.language),
            key=f"venue:{venue.id}:host:{person.id}:{what}:{now.isoformat()}",
            thread=f"venue:{venue.id}:host:{person.id}",
            about=("venue", venue.id),
            now=now,
        )


def tell_calendar_is_silent(
    calendar: OutsideCalendar, of: str, person: Person, path: str, now: datetime
) -> None:
    """`of`: whose time it is about. `path`: the page on which it can be mended."""
    with speaking(person.language):
        outbox.post(
            _silent_letter(calendar, of, path),
            Recipient(person.name, person.email, person.language),
            key=f"calendar:{calendar.id}:silent:{person.id}:{now.isoformat()}",
            thread=f"calendar:{calendar.id}",
            about=("outside_calendar", calendar.id),
            now=now,
        )


def _silent_letter(calendar: OutsideCalendar, of: str, path: str) -> Message:
    return Message(
        subject=_("We kunnen je agenda niet lezen"),
        paragraphs=(
            _("Het lukt ons al een dag niet om deze agenda te lezen."),
            outside_phrases.failure(calendar.failure),
            _("Wat er het laatst in stond, telt nog mee. Wat je daarna toevoegde niet."),
        ),
        facts=((_("Agenda"), calendar.name), (_("Van"), of)),
        action=Action(_("Bekijk de agenda"), site().url(path)),
    )


def _host_letter(place: str) -> Message:
    return Message(
        subject=_("Je bent beheerder van een plek op Speelplek"),
        paragraphs=(
            _("Je bent vanaf nu beheerder van %(place)s.", place=place),
            _("Je kunt er ruimtes online zetten en zien wanneer de kubus komt."),
            _("Een wachtwoord is er niet. Vul je e-mailadres in en je krijgt een link."),
        ),
        action=Action(_("Naar het inloggen"), site().url(SIGN_IN_PATH)),
    )


def _former_host_letter(place: str) -> Message:
    return Message(
        subject=_("Je bent geen beheerder meer van een plek op Speelplek"),
        paragraphs=(
            _("Je bent geen beheerder meer van %(place)s.", place=place),
            _("Je krijgt over deze plek geen mail meer. Klopt dit niet? Bel ons dan."),
        ),
    )


def _offer_letter(url: str) -> Message:
    return Message(
        subject=_("Zet je ruimte online"),
        paragraphs=(
            _("Met de knop hieronder log je in en begin je met je ruimte."),
            _("De link werkt één keer, en tien minuten lang."),
        ),
        action=Action(_("Begin met je ruimte"), url),
        footnote=_("Vroeg je dit niet zelf? Dan hoef je niets te doen: er is niets gebeurd."),
    )
