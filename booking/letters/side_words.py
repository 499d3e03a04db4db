"""What is read about something around a stop. Written in the reader's language."""

from typing import Protocol

from booking.models import SideItem
from core.filters import day_and_span
from core.language import gettext as _
from core.mail import Action, Message
from core.site import site


class Reads(Protocol):
    """Whoever it belongs to: the partner, or the organisation that proposed it."""

    @property
    def path(self) -> str: ...

    @property
    def is_asker(self) -> bool: ...


def proposed(item: SideItem, reader: Reads) -> Message:
    return Message(
        subject=_("Voorgesteld bij de kubus: %(title)s", title=item.title),
        paragraphs=_who_proposes(item, reader),
        facts=facts(item),
        action=_own_page(reader, _("Bekijk of verander het")),
    )


def _who_proposes(item: SideItem, reader: Reads) -> tuple[str, ...]:
    if reader.is_asker:
        return (
            _("Jullie voorstel is bij het theater. Jullie horen of het past."),
            _("Tot dan kunnen jullie het veranderen of intrekken."),
        )
    if item.is_from_asker:
        name = item.stop.booking_request.organisation.name
        return (
            _("%(organisation)s stelt voor dat jij dit doet bij de kubus.", organisation=name),
            _("Het theater laat weten of het past. Kun of wil je niet? Zeg het dan nu af."),
        )
    return (_("Fijn dat je iets doet rond de kubus. Het theater laat weten of het past."),)


def agreed(item: SideItem, reader: Reads) -> Message:
    return Message(
        subject=_("Het gaat door: %(title)s", title=item.title),
        paragraphs=(_("Het theater zegt ja. De uitnodiging voor je agenda zit hierbij."),),
        facts=facts(item),
        action=_own_page(reader, _("Bekijk de afspraak")),
        footnote=_("Kan het toch niet? Zeg het zo snel mogelijk af op die pagina."),
    )


def declined(item: SideItem, words: str, _reader: Reads) -> Message:
    return Message(
        subject=_("Dit past niet bij de kubus: %(title)s", title=item.title),
        paragraphs=(_("Het theater zegt nee."), *reason(words)),
        facts=facts(item),
    )


def asked_to_change(item: SideItem, words: str, reader: Reads) -> Message:
    return Message(
        subject=_("Kan het een beetje anders? %(title)s", title=item.title),
        paragraphs=(
            _("Het theater wil dit graag, maar niet precies zo."),
            _("Het theater vraagt: %(words)s", words=words),
        ),
        facts=facts(item),
        action=_own_page(reader, _("Verander het voorstel")),
    )


def withdrawn(item: SideItem, words: str, _reader: Reads) -> Message:
    return Message(
        subject=_("Afgezegd: %(title)s", title=item.title),
        paragraphs=(_("Dit gaat niet door."), *reason(words)),
        facts=facts(item),
    )


def replaced(item: SideItem) -> Message:
    return Message(
        subject=_("Je hoeft dit niet te doen: %(title)s", title=item.title),
        paragraphs=(_("De organisatie vraagt het nu aan iemand anders. Dank je wel."),),
        facts=facts(item),
    )


def again(item: SideItem, why: str, reader: Reads) -> Message:
    return Message(
        subject=_("Kies een nieuw moment: %(title)s", title=item.title),
        paragraphs=(
            _(
                "De kubus komt nu op %(moment)s. Kies wanneer en waar jij dan iets doet.",
                moment=day_and_span(item.stop.period),
            ),
            *reason(why),
        ),
        facts=((_("Wat"), item.title), (_("Was"), day_and_span(item.period))),
        action=choose_again(reader),
    )


def cancelled(item: SideItem, why: str, _reader: Reads) -> Message:
    return Message(
        subject=_("De kubus komt niet: %(title)s", title=item.title),
        paragraphs=(_("De speelbeurt gaat niet door. Wat je zou doen ook niet."), *reason(why)),
        facts=facts(item),
    )


def to_decide(item: SideItem) -> Message:
    name = item.stop.booking_request.organisation.name
    return Message(
        subject=_("Nieuw voorstel rond de kubus: %(title)s", title=item.title),
        paragraphs=(_("%(organisation)s stelt dit voor. Past het?", organisation=name),),
        facts=(*facts(item), (_("Mensen"), str(item.people)), (_("Wie doet het"), item.partner)),
        action=at_the_desk(item, _("Bekijk en beslis")),
    )


def to_decide_again(item: SideItem) -> Message:
    return Message(
        subject=_("Veranderd rond de kubus: %(title)s", title=item.title),
        paragraphs=(_("Dit is een nieuw voorstel. Kijk of het zo past."),),
        facts=(*facts(item), (_("Mensen"), str(item.people)), (_("Wie doet het"), item.partner)),
        action=at_the_desk(item, _("Bekijk en beslis")),
    )


def to_planner(item: SideItem, words: str) -> Message:
    return Message(
        subject=_("Afgezegd rond de kubus: %(title)s", title=item.title),
        paragraphs=(_("Dit gaat niet door."), *reason(words)),
        facts=facts(item),
        action=at_the_desk(item, _("Bekijk het")),
    )


def room_taken(item: SideItem) -> Message:
    return Message(
        subject=_("Je ruimte is nodig rond de kubus: %(title)s", title=item.title),
        paragraphs=(
            _("Het theater houdt deze tijd bij jullie vrij. Kan dat niet? Bel het theater."),
        ),
        facts=(*facts(item), (_("Contact"), f"{item.partner} {item.phone}".strip())),
    )


def room_free(item: SideItem) -> Message:
    return Message(
        subject=_("Je ruimte is weer vrij: %(title)s", title=item.title),
        paragraphs=(_("Wat rond de kubus zou komen, gaat dan niet door."),),
        facts=facts(item),
    )


def facts(item: SideItem) -> tuple[tuple[str, str], ...]:
    return (
        (_("Wat"), item.title),
        (_("Wanneer"), day_and_span(item.period)),
        (_("Waar"), item.where),
    )


def reason(words: str) -> tuple[str, ...]:
    return (_("De reden: %(words)s", words=words),) if words else ()


def choose_again(reader: Reads) -> Action:
    return _own_page(reader, _("Kies een nieuw moment"))


def at_the_desk(item: SideItem, label: str) -> Action:
    return Action(label, site().url(f"/planning/programma/{item.id}"))


def _own_page(reader: Reads, label: str) -> Action:
    return Action(label, site().url(reader.path))
