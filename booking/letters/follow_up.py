"""How was it, and what continues? Written inside `speaking`."""

from datetime import datetime
from functools import partial

from booking.letters.posting import own_link, post
from booking.letters.recipients import asker
from booking.models import BookingRequest, Stop
from booking.rules.follow_up import ReportMoment
from core.filters import long_date
from core.language import gettext as _
from core.mail import Action, Message
from core.site import site


def how_was_it(request: BookingRequest, stop: Stop, moment: ReportMoment, *, now: datetime) -> None:
    write = {ReportMoment.NEXT_DAY: _next_day, ReportMoment.FOUR_WEEKS: _four_weeks}[moment]
    link = site().url(f"/aanvraag/{own_link(request, now)}/na-afloop")
    event = f"stop:{stop.id}:report:{moment}"
    post(partial(write, request, stop, link), asker(request), request, event=event, now=now)


def _next_day(request: BookingRequest, stop: Stop, link: str) -> Message:
    return Message(
        subject=_("Hoe was het met de kubus? (%(reference)s)", reference=request.reference),
        paragraphs=(
            _("Op %(day)s was de kubus bij jullie. Dank je wel.", day=_day(stop)),
            _("Vertel in twee minuten hoeveel mensen er waren en wat er doorgaat."),
        ),
        action=Action(_("Vertel hoe het was"), link),
        footnote=_("We vragen alleen aantallen. Schrijf geen namen op."),
    )


def _four_weeks(request: BookingRequest, stop: Stop, link: str) -> Message:
    return Message(
        subject=_("Wat gaat er door na de kubus? (%(reference)s)", reference=request.reference),
        paragraphs=(
            _("Op %(day)s was de kubus bij jullie. Dat is vier weken geleden.", day=_day(stop)),
            _("Zien mensen elkaar nog? Vertel het in twee minuten, ook als er niets doorging."),
        ),
        action=Action(_("Vertel wat er doorgaat"), link),
        footnote=_(
            "Zoek je een ruimte om elkaar vaker te zien? Kijk op %(url)s.",
            url=site().url("/ruimtes"),
        ),
    )


def _day(stop: Stop) -> str:
    return long_date(stop.starts_at)
