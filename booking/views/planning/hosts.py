"""The planner and the host of a place: an answer by phone, missing measures, another place."""

from flask import Response, abort, flash, url_for

from booking import services
from booking.forms.consent import ChoosePlaceForm
from booking.forms.planning import UndoForm
from booking.rules.three_answers import Party
from booking.views.answering_consent import Asked
from booking.views.planning.desk import bp, request_or_404
from core import clock
from core.db import transact
from core.language import gettext as _
from core.pages import go_to
from people.access import current_actor, planner_only


@bp.get("/aanvragen/<int:request_id>/beheerder")
@planner_only
def answer_of_host(request_id: int) -> Response:
    """What the host said on the phone."""
    return _asked(request_id).show()


@bp.post("/aanvragen/<int:request_id>/beheerder")
@planner_only
def keep_answer_of_host(request_id: int) -> Response:
    return _asked(request_id).take()


@bp.post("/aanvragen/<int:request_id>/maten")
@planner_only
def ask_measures(request_id: int) -> Response:
    request_or_404(request_id)
    if UndoForm().validate_on_submit():
        transact(services.ask_measures, request_id, by=current_actor(), now=clock.utcnow())
        flash(_("Gevraagd. De beheerders krijgen een mail met de vragen."), "ok")
    return go_to(_one(request_id))


@bp.post("/aanvragen/<int:request_id>/plek")
@planner_only
def choose_place(request_id: int) -> Response:
    """Ask another room for a request that waits."""
    request_or_404(request_id)
    form = ChoosePlaceForm()
    if not form.validate_on_submit():
        abort(400)
    asked = transact(
        services.choose_place,
        request_id,
        form.room.data,
        version=form.version.data,
        by=current_actor(),
        now=clock.utcnow(),
    )
    said = _("Gevraagd. De beheerder krijgt een mail.") if asked.consent else _("Gekozen.")
    flash(said, "ok")
    return go_to(_one(request_id))


def _asked(request_id: int) -> Asked:
    found = request_or_404(request_id)
    if found.consent is None:
        abort(404)
    here = url_for("planning.answer_of_host", request_id=request_id)
    return Asked(found.consent, "booking/planning/host.html", here, _one(request_id), Party.THEATRE)


def _one(request_id: int) -> str:
    return url_for("planning.one_request", request_id=request_id)
