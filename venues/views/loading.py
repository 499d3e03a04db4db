from flask import abort

from venues.models import Room, Venue
from venues.queries.places import find_room, find_venue


def venue_or_404(venue_id: int) -> Venue:
    return find_venue(venue_id) or abort(404)


def room_or_404(room_id: int) -> Room:
    return find_room(room_id) or abort(404)
