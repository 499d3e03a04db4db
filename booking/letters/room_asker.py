"""What reads who booked a room. Written inside `speaking`, in the reader's language."""

from collections.abc import Sequence

from booking import phrases
from booking.letters.entries import address_of
from booking.models import RoomBooking, RoomDate
from booking.rules.room_lifecycle import DateState
from core.filters import Timed, day_and_span, long_date
from core.language import gettext as _
from core.language import ngettext
from core.mail import Action, Message
from core.period import Period
from core.site import site

SHOWN = 6  # dates in a letter; the calendar holds the others


def confirmed(booking: RoomBooking, link: str) -> Message:
    return Message(
        subject=_("Je reservering staat vast (%(reference)s)", reference=booking.reference),
        paragraphs=(
            _("De ruimte is voor jullie. Bij deze mail zit een uitnodiging voor je agenda."),
            *_phone(booking),
        ),
        facts=facts(booking),
        action=own_page(link),
        footnote=_("Deze link is alleen voor jou. Ermee kun je ook wijzigen of afzeggen."),
    )


def asked(booking: RoomBooking, link: str) -> Message:
    assert booking.answer_until is not None
    waiting = _("De beheerder kijkt of het kan. Uiterlijk %(day)s hoor je meer.")
    certain = booking.dates_in(DateState.CONFIRMED)
    return Message(
        subject=_("Je vraag om een ruimte is binnen (%(reference)s)", reference=booking.reference),
        paragraphs=(
            waiting % {"day": long_date(booking.answer_until)},
            *((_certain(len(certain)),) if certain else ()),
            *_phone(booking),
        ),
        facts=facts(booking),
        action=own_page(link),
        footnote=_("Deze link is alleen voor jou. Ermee kun je ook wijzigen of intrekken."),
    )


def own_page(link: str) -> Action:
    return Action(_("Bekijk je reservering"), site().url(f"/reservering/{link}"))


def facts(booking: RoomBooking, dates: list[RoomDate] | None = None) -> tuple[tuple[str, str], ...]:
    """`dates`: those that matter to the reader, in order; None: all that still go on or wait."""
    dates = booking.live_dates if dates is None else dates
    usual = [each for each in dates if not each.is_apart]
    apart = [each for each in dates if each.is_apart]
    return (
        (_("Waarvoor"), booking.purpose),
        *(_usual(booking, usual) if usual else ()),
        *(((_("Anders dan de rest"), "; ".join(map(_with_place, apart))),) if apart else ()),
        (_("Mensen"), str(booking.people)),
        (_("Organisatie"), booking.organisation.name),
        (_("Nummer"), booking.reference),
    )


def _usual(booking: RoomBooking, dates: list[RoomDate]) -> tuple[tuple[str, str], ...]:
    often = phrases.recurrence(booking.frequency, booking.first_on)
    return (
        (_("Waar"), address_of(booking.room)),
        (_("Wanneer"), when(dates)),
        *(((_("Hoe vaak"), often),) if booking.is_series else ()),
    )


def _with_place(date: RoomDate) -> str:
    return f"{day_and_span(date)}, {address_of(date.room)}"


def when(dates: Sequence[Timed | Period]) -> str:
    """The first few in full; how many there are more."""
    shown = "; ".join(day_and_span(date) for date in dates[:SHOWN])
    more = len(dates) - SHOWN
    if more <= 0:
        return shown
    return ngettext("%(dates)s; en nog %(num)d", "%(dates)s; en nog %(num)d", more, dates=shown)


def _certain(number: int) -> str:
    return ngettext("%(num)d datum staat al vast.", "%(num)d data staan al vast.", number)


def _phone(booking: RoomBooking) -> tuple[str, ...]:
    phone = booking.room.venue.phone
    return (_("Bel de beheerder op %(phone)s als er iets is.", phone=phone),) if phone else ()
