"""The intake of a moment is over: the planners choose."""

from datetime import datetime
from functools import partial

from booking.letters.posting import post_to_each
from booking.letters.recipients import planners
from booking.models import Moment
from core.filters import long_date
from core.language import gettext as _
from core.mail import Action, Message
from core.site import site


def choose_now(moment: Moment, *, now: datetime) -> None:
    post_to_each(partial(_over, moment), planners(), moment, event="choose", now=now)


def _over(moment: Moment) -> Message:
    return Message(
        subject=_("Kies nu: %(name)s", name=moment.public_name),
        paragraphs=(
            _("Het verzamelen van aanvragen is voorbij."),
            _("Kies samen wie er speelt. De rest bied je een dag dichtbij aan."),
        ),
        facts=((_("Eerste dag"), long_date(moment.first_day)),),
        action=Action(_("Bekijk de aanvragen"), site().url(f"/planning/momenten/{moment.id}")),
    )
