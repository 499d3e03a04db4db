"""Photos of rooms, as browsers fetch them."""

from flask import Blueprint, Response, abort, make_response

from people.access import current_person, public
from venues.queries.hosted import is_host_of
from venues.queries.photos import picture_named

bp = Blueprint("photos", __name__, url_prefix="/fotos")

NEVER_CHANGES = "public, max-age=31536000, immutable"


@bp.get("/<name>.webp")
@public
def picture(name: str) -> Response:
    return _sent(name, small=False)


@bp.get("/klein/<name>.webp")
@public
def thumbnail(name: str) -> Response:
    return _sent(name, small=True)


def _sent(name: str, *, small: bool) -> Response:
    """Of a room that is not online only its hosts and the planners see it, and nobody keeps it."""
    found = picture_named(name, small=small)
    if found is None:
        abort(404)
    photo, venue_id, is_public = found
    if not is_public and not _may_look_ahead(venue_id):
        abort(404)
    response = make_response(photo)
    response.mimetype = "image/webp"
    if is_public:
        response.headers["Cache-Control"] = NEVER_CHANGES
    return response


def _may_look_ahead(venue_id: int) -> bool:
    person = current_person()
    return person is not None and (person.is_planner or is_host_of(person.id, venue_id))
