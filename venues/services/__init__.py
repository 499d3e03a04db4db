"""Use cases of venues, as verbs."""

from venues.services.closures import close_days, close_room, reopen
from venues.services.hosts import end_host, invite_host, make_host
from venues.services.offers import OfferDetails, Offered, offer_place, take_offer
from venues.services.outside import (
    NewCalendar,
    Owner,
    add_calendar,
    change_calendar,
    read_again,
    read_all_again,
    remove_calendar,
)
from venues.services.own_places import find_or_add_own_place
from venues.services.photos import (
    NewPhoto,
    add_photos,
    describe_photo,
    remove_photo,
    show_earlier,
)
from venues.services.rooms import (
    add_room,
    change_room,
    offered,
    publish_room,
    room_details,
    set_room_state,
)
from venues.services.special import set_special_hours
from venues.services.venues import add_venue, change_venue, host_venue, venue_details

__all__ = [
    "NewCalendar",
    "NewPhoto",
    "OfferDetails",
    "Offered",
    "Owner",
    "add_calendar",
    "add_photos",
    "add_room",
    "add_venue",
    "change_calendar",
    "change_room",
    "change_venue",
    "close_days",
    "close_room",
    "describe_photo",
    "end_host",
    "find_or_add_own_place",
    "host_venue",
    "invite_host",
    "make_host",
    "offer_place",
    "offered",
    "publish_room",
    "read_again",
    "read_all_again",
    "remove_calendar",
    "remove_photo",
    "reopen",
    "room_details",
    "set_room_state",
    "set_special_hours",
    "show_earlier",
    "take_offer",
    "venue_details",
]
