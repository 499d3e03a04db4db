"""What the asker reads. Written inside `speaking`, in the reader's language."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from booking import phrases
from booking.models import BookingRequest, Option, Stop
from booking.rules.consent import ConsentState
from booking.rules.encounters import SEATS
from booking.rules.promises import Intake
from core.filters import clock_time, day_and_span, long_date
from core.language import gettext as _
from core.mail import Action, Message
from core.period import Period
from core.site import site


def submitted(request: BookingRequest, intakes: Sequence[Intake], link: str) -> Message:
    """`intakes`: what the answer waits for."""
    return Message(
        subject=_("We hebben je aanvraag %(reference)s", reference=request.reference),
        paragraphs=(
            _("Wat fijn dat de kubus bij jullie mag komen. Je aanvraag is binnen."),
            *_host_first(request),
            *phrases.when_heard(request.answer_until, intakes),
        ),
        facts=(*request_facts(request), (_("Jouw keuzes"), _choices(request))),
        action=own_page(link, _("Bekijk je aanvraag")),
        footnote=_("Deze link is alleen voor jou. Ermee kun je ook wijzigen of intrekken."),
    )


def _host_first(request: BookingRequest) -> tuple[str, ...]:
    """Whose answer comes before that of the theatre."""
    consent = request.consent
    if consent is None or consent.state is not ConsentState.ASKED:
        return ()
    room, day = consent.room.full_name, long_date(consent.answer_until)
    return (
        _(
            "Eerst vragen we de beheerder van %(room)s of de kubus welkom is. Die antwoordt"
            " voor %(day)s.",
            room=room,
            day=day,
        ),
    )


def confirmed(request: BookingRequest, stop: Stop, link: str) -> Message:
    return Message(
        subject=_(
            "Het gaat door: de kubus komt op %(day)s (%(reference)s)",
            day=long_date(stop.starts_at),
            reference=request.reference,
        ),
        paragraphs=(
            _("De kubus komt naar jullie toe. Bij deze mail zit een uitnodiging voor je agenda."),
            _(
                "We bouwen op vanaf %(get_in)s en zijn weg om %(get_out)s.",
                get_in=day_and_time(stop.stay_starts_at),
                get_out=day_and_time(stop.stay_ends_at),
            ),
        ),
        facts=(*when_and_where(stop), *request_facts(request), *_capacity(stop)),
        action=own_page(link, _("Bekijk de afspraak")),
        footnote=_("Kan het toch niet? Zeg het zo snel mogelijk af op die pagina."),
    )


def moved(request: BookingRequest, stop: Stop, why: str, link: str) -> Message:
    return Message(
        subject=_("De afspraak is veranderd (%(reference)s)", reference=request.reference),
        paragraphs=(
            _("De kubus komt op een ander moment of op een andere plek. Dit geldt nu:"),
            *reason(why),
        ),
        facts=when_and_where(stop),
        action=own_page(link, _("Bekijk de afspraak")),
    )


def recast(request: BookingRequest, stop: Stop, why: str, link: str) -> Message:
    return Message(
        subject=_("Er speelt iemand anders (%(reference)s)", reference=request.reference),
        paragraphs=(
            _("De kubus komt gewoon. Dag, tijd en plek blijven zoals ze waren."),
            *reason(why),
        ),
        facts=(*when_and_where(stop), (_("Speler"), _players(stop))),
        action=own_page(link, _("Bekijk de afspraak")),
    )


def cancelled(request: BookingRequest, stop: Stop, why: str, link: str) -> Message:
    """`link`: to the own page, when other moments are offered there."""
    offered = _offered(request)
    again = Action(_("Kies een ander moment"), site().url("/kubus/aanvragen"))
    return Message(
        subject=_("Afgezegd: de kubus komt niet (%(reference)s)", reference=request.reference),
        paragraphs=(
            _("Deze afspraak gaat niet door."),
            *reason(why),
            *(_offered_until(request) if offered else ()),
        ),
        facts=(*when_and_where(stop), *offered),
        action=own_page(link, _("Kies een ander moment")) if offered else again,
    )


def declined(request: BookingRequest, link: str) -> Message:
    offered = _offered(request)
    return Message(
        subject=_("Over je aanvraag %(reference)s", reference=request.reference),
        paragraphs=(
            _("Het lukt ons helaas niet om op het moment dat je vroeg te komen."),
            phrases.decline_reason(request.decline_reason),
            *reason(request.decline_words),
            *(_offered_until(request) if offered else ()),
        ),
        facts=offered,
        action=own_page(link, _("Kies een ander moment") if offered else _("Bekijk je aanvraag")),
    )


def withdrawn(request: BookingRequest) -> Message:
    return Message(
        subject=_("Je aanvraag is ingetrokken (%(reference)s)", reference=request.reference),
        paragraphs=(
            _("Je hoeft niets meer te doen."),
            _("Wil je de kubus later toch? Je kunt hem altijd opnieuw aanvragen."),
        ),
        action=Action(_("Vraag de kubus opnieuw aan"), site().url("/kubus/aanvragen")),
    )


def day_and_time(moment: datetime) -> str:
    return _("%(time)s uur op %(day)s", time=clock_time(moment), day=long_date(moment))


def when_and_where(entry: Stop | Option) -> tuple[tuple[str, str], ...]:
    return (
        (_("Wanneer"), "; ".join(day_and_span(period) for period in _playing(entry))),
        (_("Waar"), f"{entry.room.full_name}, {entry.room.venue.address}"),
    )


def _playing(entry: Stop | Option) -> list[Period]:
    if isinstance(entry, Stop):
        return [session.period for session in entry.sessions]
    return [entry.period]


def request_facts(request: BookingRequest) -> tuple[tuple[str, str], ...]:
    return (
        (_("Organisatie"), request.organisation.name),
        (_("Bezoekers"), str(request.visitors)),
        (_("Nummer"), request.reference),
    )


def _offered(request: BookingRequest) -> tuple[tuple[str, str], ...]:
    moments = "; ".join(phrases.moment(each.wish) for each in request.alternatives)
    return ((_("Wat wel kan"), moments),) if moments else ()


def _players(stop: Stop) -> str:
    return ", ".join(performer.name for performer in stop.performers)


def _offered_until(request: BookingRequest) -> tuple[str, ...]:
    kept_until = request.alternatives[0].kept_until
    assert kept_until
    return (
        _("We kunnen je wel iets anders aanbieden. Kies op je eigen pagina."),
        _(
            "Tot en met %(day)s houden we dat voor je vrij.",
            day=long_date(kept_until - timedelta(seconds=1)),
        ),
    )


def _capacity(stop: Stop) -> tuple[tuple[str, str], ...]:
    """As agreed: a later norm for the length of an encounter does not change it."""
    fits = SEATS * sum(each.dropped_at is None for each in stop.encounters)
    return ((_("Plaats voor"), _("%(number)s bezoekers, steeds twee tegelijk", number=fits)),)


def _choices(request: BookingRequest) -> str:
    return "; ".join(phrases.moment(choice.wish) for choice in request.choices)


def reason(words: str) -> tuple[str, ...]:
    return (_("De reden: %(words)s", words=words),) if words else ()


def own_page(link: str, label: str) -> Action:
    return Action(label, site().url(f"/aanvraag/{link}"))
