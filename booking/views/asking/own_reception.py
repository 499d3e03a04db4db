"""Who opens, where people wait, and the talk: by whoever receives the cube."""

from flask import Response, url_for

from booking.queries.reception import welcome_of
from booking.views.asking.own import done, visit_or_404
from booking.views.asking.steps import bp
from booking.views.reception import keep_reception, reception_form
from core import history
from core.language import gettext as _
from core.pages import go_to, page
from people.access import by_link


@bp.route("/aanvraag/<token>/ontvangst", methods=["GET", "POST"])
@by_link
def reception(token: str) -> Response:
    visit = visit_or_404(token)
    stop = visit.stop
    if stop is None or visit.is_over:
        return go_to(url_for("asking.own", token=token))
    form = reception_form(visit.asked, stop)
    status = 422 if form.is_submitted() else 200
    if form.validate_on_submit():
        status = keep_reception(form, visit.asked.id, by=history.ASKER, now=visit.now)
        if status == 200:
            return done(token, _("Bewaard. Wie er die dag werkt, leest het op de dagbrief."))
    return page(
        "booking/asking/own_reception.html",
        status,
        visit=visit,
        form=form,
        place=welcome_of(stop.room.venue),
    )
