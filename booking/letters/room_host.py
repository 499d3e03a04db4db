"""What hosts read about bookings of their rooms. Written inside `speaking`."""

from booking.letters.room_asker import facts
from booking.models import RoomBooking, RoomDate
from core.filters import long_date
from core.language import gettext as _
from core.mail import Action, Message
from core.site import site


def confirmed(booking: RoomBooking, dates: list[RoomDate]) -> Message:
    """`dates`: those in the rooms of this host."""
    return Message(
        subject=_(
            "%(room)s is gereserveerd (%(reference)s)",
            room=_rooms(dates),
            reference=booking.reference,
        ),
        paragraphs=(_("Je hoeft niets te doen. De uitnodiging voor je agenda zit hierbij."),),
        facts=(*facts(booking, dates), _contact(booking)),
    )


def asked(booking: RoomBooking, dates: list[RoomDate], link: str) -> Message:
    """`dates`: those in the rooms of this host."""
    assert booking.answer_until is not None
    return Message(
        subject=_(
            "Een organisatie vraagt %(room)s (%(reference)s)",
            room=_rooms(dates),
            reference=booking.reference,
        ),
        paragraphs=(
            _(
                "Laat uiterlijk %(day)s weten of het kan. Daarna verloopt de vraag.",
                day=long_date(booking.answer_until),
            ),
        ),
        facts=(*facts(booking, dates), _contact(booking)),
        action=Action(_("Bekijk en antwoord"), site().url(f"/antwoord/{link}")),
        footnote=_("Deze link is alleen voor jou. Openen verandert niets: op de pagina kies je."),
    )


def _rooms(dates: list[RoomDate]) -> str:
    return ", ".join(dict.fromkeys(each.room.full_name for each in dates))


def _contact(booking: RoomBooking) -> tuple[str, str]:
    return (_("Contact"), f"{booking.contact_name} {booking.contact_phone}".strip())
