"""What stands in people's calendars for an option, a stop, or meetings in a room."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from booking.invites import EntryStatus, Repeats
from booking.models import Invitation, Option, RoomBooking, SideItem, Stop
from booking.rules.recurrence import Pattern, pattern
from booking.rules.strands import Slot
from booking.rules.stretches import Stretch
from core.clock import AMSTERDAM, to_local
from core.language import gettext as _
from core.mail import Recipient
from core.period import Period, hull
from core.site import site
from venues.models import Room


@dataclass(frozen=True, slots=True)
class Series:
    """The dates of a booking that stand in calendars as one entry, by a rule; perhaps only one.

    Dates that have another time or room are in another series of the same booking: a change of one
    cannot undo the other in a calendar.
    """

    booking: RoomBooking
    invitation: Invitation
    room: Room
    slots: tuple[Slot, ...]  # in order; at least one

    @property
    def is_main(self) -> bool:
        """The one by which the booking is known; the others point at it."""
        return self.invitation is self.booking.invitation

    @property
    def pattern(self) -> Pattern | None:
        off = timedelta(days=self.slots[0].days_off)
        held = [slot.day_on + off for slot in self.slots]
        return pattern(self.booking.frequency, self.booking.first_on + off, held)


@dataclass(frozen=True, slots=True)
class Part:
    """A stop as it stands in the calendar of somebody who plays there: their own times."""

    stop: Stop
    person: Recipient
    stretches: tuple[Stretch, ...]  # in order; at least one

    @property
    def invitation(self) -> Invitation:
        return self.stop.invitation

    @property
    def room(self) -> Room:
        return self.stop.room

    @property
    def period(self) -> Period:
        return hull(each.period for each in self.stretches)


Entry = Stop | Option | Series | SideItem | Part


def own_invitation(entry: Entry) -> Invitation:
    return entry.invitation


def values_of(entry: Entry) -> dict[str, Any]:
    """The part of `InvitationValues` that depends on the entry alone."""
    if isinstance(entry, Series):
        return _meeting(entry)
    if isinstance(entry, SideItem):
        return _side(entry)
    if isinstance(entry, Part):
        return {**values_of(entry.stop), "period": entry.period}
    is_option = isinstance(entry, Option)
    return {
        "period": entry.period,
        "title": f"{entry.installation.name}: {entry.installation.piece}",
        "place": address_of(entry.room),
        "url": site().url("/agenda"),
        "status": EntryStatus.TENTATIVE if is_option else EntryStatus.CONFIRMED,
    }


def _side(item: SideItem) -> dict[str, Any]:
    return {
        "period": item.period,
        "title": item.title,
        "place": item.where,
        "url": site().url(f"/speelbeurten/{item.stop_id}"),
        "status": EntryStatus.CONFIRMED,
    }


def address_of(room: Room) -> str:
    return f"{room.full_name}, {room.venue.address}"


def _meeting(series: Series) -> dict[str, Any]:
    booking, room = series.booking, series.room
    return {
        "period": series.slots[0].period,
        "title": _("%(purpose)s in %(room)s", purpose=booking.purpose, room=room.full_name),
        "place": address_of(room),
        "url": site().url(f"/ruimtes/{room.id}"),
        "status": EntryStatus.CONFIRMED,
        "repeats": _repeats(series),
        "related_to": "" if series.is_main else booking.invitation.uid,
    }


def _repeats(series: Series) -> Repeats | None:
    found = series.pattern
    if found is None or found.first == found.last:
        return None
    starts = to_local(series.slots[0].period.start).time()
    return Repeats(
        frequency=found.frequency,
        until=series.slots[-1].period.start,
        without=tuple(datetime.combine(day, starts, AMSTERDAM) for day in found.without),
    )
