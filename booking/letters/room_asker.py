"""What reads who booked a room. Written inside `speaking`, in the reader's language."""

from collections.abc import Sequence

from booking import phrases
from booking.letters.entries import address_of
from booking.models import RoomBooking
from booking.rules.room_lifecycle import DateState
from core.filters import Timed, day_and_span, long_date
from core.language import gettext as _
from core.language import ngettext
from core.mail import Message
from core.period import Period

SHOWN = 6  # dates in a letter; the calendar holds the others


def confirmed(booking: RoomBooking) -> Message:
    return Message(
        subject=_("Je reservering staat vast (%(reference)s)", reference=booking.reference),
        paragraphs=(
            _("De ruimte is voor jullie. Bij deze mail zit een uitnodiging voor je agenda."),
        ),
        facts=facts(booking),
        footnote=_host(booking),
    )


def asked(booking: RoomBooking) -> Message:
    assert booking.answer_until is not None
    waiting = _("De beheerder kijkt of het kan. Uiterlijk %(day)s hoor je meer.")
    certain = booking.dates_in(DateState.CONFIRMED)
    return Message(
        subject=_("Je vraag om een ruimte is binnen (%(reference)s)", reference=booking.reference),
        paragraphs=(
            waiting % {"day": long_date(booking.answer_until)},
            *((_certain(len(certain)),) if certain else ()),
        ),
        facts=facts(booking),
        footnote=_host(booking),
    )


def facts(booking: RoomBooking) -> tuple[tuple[str, str], ...]:
    return (
        (_("Waarvoor"), booking.purpose),
        (_("Waar"), address_of(booking.room)),
        (_("Wanneer"), when(booking.live_dates)),
        *(((_("Hoe vaak"), phrases.frequency(booking.frequency)),) if booking.is_series else ()),
        (_("Mensen"), str(booking.people)),
        (_("Organisatie"), booking.organisation.name),
        (_("Nummer"), booking.reference),
    )


def when(dates: Sequence[Timed | Period]) -> str:
    """The first few in full; how many there are more."""
    shown = "; ".join(day_and_span(date) for date in dates[:SHOWN])
    more = len(dates) - SHOWN
    if more <= 0:
        return shown
    return ngettext("%(dates)s; en nog %(num)d", "%(dates)s; en nog %(num)d", more, dates=shown)


def _certain(number: int) -> str:
    return ngettext("%(num)d datum staat al vast.", "%(num)d data staan al vast.", number)


def _host(booking: RoomBooking) -> str:
    phone = booking.room.venue.phone
    return _("Bel de beheerder op %(phone)s als er iets is.", phone=phone) if phone else ""
