"""What whoever waits for a time in a room reads. What becomes a booking is told by the booking."""

from datetime import datetime
from functools import partial

from booking.letters.entries import address_of
from booking.letters.posting import Writer, own_link, post
from booking.models import WaitingPlace
from booking.rules.naming import with_time
from core.filters import clock_time, day_and_span, long_date
from core.language import gettext as _
from core.mail import Action, Message, Recipient
from core.site import site


def joined(place: WaitingPlace, number: int, *, now: datetime) -> None:
    """Again for whoever asks again: the mail may have been lost."""
    _send(place, partial(_joined, place, number, _own(place, now)), f"joined:{now:%Y%m%d%H%M}", now)


def offered(place: WaitingPlace, *, now: datetime) -> None:
    _send(place, partial(_offered, place, _own(place, now)), "offered", now)


def offer_lapsed(place: WaitingPlace, *, now: datetime) -> None:
    _send(place, partial(_offer_lapsed, place), "lapsed", now)


def offer_gone(place: WaitingPlace, *, now: datetime) -> None:
    _send(place, partial(_offer_gone, place), "gone", now)


def in_vain(place: WaitingPlace, *, now: datetime) -> None:
    _send(place, partial(_in_vain, place), "in vain", now)


def _send(place: WaitingPlace, write: Writer, event: str, now: datetime) -> None:
    to = Recipient(place.contact_name, place.contact_email, place.language)
    post(write, to, place, event=event, now=now)


def _own(place: WaitingPlace, now: datetime) -> str:
    return site().url(f"/wachtlijst/{own_link(place, now)}")


def _joined(place: WaitingPlace, number: int, link: str) -> Message:
    first = _("Je bent de eerste die het hoort als deze tijd vrijkomt.")
    later = _("Je bent nummer %(number)s op de wachtlijst.", number=number)
    return Message(
        subject=_("Je staat op de wachtlijst (%(reference)s)", reference=place.reference),
        paragraphs=(
            first if number == 1 else later,
            _("Komt de tijd vrij? Dan mailen we je, en houden we de ruimte even voor je vast."),
        ),
        facts=_facts(place),
        action=Action(_("Bekijk je plek op de wachtlijst"), link),
        footnote=_("Deze link is alleen voor jou. Is het niet meer nodig? Meld je er dan mee af."),
    )


def _offered(place: WaitingPlace, link: str) -> Message:
    assert place.offered_until is not None
    return Message(
        subject=_(
            "Vrijgekomen: %(room)s op %(day)s (%(reference)s)",
            room=place.room.full_name,
            day=long_date(place.starts_at),
            reference=place.reference,
        ),
        paragraphs=(
            _("De tijd waarop je wachtte is vrij. We houden de ruimte voor je vast."),
            _(
                "Neem de tijd uiterlijk %(until)s. Daarna gaat die naar de volgende.",
                until=until(place),
            ),
        ),
        facts=_facts(place),
        action=Action(_("Neem deze tijd"), link),
        footnote=_(
            "Niet meer nodig? Zeg het op dezelfde pagina. Dan hoort de volgende het meteen."
        ),
    )


def until(place: WaitingPlace) -> str:
    """For example "woensdag 3 februari 2027 om 10.00 uur"."""
    assert place.offered_until is not None
    day, at = long_date(place.offered_until), clock_time(place.offered_until)
    return _("%(day)s om %(time)s uur", day=day, time=at)


def _offer_lapsed(place: WaitingPlace) -> Message:
    return Message(
        subject=_("Deze tijd is niet meer voor je vrij (%(reference)s)", reference=place.reference),
        paragraphs=(
            _("We hielden de ruimte voor je vast. Die tijd is om: nu is de volgende aan de beurt."),
            _("Wil je de ruimte toch nog? Kijk dan of er iets anders vrij is."),
        ),
        facts=_facts(place),
        action=_look_further(place),
    )


def _offer_gone(place: WaitingPlace) -> Message:
    return Message(
        subject=_("Deze tijd kan toch niet (%(reference)s)", reference=place.reference),
        paragraphs=(
            _("We boden je een tijd aan. Er is intussen iets veranderd: de ruimte kan dan niet."),
            _("Het spijt ons. Kijk of een andere dag of een andere ruimte ook kan."),
        ),
        facts=_facts(place),
        action=_look_further(place),
    )


def _in_vain(place: WaitingPlace) -> Message:
    return Message(
        subject=_("Het is niet vrijgekomen (%(reference)s)", reference=place.reference),
        paragraphs=(
            _("De tijd waarop je wachtte kwam niet vrij. Je staat niet meer op de wachtlijst."),
            _("Kijk of een andere dag of een andere ruimte ook kan."),
        ),
        facts=_facts(place),
        action=_look_further(place),
    )


def _look_further(place: WaitingPlace) -> Action:
    more = {"mensen": place.people, "postcode": place.room.venue.pc4}
    address = with_time("/ruimtes", place.period, **more)
    return Action(_("Zoek een andere ruimte"), site().url(address))


def _facts(place: WaitingPlace) -> tuple[tuple[str, str], ...]:
    return (
        (_("Waarvoor"), place.purpose),
        (_("Waar"), address_of(place.room)),
        (_("Wanneer"), day_and_span(place)),
        (_("Mensen"), str(place.people)),
        (_("Organisatie"), place.organisation.name),
        (_("Nummer"), place.reference),
    )
