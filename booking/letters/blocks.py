"""What a block does that no other letter tells."""

from collections.abc import Sequence
from datetime import datetime

from booking import phrases
from booking.letters.asker import own_page, reason
from booking.letters.posting import own_link, post
from booking.letters.recipients import asker
from booking.models import BookingRequest
from booking.rules.norms import Wish
from core.language import gettext as _
from core.mail import Message


def offer_dropped(
    request: BookingRequest, gone: Sequence[Wish], words: str, *, now: datetime
) -> None:
    """A moment that was kept for an asker is not to be had any more."""
    link = own_link(request, now)

    def write() -> Message:
        left = "; ".join(phrases.moment(each.wish) for each in request.alternatives)
        return Message(
            subject=_("Een moment kan toch niet (%(reference)s)", reference=request.reference),
            paragraphs=(
                _("We hielden iets voor je vrij dat nu niet meer kan. Dat spijt ons."),
                *reason(words),
            ),
            facts=(
                (_("Kan niet meer"), "; ".join(phrases.moment(wish) for wish in gone)),
                *(((_("Wat nog wel kan"), left),) if left else ()),
            ),
            action=own_page(link, _("Bekijk je aanvraag")),
        )

    post(write, asker(request), request, event=f"offer dropped:{now:%Y%m%d%H%M%S}", now=now)
