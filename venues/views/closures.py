"""Closing a room for a while."""

from flask import Response, url_for

from people.access import planner_only
from venues.views import shared_forms
from venues.views.blueprint import bp
from venues.views.loading import room_or_404


@bp.route("/ruimtes/<int:room_id>/sluiting", methods=["GET", "POST"])
@planner_only
def close_room(room_id: int) -> Response:
    back = url_for("venues.room", room_id=room_id)
    return shared_forms.closure_page("venues/closure_form.html", room_or_404(room_id), back=back)


@bp.post("/ruimtes/<int:room_id>/sluiting/<int:closure_id>/weg")
@planner_only
def reopen(room_id: int, closure_id: int) -> Response:
    room_or_404(room_id)
    return shared_forms.reopen(room_id, closure_id, back=url_for("venues.room", room_id=room_id))
