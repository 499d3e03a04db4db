"""The public title of a visit, and what the theatre itself calls it."""

from flask import Response, flash, url_for

from booking import services
from booking.forms.planning import WordsForm
from booking.views.planning.desk import bp, refuse, request_or_404
from core import clock, tone
from core.db import transact
from core.findings import Refused
from core.language import gettext as _
from core.pages import go_to, page
from people.access import current_actor, planner_only


@bp.route("/aanvragen/<int:request_id>/woorden", methods=["GET", "POST"])
@planner_only
def words(request_id: int) -> Response:
    """A title with a label gets a suggestion first; sent again as it is, it is kept."""
    found = request_or_404(request_id)
    form = WordsForm(
        data={
            "public_title": found.public_title,
            "internal_subject": found.internal_subject,
            "version": found.version,
        }
    )
    status = 422 if form.is_submitted() else 200
    remarks = tone.remarks(form.public_title.data or "")
    if form.validate_on_submit() and (not remarks or form.is_meant):
        try:
            transact(
                services.choose_words,
                request_id,
                public_title=form.public_title.data,
                internal_subject=form.internal_subject.data,
                version=form.version.data,
                by=current_actor(),
                now=clock.utcnow(),
            )
        except Refused as refusal:
            status = refuse(form, refusal, found)
        else:
            flash(_("Bewaard."), "ok")
            return go_to(url_for("planning.one_request", request_id=request_id))
    form.read_as.process_data(form.public_title.data)
    return page("booking/planning/words.html", status, form=form, request_=found, remarks=remarks)
