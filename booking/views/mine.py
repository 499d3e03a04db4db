"""What performers and hosts see of the tour: their own stops."""

from datetime import timedelta

from flask import Blueprint, Response

from booking.forms.swapping import TakeBackForm
from booking.phrases.availability import availability_lines, days_line
from booking.queries.availability import against_own, said_by
from booking.queries.consents import open_consents_of
from booking.queries.host_answers import open_questions_of
from booking.queries.mine import meetings_at_venues_of, performer_of, stops_at_venues_of
from booking.queries.performing import turns_of
from booking.queries.swapping import swaps_of
from booking.rules.availability import days_ahead
from core import clock
from core.clock import local_date
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
    performer, now = performer_of(person), clock.utcnow()
    if performer is None:
        return page("booking/mine/performer.html", performer=None, turns=[])
    said = said_by(performer.id)
    return page(
        "booking/mine/performer.html",
        performer=performer,
        turns=turns_of(performer, now),
        against={each.stop.id: each for each in against_own(performer, said, now)},
        swaps=swaps_of(performer, now),
        back_form=TakeBackForm(),
        now=now,
        lines=availability_lines(said),
        days=days_ahead(said, local_date(now)),
        days_line=days_line,
        today=local_date(now),
        tomorrow=local_date(now) + timedelta(days=1),
    )


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
