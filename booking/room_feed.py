"""All dates of a booking of a room, to save in a calendar by hand."""

from booking.invites import Entry, agenda
from booking.letters.entries import Series, values_of
from booking.letters.room_calendar import series_of
from booking.models import RoomBooking
from core.language import gettext as _
from core.site import site


def own_meetings(booking: RoomBooking) -> bytes:
    """The very entries that were mailed."""
    return agenda(
        [_entry(series) for series in series_of(booking)],
        name=_("Reservering %(reference)s", reference=booking.reference),
        description="",
        uid=f"reservering-{booking.id}@{site().domain}",
        url=site().url(f"/ruimtes/{booking.room_id}"),
    )


def _entry(series: Series) -> Entry:
    own = series.invitation
    return Entry(
        **values_of(series),
        uid=own.uid,
        sequence=own.sequence,
        created_at=own.created_at,
        modified_at=own.stamped_at or own.created_at,
        description=_description(series.booking),
    )


def _description(booking: RoomBooking) -> str:
    phone = booking.room.venue.phone
    said = [_("Nummer %(reference)s.", reference=booking.reference)]
    if phone:
        said.append(_("Bel de beheerder op %(phone)s als er iets is.", phone=phone))
    return " ".join(said)
