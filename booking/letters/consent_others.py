"""What the asker and the planners read about a host's answer. Written inside `speaking`."""

from collections.abc import Sequence

from booking import phrases
from booking.models import BookingRequest, HostConsent
from booking.queries.near_rooms import FreeRoom
from booking.rules.consent import ConsentState
from core.filters import day_and_span, long_date
from core.language import gettext as _
from core.language import ngettext
from core.mail import Action, Message
from core.site import site

Near = Sequence[FreeRoom]


def agreed_for_asker(request: BookingRequest, consent: HostConsent, link: str) -> Message:
    return Message(
        subject=_("De beheerder zegt ja (%(reference)s)", reference=request.reference),
        paragraphs=(
            _("De kubus is welkom in %(room)s.", room=consent.room.full_name),
            _("Het is nog niet zeker: nu kiest het theater het moment."),
            *_minding(consent),
        ),
        facts=_suiting(consent),
        action=_own_page(link),
    )


def refused_for_asker(
    request: BookingRequest, consent: HostConsent, near: Near, link: str
) -> Message:
    return Message(
        subject=_(
            "%(room)s kan de kubus niet ontvangen (%(reference)s)", **_named(request, consent)
        ),
        paragraphs=(
            _("De beheerder zegt nee. Dat is jammer, maar je aanvraag loopt door."),
            *_why(consent),
            _("Je gekozen momenten blijven staan. Het theater zoekt een andere plek."),
            *((_("Deze plekken zijn dan vrij. Kies er een op je eigen pagina."),) if near else ()),
        ),
        facts=_free(near),
        action=_own_page(link, _("Kies een andere plek") if near else None),
    )


def taken_back_for_asker(request: BookingRequest, consent: HostConsent, link: str) -> Message:
    """Of a visit that is in their calendar: the theatre finds a way, or calls it off."""
    return Message(
        subject=_(
            "%(room)s kan de kubus toch niet ontvangen (%(reference)s)", **_named(request, consent)
        ),
        paragraphs=(
            _("De beheerder zegt dat de kubus daar toch niet kan staan."),
            *_why(consent),
            _("Er is nog niets afgezegd. Het theater zoekt een oplossing en laat het je weten."),
        ),
        action=_own_page(link),
        footnote=_("Liever meteen overleggen? Bel %(phone)s.", phone=site().phone),
    )


def later_for_asker(request: BookingRequest, consent: HostConsent, link: str) -> Message:
    return Message(
        subject=_("%(room)s antwoordt later (%(reference)s)", **_named(request, consent)),
        paragraphs=(
            _(
                "De beheerder denkt er nog over na. Je hoort het uiterlijk %(day)s.",
                day=long_date(consent.answer_until),
            ),
            _("Je hoeft nu niets te doen."),
        ),
        action=_own_page(link),
    )


def silent_for_asker(request: BookingRequest, consent: HostConsent, link: str) -> Message:
    return Message(
        subject=_("Nog geen antwoord van %(room)s (%(reference)s)", **_named(request, consent)),
        paragraphs=(
            _("De beheerder heeft nog niet gezegd of de kubus welkom is."),
            _("Het theater belt. Je hoeft nu niets te doen."),
        ),
        action=_own_page(link),
    )


def agreed_for_planner(request: BookingRequest, consent: HostConsent) -> Message:
    return Message(
        subject=_("De kubus is welkom in %(room)s (%(reference)s)", **_named(request, consent)),
        paragraphs=(_("De beheerder zegt ja."), *_minding(consent)),
        facts=(*_suiting(consent), *_asked(request)),
        action=_desk(request),
    )


def refused_for_planner(
    request: BookingRequest, consent: HostConsent, near: Near, was_confirmed: bool
) -> Message:
    return Message(
        subject=_(
            "De kubus is niet welkom in %(room)s (%(reference)s)", **_named(request, consent)
        ),
        paragraphs=(
            _("De beheerder zegt nee. De aanvraag wacht weer op jullie."),
            *_why(consent),
            *(
                (_("De bevestiging van zojuist is teruggedraaid. Niemand kreeg daar mail over."),)
                if was_confirmed
                else ()
            ),
        ),
        facts=(*_asked(request), *_free(near)),
        action=_desk(request),
    )


