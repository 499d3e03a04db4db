"""What whoever waits for a seat reads, if they left an address. The subject never says what the
piece is about."""

from collections.abc import Callable
from datetime import datetime

from booking.letters.posting import Writer, own_link, post
from booking.letters.recipients import visitor
from booking.letters.visitor import reason
from booking.models import SeatWaiting
from core.filters import clock_time, day_and_span, long_date
from core.language import gettext as _
from core.mail import Action, Message
from core.site import site

Words = Callable[[], tuple[str, ...]]  # in the reader's language


def joined(waiting: SeatWaiting, number: int, *, now: datetime) -> None:
    def write() -> Message:
        return Message(
            subject=_("Je wacht op een plaats in de kubus"),
            paragraphs=(
                _("Je bent nummer %(number)s in de rij.", number=number),
                _("Komt er een plaats vrij? Dan mailen we je, en houden we die even voor je vast."),
            ),
            facts=_facts(waiting),
            action=Action(_("Bekijk je plek in de rij"), _own(waiting, now)),
            footnote=_("Deze link is alleen voor jou. Hoeft het niet meer? Ga er dan uit de rij."),
        )

    _post(waiting, write, "joined", now)


def offered(waiting: SeatWaiting, *, now: datetime) -> None:
    def write() -> Message:
        return Message(
            subject=_("Er is een plaats voor je vrij"),
            paragraphs=(
                _("We houden de plaats voor je vast tot %(until)s.", until=until(waiting)),
                _("Daarna gaat die naar de volgende in de rij."),
            ),
            facts=_facts(waiting),
            action=Action(_("Neem de plaats"), _own(waiting, now)),
            footnote=_(
                "Kun je niet? Zeg het op dezelfde pagina. Dan hoort de volgende het meteen."
            ),
        )

    _post(waiting, write, f"offered:{now:%Y%m%d%H%M%S}", now)


def lapsed(waiting: SeatWaiting, *, now: datetime) -> None:
    _gone(waiting, _lapsed_words, now)


def in_vain(waiting: SeatWaiting, *, now: datetime) -> None:
    _gone(waiting, _in_vain_words, now)


def moved(waiting: SeatWaiting, why: str, *, is_elsewhere: bool, now: datetime) -> None:
    def write() -> Message:
        elsewhere, later = (
            _("De kubus speelt op een andere plek"),
            _("De kubus speelt op een andere tijd"),
        )
        return Message(
            subject=elsewhere if is_elsewhere else later,
            paragraphs=(_("Je staat nog in de rij. Dit geldt nu:"), *reason(why)),
            facts=_facts(waiting),
            action=Action(_("Bekijk je plek in de rij"), _own(waiting, now)),
            footnote=_("Kun je dan niet? Ga dan uit de rij op die pagina."),
        )

    _post(waiting, write, f"moved:{now:%Y%m%d%H%M%S}", now)


def taken_back(waiting: SeatWaiting, why: str, *, now: datetime) -> None:
    def write() -> Message:
        return Message(
            subject=_("Deze plaats kan toch niet"),
            paragraphs=(
                _("De kubus speelt dan niet. Je staat weer op je oude plek in de rij."),
                *reason(why),
            ),
            facts=_facts(waiting),
            action=Action(_("Bekijk je plek in de rij"), _own(waiting, now)),
        )

    _post(waiting, write, f"back:{now:%Y%m%d%H%M%S}", now)


def cancelled(waiting: SeatWaiting, why: str, *, now: datetime) -> None:
    def words() -> tuple[str, ...]:
        return (_("De kubus speelt niet op dat moment. Dat spijt ons."), *reason(why))

    _gone(waiting, words, now)


def until(waiting: SeatWaiting) -> str:
    """For example "woensdag 3 februari 2027 om 10.00 uur"."""
    assert waiting.offered_until is not None
    day, at = long_date(waiting.offered_until), clock_time(waiting.offered_until)
    return _("%(day)s om %(time)s uur", day=day, time=at)


def _gone(waiting: SeatWaiting, words: Words, now: datetime) -> None:
    def write() -> Message:
        return Message(
            subject=_("Je staat niet meer in de rij voor een plaats"),
            paragraphs=words(),
            facts=_facts(waiting),
            action=Action(_("Kies een andere dag"), site().url("/agenda")),
        )

    _post(waiting, write, "gone", now)


def _lapsed_words() -> tuple[str, ...]:
    return (
        _("We hielden een plaats voor je vast. Die tijd is om: nu is de volgende aan de beurt."),
    )


def _in_vain_words() -> tuple[str, ...]:
    return (_("Er kwam geen plaats vrij. Je bent altijd welkom op een andere dag."),)


def _post(waiting: SeatWaiting, write: Writer, event: str, now: datetime) -> None:
    """Nobody is written to who did not ask for it."""
    if waiting.email:
        post(write, visitor(waiting), waiting, event=event, now=now)


def _own(waiting: SeatWaiting, now: datetime) -> str:
    return site().url(f"/plaatsrij/{own_link(waiting, now)}")


def _facts(waiting: SeatWaiting) -> tuple[tuple[str, str], ...]:
    stop, encounter = waiting.stop, waiting.offered or waiting.encounter
    room = stop.room
    when = day_and_span(encounter.period if encounter else stop)
    return (
        (_("Wanneer"), when),
        (_("Waar"), f"{room.full_name}, {room.venue.address}"),
    )
