"""Waiting for a time in a room that is taken."""

from flask import Blueprint, Response, abort

from people.access import by_link, public

bp = Blueprint("waiting", __name__)


@bp.get("/ruimtes/<int:room_id>/wachtlijst")
@public
def join(room_id: int) -> Response:
    abort(404, room_id)


@bp.get("/wachtlijst/<token>")
@by_link
def own(token: str) -> Response:
    abort(404, token)
