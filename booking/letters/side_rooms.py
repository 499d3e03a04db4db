"""A room with something around a stop in it is open less than it was: who hears what."""

from datetime import datetime
from functools import partial
from hashlib import sha256

from booking.letters.recipients import planners
from booking.letters.side import Reader, deliver, end, tell, tell_planners
from booking.letters.side_words import at_the_desk, choose_again, facts
from booking.models import SideItem
from core.errors import phrase
from core.language import gettext as _
from core.mail import Action, Message
from core.site import site
from venues.rules.hits import Hit


def room_lost(item: SideItem, hit: Hit, words: str, *, now: datetime) -> None:
    """It cannot be there any more; the hosts said so, and their colleagues hear it too."""
    end(item, partial(_choose_elsewhere, item, hit, words), _not_here, "room-lost", True, now)
    tell_planners(item, partial(_planner_reads, item, hit, words, False), "room-lost", now)


def room_changed(item: SideItem, hit: Hit, words: str, *, now: datetime) -> None:
    """It goes on in a room that is not what it was."""
    tell(item, partial(_goes_on, item, hit, words), f"room:{mark_of(hit)}", now)
    tell_planners(
        item, partial(_planner_reads, item, hit, words, True), f"room:{mark_of(hit)}", now
    )


def does_not_fit(item: SideItem, hit: Hit, *, now: datetime) -> None:
    """Nobody decided this: a planner looks, and the partner is left alone."""
    for person in planners():
        write = partial(_planner_reads, item, hit, "", True)
        deliver(item, write, person, f"misfit:{mark_of(hit)}", now)


def _choose_elsewhere(item: SideItem, hit: Hit, words: str, reader: Reader) -> Message:
    return Message(
        subject=_("Kies een nieuw moment: %(title)s", title=item.title),
        paragraphs=(
            _("De ruimte kan toch niet. De kubus komt wel."),
            *_what_changed(hit, words),
            _("Kies een ander moment of een andere plek. Dan kijkt het theater of het past."),
        ),
        facts=facts(item),
        action=choose_again(reader),
    )


def _goes_on(item: SideItem, hit: Hit, words: str, reader: Reader) -> Message:
    return Message(
        subject=_("Er is iets veranderd aan de ruimte: %(title)s", title=item.title),
        paragraphs=(
            _("Het gaat door. Er veranderde wel iets aan de ruimte:"),
            *_what_changed(hit, words),
        ),
        facts=facts(item),
        action=Action(_("Bekijk de afspraak"), site().url(reader.path)),
    )


def _planner_reads(item: SideItem, hit: Hit, words: str, goes_on: bool) -> Message:
    then = (
        _("Het blijft staan. Bel de beheerder en spreek af wat jullie doen.")
        if goes_on
        else _("Wie het doet, kiest een nieuw moment of een andere plek. Jullie horen het.")
    )
    return Message(
        subject=_("De ruimte past niet meer rond de kubus: %(title)s", title=item.title),
        paragraphs=(*_what_changed(hit, words), then),
        facts=(*facts(item), (_("Wie doet het"), f"{item.partner} {item.phone}".strip())),
        action=at_the_desk(item, _("Bekijk het")),
    )


def _not_here(item: SideItem) -> Message:
    return Message(
        subject=_("Gaat niet door in je ruimte: %(title)s", title=item.title),
        paragraphs=(_("Dit kan niet meer in jullie ruimte. Wie het doet kreeg ook een mail."),),
        facts=facts(item),
    )


def mark_of(hit: Hit) -> str:
    """Tells one hit from another of the same item, in few letters."""
    return sha256(hit.key.encode()).hexdigest()[:16]


def _what_changed(hit: Hit, words: str) -> tuple[str, ...]:
    said = (_("De beheerder zegt: %(words)s", words=words),) if words else ()
    return (*(phrase(each) for each in hit.findings), *said)
