"""What partners, hosts and planners hear of what is offered around a stop."""

from collections.abc import Iterable
from datetime import datetime
from functools import partial

from booking.letters.posting import CalendarNews, Writer, own_link, post
from booking.letters.recipients import hosts_of, planners
from booking.models import Invitation, SideItem
from booking.rules.side import SideState
from core.filters import day_and_span
from core.language import gettext as _
from core.mail import Action, Message, Recipient
from core.site import site


def proposed(item: SideItem, *, now: datetime) -> None:
    _tell(item, partial(_proposed, item, own_link(item, now)), "proposed", now)


def chosen_again(item: SideItem, *, now: datetime) -> None:
    for person in planners():
        _post(item, partial(_to_planner, item, ""), person, "chosen-again", now)


def agreed(item: SideItem, *, now: datetime) -> None:
    item.invitation.revise()
    news = CalendarNews.of(item, "REQUEST", now)
    _tell(item, partial(_agreed, item, own_link(item, now)), "agreed", now, news)
    _tell_hosts(item, partial(_room_taken, item), "agreed", now)


def declined(item: SideItem, words: str, *, now: datetime) -> None:
    _tell(item, partial(_declined, item, words), "declined", now)


def withdrawn(item: SideItem, words: str, *, was_agreed: bool, now: datetime) -> None:
    _end(item, partial(_withdrawn, item, words), "withdrawn", was_agreed, now)
    for person in planners():
        _post(item, partial(_to_planner, item, words), person, "withdrawn", now)


def stop_changed(item: SideItem, why: str, *, was_agreed: bool, now: datetime) -> None:
    if item.state is SideState.AGAIN:
        write = partial(_again, item, why, own_link(item, now))
    else:
        write = partial(_cancelled, item, why)
    _end(item, write, item.state.value, was_agreed, now)


def _end(item: SideItem, write: Writer, event: str, was_agreed: bool, now: datetime) -> None:
    """What was agreed leaves the calendar; if it comes back, that is a new entry."""
    if not was_agreed:
        _tell(item, write, event, now)
        return
    item.invitation.revise()
    _tell(item, write, event, now, CalendarNews.of(item, "CANCEL", now))
    _tell_hosts(item, partial(_room_free, item), event, now)
    item.invitation = Invitation.begin(now)


def _tell(
    item: SideItem, write: Writer, event: str, now: datetime, news: CalendarNews | None = None
) -> None:
    _post(item, write, Recipient(item.partner, item.email), event, now, news)


def _tell_hosts(item: SideItem, write: Writer, event: str, now: datetime) -> None:
    people: Iterable[Recipient] = hosts_of(item.room.venue_id) if item.room else ()
    for person in people:
        _post(item, write, person, f"host-{event}", now)


def _post(
    item: SideItem,
    write: Writer,
    to: Recipient,
    event: str,
    now: datetime,
    news: CalendarNews | None = None,
) -> None:
    request = item.stop.booking_request
    name = f"side:{item.id}:{event}:{item.version}"  # each change of it is another version
    post(write, to, request, event=name, now=now, not_before=item.stop.undo_until, news=news)


def _facts(item: SideItem) -> tuple[tuple[str, str], ...]:
    return (
        (_("Wat"), item.title),
        (_("Wanneer"), day_and_span(item.period)),
        (_("Waar"), item.where),
    )


def _own_page(link: str, label: str) -> Action:
    return Action(label, site().url(f"/programma/{link}"))


def _reason(words: str) -> tuple[str, ...]:
    return (_("De reden: %(words)s", words=words),) if words else ()


def _proposed(item: SideItem, link: str) -> Message:
    return Message(
        subject=_("Voorgesteld bij de kubus: %(title)s", title=item.title),
        paragraphs=(_("Fijn dat je iets doet rond de kubus. Het theater laat weten of het past."),),
        facts=_facts(item),
        action=_own_page(link, _("Bekijk of verander het")),
    )


def _agreed(item: SideItem, link: str) -> Message:
    return Message(
        subject=_("Het gaat door: %(title)s", title=item.title),
        paragraphs=(_("Het theater zegt ja. De uitnodiging voor je agenda zit hierbij."),),
        facts=_facts(item),
        action=_own_page(link, _("Bekijk de afspraak")),
        footnote=_("Kan het toch niet? Zeg het zo snel mogelijk af op die pagina."),
    )


def _declined(item: SideItem, words: str) -> Message:
    return Message(
        subject=_("Dit past niet bij de kubus: %(title)s", title=item.title),
        paragraphs=(_("Het theater zegt nee."), *_reason(words)),
        facts=_facts(item),
    )


def _withdrawn(item: SideItem, words: str) -> Message:
    return Message(
        subject=_("Afgezegd: %(title)s", title=item.title),
        paragraphs=(_("Dit gaat niet door."), *_reason(words)),
        facts=_facts(item),
    )


def _again(item: SideItem, why: str, link: str) -> Message:
    return Message(
        subject=_("Kies een nieuw moment: %(title)s", title=item.title),
        paragraphs=(
            _(
                "De kubus komt nu op %(moment)s. Kies wanneer en waar jij dan iets doet.",
                moment=day_and_span(item.stop.period),
            ),
            *_reason(why),
        ),
        facts=((_("Wat"), item.title), (_("Was"), day_and_span(item.period))),
        action=_own_page(link, _("Kies een nieuw moment")),
    )


def _cancelled(item: SideItem, why: str) -> Message:
    return Message(
        subject=_("De kubus komt niet: %(title)s", title=item.title),
        paragraphs=(_("De speelbeurt gaat niet door. Wat je zou doen ook niet."), *_reason(why)),
        facts=_facts(item),
    )


def _to_planner(item: SideItem, words: str) -> Message:
    path = f"/planning/programma/{item.id}"
    return Message(
        subject=_("Veranderd rond de kubus: %(title)s", title=item.title),
        paragraphs=(_("Kijk wat er nu geldt."), *_reason(words)),
        facts=_facts(item),
        action=Action(_("Bekijk het"), site().url(path)),
    )


def _room_taken(item: SideItem) -> Message:
    return Message(
        subject=_("Je ruimte is nodig rond de kubus: %(title)s", title=item.title),
        paragraphs=(
            _("Het theater houdt deze tijd bij jullie vrij. Kan dat niet? Bel het theater."),
        ),
        facts=(*_facts(item), (_("Contact"), f"{item.partner} {item.phone}".strip())),
    )


def _room_free(item: SideItem) -> Message:
    return Message(
        subject=_("Je ruimte is weer vrij: %(title)s", title=item.title),
        paragraphs=(_("Wat rond de kubus zou komen, gaat dan niet door."),),
        facts=_facts(item),
    )
