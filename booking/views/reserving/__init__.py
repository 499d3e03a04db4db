"""An organisation books a room: which dates, who, check and send."""

from flask import Blueprint, Response, abort

from people.access import public

bp = Blueprint("reserving", __name__)


@bp.get("/ruimtes/<int:room_id>/reserveren")
@public
def start(room_id: int) -> Response:
    abort(404, room_id)
