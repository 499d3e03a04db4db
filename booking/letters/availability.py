"""A performer cannot play at what was planned: the planners hear it."""

from datetime import datetime

from booking.letters.recipients import planners
from booking.models import Performer, Stop
from core import outbox
from core.filters import day_and_span
from core.language import gettext as _
from core.language import speaking
from core.mail import Action, Message
from core.site import site


def tell_planners(performer: Performer, stops: list[Stop], now: datetime) -> None:
    for person in planners():
        with speaking(person.language):
            outbox.post(
                _hits(performer, stops),
                person,
                key=f"availability:{performer.id}:{now.isoformat()}:{person.address}",
                thread=f"performer:{performer.id}",
                about=("performer", performer.id),
                now=now,
            )


def _hits(performer: Performer, stops: list[Stop]) -> Message:
    return Message(
        subject=_("%(name)s kan niet bij een geplande speelbeurt", name=performer.name),
        paragraphs=(
            _("%(name)s veranderde wanneer er gespeeld kan worden.", name=performer.name),
            _("Deze speelbeurten vallen er nu buiten. Er is nog niets afgezegd."),
        ),
        facts=tuple((day_and_span(stop.period), stop.room.full_name) for stop in stops),
        action=Action(_("Bekijk de spelers"), site().url("/planning/spelers")),
    )
