"""What reads who booked a room. Written inside `speaking`, in the reader's language."""

from booking import phrases
from booking.letters.entries import address_of
from booking.letters.room_calendar import when
from booking.models import RoomBooking
from booking.rules.room_lifecycle import DateState
from core.filters import long_date
from core.language import gettext as _
from core.language import ngettext
from core.mail import Message


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
        (_("Wanneer"), when([date.period for date in booking.live_dates])),
        *(((_("Hoe vaak"), phrases.frequency(booking.frequency)),) if booking.is_series else ()),
        (_("Mensen"), str(booking.people)),
        (_("Organisatie"), booking.organisation.name),
        (_("Nummer"), booking.reference),
    )


def _certain(number: int) -> str:
    return ngettext("%(num)d datum staat al vast.", "%(num)d data staan al vast.", number)


def _host(booking: RoomBooking) -> str:
    phone = booking.room.venue.phone
    return _("Bel de beheerder op %(phone)s als er iets is.", phone=phone) if phone else ""
