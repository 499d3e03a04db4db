"""Closing a room for a while."""

from flask import Response, flash, url_for

from core.clock import utcnow
from core.db import transact
from core.findings import Refused
from core.language import gettext as _
from core.pages import go_to, page
from people.access import current_actor, planner_only
from venues import services
from venues.forms import ClosureForm
from venues.views import hitting, refusals
from venues.views.blueprint import bp
from venues.views.loading import room_or_404


@bp.route("/ruimtes/<int:room_id>/sluiting", methods=["GET", "POST"])
@planner_only
def close_room(room_id: int) -> Response:
    found = room_or_404(room_id)
    form = ClosureForm()
    status = 422 if form.is_submitted() else 200
    if form.validate_on_submit():
        try:
            transact(
                services.close_room,
                room_id,
                form.details(),
                by=current_actor(),
                now=utcnow(),
                agreed=hitting.agreed(),
            )
            flash(_("De sluiting is bewaard."))
            return go_to(url_for("venues.room", room_id=room_id))
        except Refused as refusal:
            if hitting.is_hit(refusal):
                return hitting.hits_page(
                    refusal,
                    found,
                    back=url_for("venues.room", room_id=room_id),
                    does=hitting.CLOSE,
                    words=form.reason.data,
                )
            status = refusals.put(refusal, form)
    return page("venues/closure_form.html", status, form=form, room=found)


@bp.post("/ruimtes/<int:room_id>/sluiting/<int:closure_id>/weg")
@planner_only
def reopen(room_id: int, closure_id: int) -> Response:
    room_or_404(room_id)
    transact(services.reopen, room_id, closure_id, by=current_actor(), now=utcnow())
    flash(_("De sluiting is weggehaald."))
    return go_to(url_for("venues.room", room_id=room_id))
