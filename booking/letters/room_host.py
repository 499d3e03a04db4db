"""What hosts read about bookings of their rooms. Written inside `speaking`."""

from booking.letters.room_asker import facts
from booking.models import RoomBooking
from core.filters import long_date
from core.language import gettext as _
from core.mail import Message


def confirmed(booking: RoomBooking) -> Message:
    return Message(
        subject=_(
            "%(room)s is gereserveerd (%(reference)s)",
            room=booking.room.full_name,
            reference=booking.reference,
        ),
        paragraphs=(_("Je hoeft niets te doen. De uitnodiging voor je agenda zit hierbij."),),
        facts=(*facts(booking), _contact(booking)),
    )


def asked(booking: RoomBooking) -> Message:
    assert booking.answer_until is not None
    return Message(
        subject=_(
            "Een organisatie vraagt %(room)s (%(reference)s)",
            room=booking.room.full_name,
            reference=booking.reference,
        ),
        paragraphs=(
            _(
                "Laat uiterlijk %(day)s weten of het kan. Daarna verloopt de vraag.",
                day=long_date(booking.answer_until),
            ),
        ),
        facts=(*facts(booking), _contact(booking)),
    )


def _contact(booking: RoomBooking) -> tuple[str, str]:
    return (_("Contact"), f"{booking.contact_name} {booking.contact_phone}".strip())
