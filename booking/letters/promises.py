"""An asker hears that the answer comes later than was promised, and why."""

from datetime import datetime
from functools import partial

from booking import phrases
from booking.letters.asker import own_page
from booking.letters.posting import own_link, post
from booking.letters.recipients import asker
from booking.models import BookingRequest
from booking.queries.moments import intakes_for
from booking.rules.promises import Intake
from core.clock import local_date
from core.filters import long_date
from core.language import gettext as _
from core.mail import Message
from core.site import site


def heard_later(request: BookingRequest, before: datetime, *, now: datetime) -> None:
    """Once for each date: who knows it already is not told again."""
    assert request.answer_until is not None
    intakes = intakes_for([choice.wish for choice in request.choices], local_date(now))
    write = partial(_heard_later, request, before, intakes, own_link(request, now))
    post(write, asker(request), request, event=f"later:{request.answer_until:%Y%m%d}", now=now)


def _heard_later(
    request: BookingRequest, before: datetime, intakes: list[Intake], link: str
) -> Message:
    return Message(
        subject=_("Je hoort het later (%(reference)s)", reference=request.reference),
        paragraphs=(
            _("We zouden je antwoord geven voor %(day)s. Dat lukt niet.", day=long_date(before)),
            *phrases.when_heard(request.answer_until, intakes),
            _("Je aanvraag blijft staan. Je hoeft niets te doen."),
        ),
        action=own_page(link, _("Bekijk je aanvraag")),
        footnote=_("Kun je niet zo lang wachten? Bel ons op %(phone)s.", phone=site().phone),
    )
