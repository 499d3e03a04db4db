"""A host answers who asked for a room: from the mail, or signed in."""

from flask import Blueprint, Response, abort

from people.access import by_link, host_only

bp = Blueprint("answering", __name__)


@bp.get("/mijn-ruimtes/vragen")
@host_only
def waiting() -> Response:
    abort(404)


@bp.get("/antwoord/<token>")
@by_link
def answer(token: str) -> Response:
    abort(404, token)
