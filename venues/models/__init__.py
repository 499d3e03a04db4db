"""Venues and what is bookable inside them."""

from venues.models.room import Closure, OpeningHours, Room, RoomState
from venues.models.venue import Venue, VenueHost

__all__ = ["Closure", "OpeningHours", "Room", "RoomState", "Venue", "VenueHost"]