def taken_back_for_planner(request: BookingRequest, consent: HostConsent) -> Message:
    """After the confirmation: a question to cancel or move, which a person decides."""
    stop = request.stop
    when = ((_("Wanneer"), day_and_span(stop)),) if stop else ()
    return Message(
        subject=_(
            "Bel: %(room)s wil de kubus niet meer (%(reference)s)", **_named(request, consent)
        ),
        paragraphs=(
            _("Deze speelbeurt is bevestigd, en de beheerder zegt nu nee."),
            *_why(consent),
            _("Er is nog niets afgezegd. Overleg, en verplaats of annuleer dan de speelbeurt."),
        ),
        facts=(*when, *_asked(request)),
        action=_desk(request),
    )


def later_for_planner(request: BookingRequest, consent: HostConsent) -> Message:
    return Message(
        subject=_("%(room)s antwoordt later (%(reference)s)", **_named(request, consent)),
        paragraphs=(
            _(
                "De beheerder denkt nog na over de kubus, en antwoordt uiterlijk %(day)s.",
                day=long_date(consent.answer_until),
            ),
        ),
        facts=_asked(request),
        action=_desk(request),
    )


def silent_for_planner(request: BookingRequest, consent: HostConsent) -> Message:
    phone = consent.room.venue.phone
    return Message(
        subject=_("Geen antwoord van %(room)s (%(reference)s)", **_named(request, consent)),
        paragraphs=(
            _("De beheerder heeft niet op tijd gezegd of de kubus welkom is. Bel even."),
            _("Wat je hoort kun je bij de aanvraag opschrijven."),
        ),
        facts=(*(((_("Telefoon"), phone),) if phone else ()), *_asked(request)),
        action=_desk(request),
    )


def promise_for_planner(request: BookingRequest) -> Message:
    assert request.answer_until is not None
    return Message(
        subject=_("Aanvraag %(reference)s wacht op jullie antwoord", reference=request.reference),
        paragraphs=(
            _("We beloofden een antwoord voor %(day)s.", day=long_date(request.answer_until)),
            *_host_so_far(request),
        ),
        facts=_asked(request),
        action=_desk(request),
    )


def _host_so_far(request: BookingRequest) -> tuple[str, ...]:
    """Whether the theatre has to wait for a host, or can decide."""
    consent = request.consent
    if consent is None:
        return ()
    room = consent.room.full_name
    said = {
        ConsentState.ASKED: _("De beheerder van %(room)s heeft nog niet geantwoord.", room=room),
        ConsentState.EXPIRED: _("De beheerder van %(room)s antwoordde niet. Bel even.", room=room),
        ConsentState.YES: _("De beheerder van %(room)s zei ja.", room=room),
        ConsentState.NO: _("De beheerder van %(room)s zei nee: zoek een andere plek.", room=room),
    }
    return (said[consent.state],)


def _named(request: BookingRequest, consent: HostConsent) -> dict[str, str]:
    return {"room": consent.room.full_name, "reference": request.reference}


def _why(consent: HostConsent) -> tuple[str, ...]:
    reason = phrases.host_reason(consent.reason)
    return tuple(said for said in (reason, consent.words) if said)


def _minding(consent: HostConsent) -> tuple[str, ...]:
    return (_("De beheerder schrijft: %(words)s", words=consent.words),) if consent.words else ()


def _suiting(consent: HostConsent) -> tuple[tuple[str, str], ...]:
    suiting = "; ".join(phrases.moment(wish) for wish in consent.suiting)
    return ((_("Deze momenten passen"), suiting),) if suiting else ()


def _asked(request: BookingRequest) -> tuple[tuple[str, str], ...]:
    return (
        (_("Organisatie"), request.organisation.name),
        (_("Keuzes"), "; ".join(phrases.moment(choice.wish) for choice in request.choices)),
    )


def _free(near: Near) -> tuple[tuple[str, str], ...]:
    return tuple(
        (
            each.room.full_name,
            ngettext(
                "%(num)d minuut lopen; vrij op %(moments)s",
                "%(num)d minuten lopen; vrij op %(moments)s",
                each.walking,
                moments="; ".join(phrases.moment(wish) for wish in each.wishes),
            ),
        )
        for each in near
    )


def _desk(request: BookingRequest) -> Action:
    return Action(_("Bekijk de aanvraag"), site().url(f"/planning/aanvragen/{request.id}"))


def _own_page(link: str, label: str | None = None) -> Action:
    return Action(label or _("Bekijk je aanvraag"), site().url(f"/aanvraag/{link}"))
