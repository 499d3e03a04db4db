"""What performers say of themselves: the planners hear what it hits; performers hear what was said
for them."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from booking.letters.posting import post, post_to_each
from booking.letters.recipients import planner_persons, recipient
from booking.models import Performer
from booking.queries.availability import Against
from core.errors import sentences
from core.filters import day_and_span, long_date
from core.history import Actor
from core.language import gettext as _
from core.mail import Action, Message
from core.site import site

PLANNERS_PATH = "/planning/spelers"
OWN_PATH = "/mijn-speelbeurten/beschikbaar"


def said(
    performer: Performer, version: int, hits: Sequence[Against], *, by: Actor, now: datetime
) -> None:
    """Not to whoever did it."""
    event = f"availability:{version}"
    if hits:
        others = [recipient(each) for each in planner_persons() if each.id != by.person_id]
        write = partial(_to_planners, performer, hits)
        post_to_each(write, others, performer, event=event, now=now)
    own = performer.person
    if own and own.disabled_at is None and by.kind == "person" and own.id != by.person_id:
        post(_to_performer, recipient(own), performer, event=f"{event}:own", now=now)


def invited(performer: Performer, *, now: datetime) -> None:
    if performer.person:
        to = recipient(performer.person)
        post(_invitation, to, performer, event=f"invited:{now:%Y%m%d%H%M%S}", now=now)


def _to_planners(performer: Performer, hits: Sequence[Against]) -> Message:
    first, day = hits[0], long_date(hits[0].stop.starts_at)
    if first.is_impossible:
        subject = _("%(name)s kan niet op %(day)s", name=performer.name, day=day)
    else:
        subject = _("Let op bij %(name)s op %(day)s", name=performer.name, day=day)
    return Message(
        subject=subject,
        paragraphs=(
            _("%(name)s veranderde wanneer of waar spelen kan.", name=performer.name),
            _("Deze speelbeurten passen daar niet meer bij. Er is nog niets afgezegd."),
        ),
        facts=tuple((_what(each), " ".join(sentences(each.findings))) for each in hits),
        action=Action(_("Bekijk wat je kunt doen"), site().url(f"{PLANNERS_PATH}/{performer.id}")),
    )


def _what(each: Against) -> str:
    return f"{day_and_span(each.stop.period)}, {each.stop.room.full_name}"


def _to_performer() -> Message:
    return Message(
        subject=_("Het theater vulde in wanneer je kunt spelen"),
        paragraphs=(
            _("Iemand van het theater heeft dit voor je ingevuld. Klopt het niet? Verander het."),
        ),
        action=Action(_("Bekijk wat er staat"), site().url(OWN_PATH)),
    )


def _invitation() -> Message:
    return Message(
        subject=_("Je staat bij de spelers van %(theatre)s", theatre=site().theatre),
        paragraphs=(
            _("Op je eigen pagina staat wat je speelt, waar en wanneer, en hoe je er komt."),
            _("Daar zeg je ook wanneer je kunt. Zeg je niets, dan rekenen we op altijd."),
            _("Een wachtwoord is er niet. Vul je e-mailadres in en je krijgt een link."),
        ),
        action=Action(_("Naar je pagina"), site().url("/mijn-speelbeurten")),
    )
