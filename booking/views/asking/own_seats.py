"""An organisation keeps seats for its own people, without names."""

from flask import Response, abort, url_for

from booking import services
from booking.forms.seats import hold_form
from booking.models import Encounter
from booking.queries.encounters import encounters_of
from booking.views.asking.own import Visit, done, visit_or_404
from booking.views.asking.steps import bp
from core import history
from core.db import transact
from core.errors import sentences
from core.filters import day_and_span
from core.findings import Refused
from core.language import gettext as _
from core.pages import page
from people.access import by_link


@bp.route("/aanvraag/<token>/plaatsen", methods=["GET", "POST"])
@by_link
def seats(token: str) -> Response:
    visit = visit_or_404(token)
    encounters = _to_come_or_404(visit)
    form = hold_form({each.id: day_and_span(each.period) for each in encounters})(
        data={
            "version": visit.asked.version,
            **{f"seats_{each.id}": len(each.held) for each in encounters},
        }
    )
    status = 422 if form.is_submitted() else 200
    if form.validate_on_submit():
        try:
            total = transact(
                services.hold_seats,
                visit.asked.id,
                {each.id: form[f"seats_{each.id}"].data for each in encounters},
                version=form.version.data,
                by=history.ASKER,
                now=visit.now,
            )
            return done(token, _("Je houdt nu %(number)s plaatsen vast.", number=total))
        except Refused as refusal:
            form.refuse(sentences(refusal.findings))
            form.version.process_data(visit_or_404(token).asked.version)
            status = 409
    return page(
        "booking/asking/own_seats.html",
        status,
        visit=visit,
        form=form,
        stop=visit.stop,
        encounters=encounters,
        back=url_for("asking.own", token=token),
    )


def _to_come_or_404(visit: Visit) -> list[Encounter]:
    if visit.stop is None or visit.is_over or visit.is_fresh:
        abort(404)
    return [each for each in encounters_of(visit.stop.id) if each.starts_at > visit.now]
