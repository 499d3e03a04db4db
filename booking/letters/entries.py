"""What stands in people's calendars for an option, a stop, a series of meetings or a single one."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from booking.invites import EntryStatus, Repeats
from booking.models import Invitation, Option, RoomBooking, RoomDate, Stop
from booking.rules.recurrence import Pattern, pattern
from core.clock import AMSTERDAM
from core.language import gettext as _
from core.site import site
from venues.models import Room


@dataclass(frozen=True, slots=True)
class Series:
    """The dates of a booking that follow its rule, as one entry.

    The one entry of a booking that is not a series, too. Dates that have another time or room than
    the rule says are entries of their own: a change of the series cannot undo them in a calendar.
    """

    booking: RoomBooking
    dates: tuple[RoomDate, ...]  # confirmed, by the rule, in order; at least one

    @property
    def pattern(self) -> Pattern | None:
        return pattern(
            self.booking.frequency, self.booking.first_on, [each.day_on for each in self.dates]
        )


Entry = Stop | Option | Series | RoomDate


def own_invitation(entry: Entry) -> Invitation:
    if isinstance(entry, Series):
        return entry.booking.invitation
    assert entry.invitation is not None  # a date apart is given one before anybody is told
    return entry.invitation


def values_of(entry: Entry) -> dict[str, Any]:
    """The part of `InvitationValues` that depends on the entry alone."""
    if isinstance(entry, Series):
        return _meeting(entry.booking, entry.dates[0]) | {"repeats": _repeats(entry)}
    if isinstance(entry, RoomDate):
        related_to = entry.room_booking.invitation.uid if entry.room_booking.is_series else ""
        return _meeting(entry.room_booking, entry) | {"related_to": related_to}
    is_option = isinstance(entry, Option)
    return {
        "period": entry.period,
        "title": f"{entry.installation.name}: {entry.installation.piece}",
        "place": address_of(entry.room),
        "url": site().url("/agenda"),
        "status": EntryStatus.TENTATIVE if is_option else EntryStatus.CONFIRMED,
    }


def address_of(room: Room) -> str:
    return f"{room.full_name}, {room.venue.address}"


def _meeting(booking: RoomBooking, date: RoomDate) -> dict[str, Any]:
    return {
        "period": date.period,
        "title": _("%(purpose)s in %(room)s", purpose=booking.purpose, room=date.room.full_name),
        "place": address_of(date.room),
        "url": site().url(f"/ruimtes/{date.room_id}"),
        "status": EntryStatus.CONFIRMED,
    }


def _repeats(series: Series) -> Repeats | None:
    found = series.pattern
    if found is None or found.first == found.last:
        return None
    starts = series.booking.starts
    return Repeats(
        frequency=found.frequency,
        until=series.dates[-1].starts_at,
        without=tuple(datetime.combine(day, starts, AMSTERDAM) for day in found.without),
    )
