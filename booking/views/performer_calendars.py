"""Calendars in which a performer keeps when he cannot play."""

from flask import Response, abort, url_for

from booking.queries.mine import performer_of
from core.language import gettext as _
from core.uploads import takes_files
from people.access import current_person, performer_only
from venues.services import Owner
from venues.views.outside import bp, desk
from venues.views.outside.desk import Desk

PATH = "/mijn-speelbeurten/agendas"


@bp.get(PATH)
@performer_only
def performer_calendars() -> Response:
    return desk.show(_desk())


@bp.post(PATH)
@takes_files(desk.MEGABYTES)
@performer_only
def performer_add_calendar() -> Response:
    return desk.add(_desk())


@bp.route(f"{PATH}/<int:calendar_id>", methods=["GET", "POST"])
@performer_only
def performer_change_calendar(calendar_id: int) -> Response:
    return desk.change(_desk(), calendar_id)


@bp.post(f"{PATH}/<int:calendar_id>/lees")
@performer_only
def performer_read_again(calendar_id: int) -> Response:
    return desk.read_again(_desk(), calendar_id)


@bp.post(f"{PATH}/<int:calendar_id>/weg")
@performer_only
def performer_remove_calendar(calendar_id: int) -> Response:
    return desk.remove(_desk(), calendar_id)


def _desk() -> Desk:
    person = current_person()
    performer = performer_of(person) if person else None
    if performer is None:
        abort(404)
    return Desk(
        owner=Owner(performer.resource_id, ("performer", performer.id)),
        heading=_("Mijn agenda's"),
        back=(url_for("mine.as_performer"), _("Mijn speelbeurten")),
        is_room=False,
        endpoints="performer_",
    )
