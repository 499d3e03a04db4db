"""What performers, hosts and planners read. Written inside `speaking`."""

from booking.letters.asker import day_and_time
from booking.letters.entries import Part
from booking.models import BookingRequest, Stop
from booking.phrases import moment
from core.filters import day_and_span, long_date
from core.language import gettext as _
from core.mail import Action, Message
from core.site import site


def new_request(request: BookingRequest) -> Message:
    return Message(
        subject=_(
            "Aanvraag %(reference)s wacht op antwoord (%(district)s)",
            reference=request.reference,
            district=request.district.name,
        ),
        paragraphs=(_("Er is een aanvraag voor de kubus die op jullie wacht."),),
        facts=(
            (_("Organisatie"), request.organisation.name),
            (_("Wijk"), request.district.name),
            (_("Bezoekers"), str(request.visitors)),
            (_("Keuzes"), "; ".join(moment(choice.wish) for choice in request.choices)),
        ),
        action=Action(_("Bekijk de aanvraag"), site().url(f"/planning/aanvragen/{request.id}")),
    )


def withdrawn(request: BookingRequest) -> Message:
    """The theatre is free again: nothing waits for it any more."""
    return Message(
        subject=_(
            "Ingetrokken: %(organisation)s (%(reference)s)",
            organisation=request.organisation.name,
            reference=request.reference,
        ),
        paragraphs=(_("De aanvraag is ingetrokken. Jullie hoeven niets meer te doen."),),
        facts=((_("Keuzes"), "; ".join(moment(choice.wish) for choice in request.choices)),),
    )


def confirmed(request: BookingRequest, stop: Stop, part: Part | None = None) -> Message:
    return Message(
        subject=_(
            "De kubus op %(day)s, %(place)s",
            day=long_date(stop.starts_at),
            place=stop.room.full_name,
        ),
        paragraphs=(_("Deze speelbeurt is bevestigd. De uitnodiging voor je agenda zit hierbij."),),
        facts=_facts(request, stop, part),
    )


def moved(request: BookingRequest, stop: Stop, why: str, part: Part | None = None) -> Message:
    return Message(
        subject=_("Veranderd: de kubus op %(day)s", day=long_date(stop.starts_at)),
        paragraphs=(
            _("Deze speelbeurt is verplaatst. Je agenda verandert mee."),
            *((_("De reden: %(words)s", words=why),) if why else ()),
        ),
        facts=_facts(request, stop, part),
    )


def recast(request: BookingRequest, stop: Stop, why: str, part: Part | None = None) -> Message:
    return Message(
        subject=_("Andere speler: de kubus op %(day)s", day=long_date(stop.starts_at)),
        paragraphs=(
            _("Bij deze speelbeurt speelt iemand anders. Dag, tijd en plek blijven gelijk."),
            *((_("De reden: %(words)s", words=why),) if why else ()),
        ),
        facts=_facts(request, stop, part),
    )


def joins(request: BookingRequest, stop: Stop, _why: str, part: Part | None = None) -> Message:
    """Whoever had not been asked for this stop before."""
    return confirmed(request, stop, part)


def plays_otherwise(request: BookingRequest, stop: Stop, why: str, part: Part) -> Message:
    """Whoever stays, with other encounters than before."""
    return Message(
        subject=_("Je speelt andere ontmoetingen op %(day)s", day=long_date(stop.starts_at)),
        paragraphs=(
            _("Je eigen tijden bij deze speelbeurt zijn veranderd. Je agenda verandert mee."),
            *((_("De reden: %(words)s", words=why),) if why else ()),
        ),
        facts=_facts(request, stop, part),
    )


def no_longer_needed(request: BookingRequest) -> Message:
    return Message(
        subject=_(
            "Je bent niet meer nodig voor speelbeurt %(reference)s", reference=request.reference
        ),
        paragraphs=(_("De speelbeurt is veranderd. Hij gaat uit je agenda."),),
    )


def cancelled(request: BookingRequest, stop: Stop, why: str, part: Part | None = None) -> Message:
    return Message(
        subject=_("Afgezegd: de kubus op %(day)s", day=long_date(stop.starts_at)),
        paragraphs=(
            _("Deze speelbeurt gaat niet door. Hij gaat uit je agenda."),
            *((_("De reden: %(words)s", words=why),) if why else ()),
        ),
        facts=_facts(request, stop, part),
    )


def _facts(request: BookingRequest, stop: Stop, part: Part | None) -> tuple[tuple[str, str], ...]:
    """For who plays there, `part` has their own times."""
    periods = [each.period for each in (part.stretches if part else stop.sessions)]
    players = ", ".join(performer.name for performer in stop.performers)
    return (
        (_("Wanneer"), "; ".join(day_and_span(period) for period in periods)),
        (_("Opbouw vanaf"), day_and_time(stop.stay_starts_at)),
        (_("Weg om"), day_and_time(stop.stay_ends_at)),
        (_("Waar"), f"{stop.room.full_name}, {stop.room.venue.address}"),
        (_("Speler"), players),
        (_("Organisatie"), request.organisation.name),
        (_("Contact"), f"{request.contact_name} {request.contact_phone}".strip()),
        (_("Bezoekers"), str(request.visitors)),
    )
