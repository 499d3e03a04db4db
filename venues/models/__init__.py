"""Venues, what is bookable inside them, and what is known of when."""

from venues.models.offer import PlaceOffer
from venues.models.outside import OutsideBusy, OutsideCalendar
from venues.models.photo import RoomPhoto
from venues.models.room import Closure, OpeningHours, Room, RoomState, SpecialHours
from venues.models.venue import Venue, VenueHost

__all__ = [
    "Closure",
    "OpeningHours",
    "OutsideBusy",
    "OutsideCalendar",
    "PlaceOffer",
    "Room",
    "RoomPhoto",
    "RoomState",
    "SpecialHours",
    "Venue",
    "VenueHost",
]
