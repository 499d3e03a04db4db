"""A performer says when and where playing is possible."""

from flask import Response, abort, url_for

from booking.queries.mine import performer_of
from booking.views.performers import availability
from booking.views.performers.availability import Door
from booking.views.performers.blueprint import bp
from core.language import gettext as _
from people.access import current_person, performer_only

PATH = "/mijn-speelbeurten/beschikbaar"


@bp.route(PATH, methods=["GET", "POST"])
@performer_only
def own_availability() -> Response:
    return availability.say(_door())


@bp.route(f"{PATH}/dagen", methods=["GET", "POST"])
@performer_only
def own_add_days() -> Response:
    return availability.add_days(_door())


@bp.post(f"{PATH}/dagen/<int:days_id>/weg")
@performer_only
def own_remove_days(days_id: int) -> Response:
    return availability.remove_days(_door(), days_id)


def _door() -> Door:
    person = current_person()
    performer = performer_of(person) if person else None
    return Door(
        performer=performer or abort(404),
        layout="booking/performers/own_layout.html",
        endpoints="own_",
        back=(url_for("mine.as_performer"), _("Mijn speelbeurten")),
        is_own=True,
    )
