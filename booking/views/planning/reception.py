"""Who opens, where people wait, and the talk: as the theatre agrees it by phone."""

from flask import Response, flash, url_for

from booking.queries.reception import welcome_of
from booking.views.planning.desk import bp, request_or_404
from booking.views.reception import keep_reception, reception_form
from core import clock
from core.language import gettext as _
from core.pages import go_to, page
from people.access import current_actor, planner_only


@bp.route("/aanvragen/<int:request_id>/ontvangst", methods=["GET", "POST"])
@planner_only
def reception(request_id: int) -> Response:
    found, now = request_or_404(request_id), clock.utcnow()
    stop, there = found.stop, url_for("planning.one_request", request_id=request_id)
    if stop is None or not stop.is_confirmed or stop.ends_at <= now:
        return go_to(there)
    form = reception_form(found, stop)
    status = 422 if form.is_submitted() else 200
    if form.validate_on_submit():
        status = keep_reception(form, request_id, by=current_actor(), now=now)
        if status == 200:
            flash(_("Bewaard."), "ok")
            return go_to(there)
    return page(
        "booking/planning/reception.html",
        status,
        form=form,
        request_=found,
        place=welcome_of(stop.room.venue),
    )
