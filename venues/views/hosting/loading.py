"""Whose desk it is, and what stands on it. A place of somebody else is not found."""

from flask import abort

from people.access import current_person
from people.models import Person
from venues.models import Room, Venue
from venues.queries.hosted import room_of, venue_of


def host() -> Person:
    """Who is signed in: the guard let in nobody else."""
    person = current_person()
    assert person
    return person


def own_venue_or_404(venue_id: int) -> Venue:
    return venue_of(host().id, venue_id) or abort(404)


def own_room_or_404(room_id: int) -> Room:
    return room_of(host().id, room_id) or abort(404)
