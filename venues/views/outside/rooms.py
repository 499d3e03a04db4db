"""Calendars in which the hosts of a room keep when it is in use."""

from flask import Response, url_for

from core.language import gettext as _
from core.uploads import takes_files
from people.access import host_only
from venues import services
from venues.views.hosting.loading import own_room_or_404
from venues.views.outside import desk
from venues.views.outside.blueprint import bp
from venues.views.outside.desk import Desk

PATH = "/mijn-ruimtes/ruimtes/<int:room_id>/agendas"


@bp.get(PATH)
@host_only
def calendars(room_id: int) -> Response:
    return desk.show(_desk(room_id))


@bp.post(PATH)
@takes_files(desk.MEGABYTES)
@host_only
def add_calendar(room_id: int) -> Response:
    return desk.add(_desk(room_id))


@bp.route(f"{PATH}/<int:calendar_id>", methods=["GET", "POST"])
@host_only
def change_calendar(room_id: int, calendar_id: int) -> Response:
    return desk.change(_desk(room_id), calendar_id)


@bp.post(f"{PATH}/<int:calendar_id>/lees")
@host_only
def read_again(room_id: int, calendar_id: int) -> Response:
    return desk.read_again(_desk(room_id), calendar_id)


@bp.post(f"{PATH}/<int:calendar_id>/weg")
@host_only
def remove_calendar(room_id: int, calendar_id: int) -> Response:
    return desk.remove(_desk(room_id), calendar_id)


def _desk(room_id: int) -> Desk:
    room = own_room_or_404(room_id)
    return Desk(
        owner=services.Owner(room.resource_id, ("room", room.id)),
        heading=_("Agenda's van %(room)s", room=room.name or room.venue.name),
        back=(url_for("hosting.room", room_id=room.id), room.full_name),
        is_room=True,
        values={"room_id": room.id},
    )
