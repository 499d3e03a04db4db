"""Calendars that a host or a performer keeps elsewhere."""

from flask import Blueprint, Response, abort

from people.access import host_only, performer_only

bp = Blueprint("outside", __name__)


@bp.get("/mijn-ruimtes/ruimtes/<int:room_id>/agendas")
@host_only
def calendars(room_id: int) -> Response:
    abort(404, room_id)


@bp.get("/mijn-speelbeurten/agendas")
@performer_only
def performer_calendars() -> Response:
    abort(404)
