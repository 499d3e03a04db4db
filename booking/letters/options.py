"""What is read about options. Written inside `speaking`, in the reader's language."""

from booking import phrases
from booking.letters.asker import own_page, reason, request_facts, when_and_where
from booking.models import BookingRequest, Option
from core.filters import long_date
from core.language import gettext as _
from core.mail import Action, Message
from core.site import site


def optioned(request: BookingRequest, option: Option, link: str) -> Message:
    if option.rank > 1:
        return _behind(request, option, link)
    return Message(
        subject=_("We houden een moment voor je vrij (%(reference)s)", reference=request.reference),
        paragraphs=(
            _("De kubus staat voor jullie in optie. Het is nog niet zeker."),
            _(
                "We houden het vrij tot en met %(day)s. Daarvoor hoor je of het doorgaat.",
                day=long_date(option.last_day),
            ),
        ),
        facts=(*when_and_where(option), *request_facts(request)),
        action=own_page(link, _("Bekijk je aanvraag")),
    )


def _behind(request: BookingRequest, option: Option, link: str) -> Message:
    return Message(
        subject=_(
            "Je hebt de %(rank)s optie (%(reference)s)",
            rank=phrases.ordinal(option.rank),
            reference=request.reference,
        ),
        paragraphs=(
            _("Een andere organisatie vroeg dit moment eerder. Zij mag eerst beslissen."),
            _(
                "Ziet zij ervan af, dan schuif je op. Je hoort het uiterlijk op %(day)s.",
                day=long_date(option.last_day),
            ),
        ),
        facts=(*when_and_where(option), *request_facts(request)),
        action=own_page(link, _("Bekijk je aanvraag")),
        footnote=_("Wil je niet wachten? Op die pagina laat je de optie los."),
    )


def moved_up(request: BookingRequest, option: Option, why: str, link: str) -> Message:
    now_first = _("Niemand staat nog voor je. We houden dit moment nu voor jullie vrij.")
    closer = _("Er staat nog iemand voor je. Je hoort het als dat verandert.")
    return Message(
        subject=_(
            "Je schuift op: je hebt nu de %(rank)s optie (%(reference)s)",
            rank=phrases.ordinal(option.rank),
            reference=request.reference,
        ),
        paragraphs=(now_first if option.rank == 1 else closer, *reason(why), _until(option)),
        facts=when_and_where(option),
        action=own_page(link, _("Bekijk je aanvraag")),
    )


def moved_down(request: BookingRequest, option: Option, why: str, link: str) -> Message:
    return Message(
        subject=_(
            "Je hebt nu de %(rank)s optie (%(reference)s)",
            rank=phrases.ordinal(option.rank),
            reference=request.reference,
        ),
        paragraphs=(
            _("Het theater zette een andere organisatie voor je. Zij mag eerst beslissen."),
            *reason(why),
            _until(option),
        ),
        facts=when_and_where(option),
        action=own_page(link, _("Bekijk je aanvraag")),
        footnote=_("Ben je het er niet mee eens? Bel ons op %(phone)s.", phone=site().phone),
    )


def challenged(request: BookingRequest, option: Option, link: str) -> Message:
    return Message(
        subject=_(
            "Wil je dit moment zeker? Beslis uiterlijk %(day)s (%(reference)s)",
            day=long_date(option.last_day),
            reference=request.reference,
        ),
        paragraphs=(
            _("Een andere organisatie wacht op hetzelfde moment. Jij mag eerst beslissen."),
            _("Zeg je niets, dan vervalt je optie en is de ander aan de beurt."),
        ),
        facts=when_and_where(option),
        action=own_page(link, _("Beslis nu")),
        footnote=_("Liever overleggen? Bel ons op %(phone)s.", phone=site().phone),
    )


def wanted(request: BookingRequest, option: Option) -> Message:
    """To planners."""
    return Message(
        subject=_(
            "%(organisation)s wil het zeker (%(reference)s)",
            organisation=request.organisation.name,
            reference=request.reference,
        ),
        paragraphs=(_("De eerste optie wil dit moment zeker. Bevestig de speelbeurt."),),
        facts=when_and_where(option),
        action=Action(_("Bekijk de aanvraag"), site().url(f"/planning/aanvragen/{request.id}")),
    )


def ends_soon(request: BookingRequest, option: Option, link: str) -> Message:
    return Message(
        subject=_("Je optie loopt bijna af (%(reference)s)", reference=request.reference),
        paragraphs=(
            _("We houden dit moment vrij tot en met %(day)s.", day=long_date(option.last_day)),
            _("Moet er nog iets geregeld worden? Bel ons dan op %(phone)s.", phone=site().phone),
        ),
        facts=when_and_where(option),
        action=own_page(link, _("Bekijk je aanvraag")),
    )


def expired(request: BookingRequest, option: Option) -> Message:
    again = _("Wil je de kubus nog? Vraag hem dan opnieuw aan, of bel %(phone)s.")
    return Message(
        subject=_("Je optie is verlopen (%(reference)s)", reference=request.reference),
        paragraphs=(
            _("We hielden een moment voor je vrij. Die tijd is voorbij, het moment is weer vrij."),
            again % {"phone": site().phone},
        ),
        facts=when_and_where(option),
        action=Action(_("Vraag de kubus opnieuw aan"), site().url("/kubus/aanvragen")),
    )


def released(request: BookingRequest, option: Option, why: str, link: str) -> Message:
    return Message(
        subject=_("Je optie is losgelaten (%(reference)s)", reference=request.reference),
        paragraphs=(
            _("We houden dit moment niet meer voor je vrij. Je aanvraag blijft staan."),
            *reason(why),
            _("Het theater zoekt een ander moment."),
            *((phrases.heard_before(request.answer_until),) if request.answer_until else ()),
        ),
        facts=when_and_where(option),
        action=own_page(link, _("Bekijk je aanvraag")),
    )


def overtaken(request: BookingRequest, option: Option, link: str) -> Message:
    return Message(
        subject=_("Dit moment ging naar een ander (%(reference)s)", reference=request.reference),
        paragraphs=(
            _("De organisatie die voor je stond, wilde dit moment. Je optie is daarmee voorbij."),
            _("Je aanvraag blijft staan. Het theater zoekt een ander moment voor jullie."),
        ),
        facts=when_and_where(option),
        action=own_page(link, _("Bekijk je aanvraag")),
        footnote=_("Liever overleggen? Bel ons op %(phone)s.", phone=site().phone),
    )


def _until(option: Option) -> str:
    return _("Je optie geldt tot en met %(day)s.", day=long_date(option.last_day))
