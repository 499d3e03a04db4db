"""Venues, what is bookable inside them, and what is known of when."""

from venues.models.outside import OutsideBusy, OutsideCalendar
from venues.models.room import Closure, OpeningHours, Room, RoomState, SpecialHours
from venues.models.venue import Venue, VenueHost

__all__ = [
    "Closure",
    "OpeningHours",
    "OutsideBusy",
    "OutsideCalendar",
    "Room",
    "RoomState",
    "SpecialHours",
    "Venue",
    "VenueHost",
]
