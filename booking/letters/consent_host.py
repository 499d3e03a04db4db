"""What a host reads about the cube in one of their rooms. Written inside `speaking`."""

from booking.letters.asker import day_and_time
from booking.letters.entries import address_of
from booking.models import BookingRequest, HostConsent, Stop
from booking.phrases import moment, with_stay
from booking.queries.consents import stays_asked
from core.filters import day_and_span, long_date
from core.language import gettext as _
from core.mail import Action, Message
from core.site import site
from venues.fitting import fit_of
from venues.models import Room


def asked(request: BookingRequest, consent: HostConsent, link: str) -> Message:
    return Message(
        subject=_(
            "Mag de kubus in %(room)s staan? (%(reference)s)",
            room=consent.room.full_name,
            reference=request.reference,
        ),
        paragraphs=_question(request, consent),
        facts=_facts(request, consent),
        action=_answer(link),
        footnote=_(
            "De link opent een pagina waarop je ja of nee zegt. Bellen mag ook: %(phone)s.",
            phone=site().phone,
        ),
    )


def reminded(request: BookingRequest, consent: HostConsent, link: str) -> Message:
    return Message(
        subject=_(
            "Nog even: mag de kubus in %(room)s staan? (%(reference)s)",
            room=consent.room.full_name,
            reference=request.reference,
        ),
        paragraphs=(
            _("We hebben nog geen antwoord van jullie."),
            _("Antwoorden kan tot %(day)s.", day=day_and_time(consent.answer_until)),
        ),
        facts=_facts(request, consent),
        action=_answer(link),
    )


def dropped(request: BookingRequest, consent: HostConsent) -> Message:
    return Message(
        subject=_(
            "De kubus komt niet in %(room)s (%(reference)s)",
            room=consent.room.full_name,
            reference=request.reference,
        ),
        paragraphs=(
            _("We vroegen of de kubus bij jullie mag staan. Dat is niet meer nodig."),
            _("Je hoeft niets te doen. Jullie houden de ruimte vrij voor anderen. Dank je wel."),
        ),
        facts=_facts(request, consent),
    )


def measures(request: BookingRequest, room: Room) -> Message:
    """The exact questions, and where the answers can be filled in."""
    return Message(
        subject=_("Past de kubus in %(room)s? We weten nog niet alles", room=room.full_name),
        paragraphs=(
            _("Een organisatie wil de kubus bij jullie ontvangen. Wil je dit voor ons opzoeken?"),
            *fit_of(room).questions,
        ),
        facts=((_("Waar"), address_of(room)), (_("Nummer"), request.reference)),
        action=Action(_("Vul de maten in"), site().url(f"/mijn-ruimtes/ruimtes/{room.id}")),
        footnote=_("Bellen mag ook: %(phone)s.", phone=site().phone),
    )


def _question(request: BookingRequest, consent: HostConsent) -> tuple[str, ...]:
    until = day_and_time(consent.answer_until)
    if _agreed(request):
        return (
            _("Het theater wil met de kubus bij jullie staan. Het moment staat al vast."),
            _("Jullie ja hebben we nog niet. Laat het uiterlijk %(day)s weten.", day=until),
        )
    return (
        _("Een organisatie vraagt de kubus van Stut Theater, en wil graag bij jullie staan."),
        _(
            "Laat uiterlijk %(day)s weten of de kubus welkom is. Dan beslist het theater.",
            day=until,
        ),
    )


def _agreed(request: BookingRequest) -> Stop | None:
    """The visit that is confirmed."""
    return request.stop if request.stop and request.stop.is_confirmed else None


def _when(request: BookingRequest) -> tuple[str, str]:
    agreed = _agreed(request)
    if agreed:
        return (_("Afgesproken"), with_stay(day_and_span(agreed), agreed.stay))
    asked = [with_stay(moment(wish), stay) for wish, stay in stays_asked(request)]
    return (_("Gevraagd"), "; ".join(asked))


def _facts(request: BookingRequest, consent: HostConsent) -> tuple[tuple[str, str], ...]:
    return (
        (_("Organisatie"), request.organisation.name),
        (_("Waar"), address_of(consent.room)),
        _when(request),
        (_("Bezoekers"), _("%(number)s, steeds twee tegelijk", number=request.visitors)),
        (_("Past de kubus?"), fit_of(consent.room).word),
        (_("Gevraagd op"), long_date(consent.asked_at)),
    )


def _answer(link: str) -> Action:
    return Action(_("Geef antwoord"), site().url(f"/toestemming/{link}"))
