"""What hosts read about bookings of their rooms. Written inside `speaking`."""

from booking.letters.room_asker import facts
from booking.models import RoomBooking, RoomDate
from core.language import gettext as _
from core.mail import Message


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


def _rooms(dates: list[RoomDate]) -> str:
    return ", ".join(dict.fromkeys(each.room.full_name for each in dates))


def _contact(booking: RoomBooking) -> tuple[str, str]:
    return (_("Contact"), f"{booking.contact_name} {booking.contact_phone}".strip())
