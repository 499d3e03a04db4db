"""What visitors read who left an address. The subject never says what the piece is about."""

from datetime import datetime

from booking.letters.posting import Writer, own_link, post
from booking.letters.recipients import visitor
from booking.models import SeatBooking
from core.filters import clock_time, day_and_span, long_date
from core.language import gettext as _
from core.mail import Action, Message
from core.site import site


def reminder(booking: SeatBooking, *, now: datetime) -> None:
    def write() -> Message:
        starts_at = booking.encounter.starts_at
        return Message(
            subject=_(
                "Tot %(day)s om %(time)s uur", day=long_date(starts_at), time=clock_time(starts_at)
            ),
            paragraphs=(_("Je hebt een plaats in de kubus. Kom vijf minuten van tevoren."),),
            facts=_facts(booking),
            action=Action(_("Bekijk je plaats"), site().url(f"/plaats/{own_link(booking, now)}")),
            footnote=_("Kun je niet? Geef je plaats dan terug op die pagina."),
        )

    _post(booking, write, f"reminder:{booking.encounter.starts_at:%Y%m%d%H%M}", now)


def moved(booking: SeatBooking, why: str, *, is_elsewhere: bool, now: datetime) -> None:
    def write() -> Message:
        subject, words = _elsewhere() if is_elsewhere else _at_another_time()
        return Message(
            subject=subject,
            paragraphs=(words, *reason(why)),
            facts=_facts(booking),
            footnote=_("Kun je dan niet? Je link werkt nog, of bel %(phone)s.", phone=site().phone),
        )

    _post(booking, write, f"moved:{now:%Y%m%d%H%M%S}", now)


def _at_another_time() -> tuple[str, str]:
    return (
        _("Je plaats in de kubus heeft een andere tijd"),
        _("De kubus speelt op een ander moment. Dit geldt nu:"),
    )


def _elsewhere() -> tuple[str, str]:
    return (
        _("De kubus speelt op een andere plek"),
        _("Je plaats in de kubus is voor jou bewaard. Dit geldt nu:"),
    )


def cancelled(booking: SeatBooking, why: str, *, now: datetime) -> None:
    def write() -> Message:
        return Message(
            subject=_("Je bezoek aan de kubus gaat niet door"),
            paragraphs=(_("De kubus speelt niet op dat moment. Dat spijt ons."), *reason(why)),
            facts=_facts(booking),
            action=Action(_("Kies een andere dag"), site().url("/agenda")),
        )

    _post(booking, write, f"cancelled:{now:%Y%m%d%H%M%S}", now)


def _post(booking: SeatBooking, write: Writer, event: str, now: datetime) -> None:
    """Nobody is written to who did not ask for it."""
    if booking.email:
        held_until = max(now, booking.encounter.stop.undo_until)
        post(write, visitor(booking), booking, event=event, now=now, not_before=held_until)


def _facts(booking: SeatBooking) -> tuple[tuple[str, str], ...]:
    room = booking.encounter.stop.room
    return (
        (_("Wanneer"), day_and_span(booking.encounter.period)),
        (_("Waar"), f"{room.full_name}, {room.venue.address}"),
        *(((_("Aankomen"), room.venue.arrival),) if room.venue.arrival else ()),
    )


def reason(words: str) -> tuple[str, ...]:
    return (_("De reden: %(words)s", words=words),) if words else ()
