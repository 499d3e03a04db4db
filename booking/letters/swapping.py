"""What performers read of each other's requests, and what planners read of a swap."""

from datetime import datetime
from functools import partial

from booking.letters.posting import Writer, post, post_to_each
from booking.letters.recipients import planners, recipient
from booking.models import Performer, SwapRequest
from booking.rules.swapping import SwapAnswer
from core import links
from core.filters import day_and_span, long_date, time_span
from core.language import gettext as _
from core.mail import Action, Message
from core.site import site


def asked(swap: SwapRequest, *, now: datetime) -> None:
    key = links.issue(*swap.subject, now=now, expires_at=swap.stop.ends_at)
    _tell(partial(_asked, swap, key), swap.colleague, swap, "asked", now)


def answered(swap: SwapRequest, *, now: datetime) -> None:
    """Whoever asked hears it; the planners only of a yes."""
    has_swapped = swap.answer is SwapAnswer.YES
    _tell(partial(_yes if has_swapped else _no, swap), swap.asker, swap, "answered", now)
    if has_swapped:
        post_to_each(partial(_to_planner, swap), planners(), swap, event="swapped", now=now)


def taken_back(swap: SwapRequest, *, now: datetime) -> None:
    _tell(partial(_taken_back, swap), swap.colleague, swap, "back", now)


def _tell(write: Writer, to: Performer, swap: SwapRequest, event: str, now: datetime) -> None:
    if to.person and to.person.disabled_at is None:
        post(write, recipient(to.person), swap, event=event, now=now)


def _asked(swap: SwapRequest, key: str) -> Message:
    """Without the words: planners see the mails that leave."""
    return Message(
        subject=_(
            "%(name)s vraagt of jij speelt op %(day)s",
            name=swap.asker.name,
            day=long_date(swap.stop.starts_at),
        ),
        paragraphs=(
            _("%(name)s vraagt of jij deze ontmoetingen overneemt.", name=swap.asker.name),
            *((_("Op de pagina lees je wat erbij staat."),) if swap.words else ()),
            _("Er verandert niets tot je antwoordt. Nee zeggen mag."),
        ),
        facts=_facts(swap),
        action=Action(_("Bekijk de vraag en antwoord"), site().url(f"/ruil/{key}")),
    )


def _yes(swap: SwapRequest) -> Message:
    return Message(
        subject=_(
            "%(name)s neemt het over op %(day)s",
            name=swap.colleague.name,
            day=long_date(swap.stop.starts_at),
        ),
        paragraphs=(_("Deze ontmoetingen zijn niet meer van jou. De planners weten het."),),
        facts=_facts(swap),
    )


def _no(swap: SwapRequest) -> Message:
    return Message(
        subject=_(
            "%(name)s kan niet op %(day)s",
            name=swap.colleague.name,
            day=long_date(swap.stop.starts_at),
        ),
        paragraphs=(_("Er verandert niets: jij speelt. Vraag iemand anders, of bel het theater."),),
        facts=_facts(swap),
        action=Action(_("Naar je pagina"), site().url("/mijn-speelbeurten")),
    )


def _taken_back(swap: SwapRequest) -> Message:
    return Message(
        subject=_("Niet meer nodig: de ruil op %(day)s", day=long_date(swap.stop.starts_at)),
        paragraphs=(_("%(name)s speelt toch zelf. Je hoeft niets te doen.", name=swap.asker.name),),
        facts=_facts(swap),
    )


def _to_planner(swap: SwapRequest) -> Message:
    return Message(
        subject=_(
            "%(asker)s en %(colleague)s hebben geruild op %(day)s",
            asker=swap.asker.name,
            colleague=swap.colleague.name,
            day=long_date(swap.stop.starts_at),
        ),
        paragraphs=(
            _(
                "%(colleague)s speelt deze ontmoetingen nu, in plaats van %(asker)s.",
                asker=swap.asker.name,
                colleague=swap.colleague.name,
            ),
        ),
        facts=_facts(swap),
        action=Action(
            _("Bekijk de speelbeurt"),
            site().url(f"/planning/aanvragen/{swap.stop.booking_request_id}"),
        ),
    )


def _facts(swap: SwapRequest) -> tuple[tuple[str, str], ...]:
    times = ", ".join(time_span(each.encounter.period) for each in swap.offered)
    return (
        (_("Speelbeurt"), day_and_span(swap.stop.period)),
        (_("Waar"), swap.stop.room.full_name),
        (_("Ontmoetingen"), times),
    )
