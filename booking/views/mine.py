"""What performers and hosts see of the tour: their own stops."""

from flask import Blueprint, Response

from booking.queries.consents import open_consents_of
from booking.queries.host_answers import open_questions_of
from booking.queries.mine import meetings_at_venues_of, stops_at_venues_of, stops_of_performer
from core import clock
from core.pages import page
from people.access import current_person, host_only, performer_only
from venues import phrases
from venues.queries.hosted import venues_of
from venues.queries.photos import photos_of
from venues.services import offered
from venues.views.hosting.tasks import desk_of

bp = Blueprint("mine", __name__)


@bp.get("/mijn-speelbeurten")
@performer_only
def as_performer() -> Response:
    person = current_person()
    assert person
    return page("booking/mine/performer.html", stops=stops_of_performer(person, clock.utcnow()))


@bp.get("/mijn-ruimtes")
@host_only
def as_host() -> Response:
    """The host's start page: own places with their rooms and what each still needs."""
    person, now = current_person(), clock.utcnow()
    assert person
    venues = venues_of(person.id)
    photos = photos_of(room.id for venue in venues for room in venue.rooms)
    return page(
        "booking/mine/host.html",
        venues=venues,
        desks={
            room.id: desk_of(offered(room, len(photos[room.id])))
            for venue in venues
            for room in venue.rooms
        },
        first_photos={room_id: found[0] for room_id, found in photos.items() if found},
        meetings=meetings_at_venues_of(person, now),
        stops=stops_at_venues_of(person, now),
        phrases=phrases,
        consents=open_consents_of(person),
        room_questions=open_questions_of(person, now),
    )
