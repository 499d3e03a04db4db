"""The private page of a booking of a room."""

from flask import Blueprint, Response, abort

from people.access import by_link

bp = Blueprint("own_booking", __name__)


@bp.get("/reservering/<token>")
@by_link
def own(token: str) -> Response:
    abort(404, token)
