"""Use cases of venues, as verbs."""

from venues.services.closures import close_room, reopen
from venues.services.hosts import end_host, make_host
from venues.services.own_places import find_or_add_own_place
from venues.services.rooms import add_room, change_room, room_details, set_room_state
from venues.services.venues import add_venue, change_venue, venue_details

__all__ = [
    "add_room",
    "add_venue",
    "change_room",
    "change_venue",
    "close_room",
    "end_host",
    "find_or_add_own_place",
    "make_host",
    "reopen",
    "room_details",
    "set_room_state",
    "venue_details",
]
