"""Whoever has the key to a booking of a room, now. Its address is the key."""

from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, Response, abort, flash, url_for

from booking.models import RoomBooking, RoomDate
from booking.queries.room_bookings import room_booking_by_id
from booking.rules.room_changes import Scope, Stand, in_scope, is_late, may_change, stand_of
from booking.rules.room_lifecycle import Side
from core import clock, links
from core.history import HistoryEntry, story
from core.pages import go_to
from venues.models import Room

KIND = "room_booking"

bp = Blueprint("own_booking", __name__)


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody with the key, now."""

    token: str
    booking: RoomBooking
    now: datetime

    @property
    def stand(self) -> Stand:
        return stand_of(self.booking.dates, self.now)

    @property
    def coming(self) -> list[RoomDate]:
        """What can still be changed, in order."""
        return [date for date in self.booking.dates if may_change(date, self.now)]

    @property
    def gone(self) -> list[RoomDate]:
        """Over, or not going on."""
        return [date for date in self.booking.dates if not may_change(date, self.now)]

    @property
    def next(self) -> RoomDate | None:
        """The next date that is certain."""
        return next((date for date in self.coming if date.is_confirmed), None)

    @property
    def offered(self) -> list[RoomDate]:
        """Dates for which the host proposes another time."""
        return [date for date in self.coming if date.proposed_by is Side.HOST]

    @property
    def requested(self) -> list[RoomDate]:
        """Dates for which another time waits for the host's yes."""
        return [date for date in self.coming if date.proposed_by is Side.ASKER]

    @property
    def rooms(self) -> list[Room]:
        """Where they are to be, the next one first; the room that was asked when nothing comes."""
        return list(dict.fromkeys(date.room for date in self.coming)) or [self.booking.room]

    @property
    def reason(self) -> str:
        """Why the last date that ended did not go on, when somebody said so."""
        return next((date.words for date in reversed(self.gone) if date.words), "")

    @property
    def history(self) -> list[HistoryEntry]:
        return story(self.booking.subject)

    @property
    def has_several(self) -> bool:
        """More than one date to come: a change asks for which."""
        return self.booking.is_series and len(self.coming) > 1

    def meant(self, date: RoomDate, scope: Scope) -> list[RoomDate]:
        return in_scope(self.booking.dates, date, scope, self.now)

    def is_late(self, date: RoomDate) -> bool:
        return date.is_confirmed and is_late(date.period, date.room.terms, self.now)


def visit_or_404(token: str) -> Visit:
    """The same 404 for a key that never was, was altered, or does not work any more."""
    now = clock.utcnow()
    booking_id = links.resolve(KIND, token, now)
    found = room_booking_by_id(booking_id) if booking_id else None
    if found is None:
        abort(404)
    return Visit(token, found, now)


def date_or_404(visit: Visit, date_id: int) -> RoomDate:
    found = next((date for date in visit.booking.dates if date.id == date_id), None)
    if found is None:
        abort(404)
    return found


def only_if_open(visit: Visit, date: RoomDate) -> Response | None:
    """Back to the page that says how it stands, when this date cannot be changed (any more)."""
    return None if may_change(date, visit.now) else to_own(visit.token)


def to_own(token: str) -> Response:
    return go_to(url_for("own_booking.own", token=token))


def done(token: str, said: str) -> Response:
    flash(said, "ok")
    return to_own(token)
