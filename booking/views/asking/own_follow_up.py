"""What continues after the cube: agreed before it comes, told afterwards."""

from flask import Response, abort, url_for

from booking import services
from booking.forms.follow_up import PlanForm, ReportForm
from booking.models import StopReport
from booking.queries.encounters import seats_taken
from booking.queries.follow_up import meetings_of, plan_of, reports_of
from booking.services.follow_up import Told
from booking.views.asking.own import Visit, done, visit_or_404
from booking.views.asking.own_meetings import can_book_meetings
from booking.views.asking.steps import bp
from core import history
from core.db import transact
from core.errors import sentences
from core.findings import Refused
from core.language import gettext as _
from core.pages import page
from people.access import by_link


@bp.route("/aanvraag/<token>/vervolg", methods=["GET", "POST"])
@by_link
def follow_up(token: str) -> Response:
    visit = visit_or_404(token)
    form = PlanForm(data={"plan": plan_of(visit.asked.id), "version": visit.asked.version})
    status = 422 if form.is_submitted() else 200
    if form.validate_on_submit():
        try:
            transact(
                services.agree_follow_up,
                visit.asked.id,
                plan=form.plan.data,
                version=form.version.data,
                by=history.ASKER,
                now=visit.now,
            )
            return done(token, _("Bewaard. Het theater leest het ook."))
        except Refused as refusal:
            form.refuse(sentences(refusal.findings))
            form.version.process_data(visit_or_404(token).asked.version)
            status = 409
    return page(
        "booking/asking/own_follow_up.html",
        status,
        visit=visit,
        form=form,
        meetings=meetings_of(visit.asked.id, visit.now),
        can_book_meetings=can_book_meetings(visit),
    )


@bp.route("/aanvraag/<token>/na-afloop", methods=["GET", "POST"])
@by_link
def report(token: str) -> Response:
    """The latest time that somebody was asked; it may be filled in again."""
    visit = visit_or_404(token)
    asked = next(reversed(reports_of(visit.asked.id)), None) or abort(404)
    form = ReportForm(data=_before(asked))
    status = 422 if form.is_submitted() else 200
    if form.validate_on_submit():
        try:
            transact(
                services.report, asked.id, Told(**form.values()), by=history.ASKER, now=visit.now
            )
            return done(token, _("Dank je wel. Hier hebben we veel aan."))
        except Refused as refusal:
            form.refuse(sentences(refusal.findings), "visitors")
    return page("booking/asking/own_report.html", status, **_context(visit, asked, form))


def _before(asked: StopReport) -> dict[str, object]:
    """What was said before; the first time, how many seats were taken."""
    taken, _of = seats_taken(asked.stop_id)
    return {
        "visitors": asked.visitors if asked.answered_at else taken or None,
        "first_time": asked.first_time,
        "from_neighbourhood": asked.from_neighbourhood,
        "continues": asked.continues,
        "words": asked.words,
    }


def _context(visit: Visit, asked: StopReport, form: ReportForm) -> dict[str, object]:
    return {
        "visit": visit,
        "asked": asked,
        "form": form,
        "finder": url_for("rooms.find", postcode=visit.asked.room.venue.pc4)
        if visit.asked.room
        else url_for("rooms.find"),
    }
