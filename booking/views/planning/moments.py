"""The days around which requests are collected: list, add, change."""

from datetime import date

from flask import Response, abort, flash, request, url_for

from booking import phrases, services
from booking.forms.moments import ChangeMomentForm, MomentButton, MomentForm, NewMomentForm
from booking.models import Moment
from booking.queries.moments import all_moments, proposed
from booking.rules.moments import NEARBY_DAYS, suggested_intake
from booking.rules.yearly import Proposal
from booking.views.planning.desk import bp
from core import clock, history
from core.db import session, transact
from core.errors import sentences
from core.findings import Refused
from core.language import gettext as _
from core.pages import go_to, page
from people.access import current_actor, planner_only
from people.queries import names_of

CHANGED = "moment_changed_meanwhile"
FIELDS = {
    "moment_ends_before": "last_day",
    "moment_too_long": "last_day",
    "intake_ends_before": "intake_until",
    "intake_too_late": "intake_until",
}


@bp.get("/momenten")
@planner_only
def moments() -> Response:
    today = clock.local_date(clock.utcnow())
    return page(
        "booking/planning/moments.html",
        moments=all_moments(),
        proposals=proposed(today),
        today=today,
        button=MomentButton(),
    )


@bp.route("/momenten/nieuw", methods=["GET", "POST"])
@planner_only
def new_moment() -> Response:
    """Empty, or filled from a proposal, which it then confirms."""
    proposal = _proposal()
    form = NewMomentForm(data=_start(proposal))
    status = 200
    if form.validate_on_submit():
        try:
            transact(
                services.add_moment,
                form.asked,
                form_token=str(form.token.data),
                yearly=proposal.identity if proposal else None,
                by=current_actor(),
                now=clock.utcnow(),
            )
        except Refused as refusal:
            status = _refuse(form, refusal)
        else:
            flash(_("Toegevoegd. Wie voor deze dagen aanvraagt, kun je samen plannen."), "ok")
            return go_to(url_for("planning.moments"))
    elif form.is_refused:
        status = 422
    return page("booking/planning/moment_form.html", status, form=form, proposal=proposal)


@bp.route("/momenten/<int:moment_id>/wijzig", methods=["GET", "POST"])
@planner_only
def change_moment(moment_id: int) -> Response:
    moment = moment_or_404(moment_id)
    form = ChangeMomentForm(obj=moment)
    status = 200
    if form.validate_on_submit():
        try:
            transact(
                services.change_moment,
                moment_id,
                form.asked,
                version=form.version.data,
                by=current_actor(),
                now=clock.utcnow(),
            )
        except Refused as refusal:
            status = _refuse(form, refusal)
            if status == 409:
                form.version.process_data(moment_or_404(moment_id).version)
        else:
            flash(_("Bewaard."), "ok")
            return go_to(url_for("planning.plan_moment", moment_id=moment_id))
    elif form.is_refused:
        status = 422
    told = history.story(moment.subject)
    return page(
        "booking/planning/moment_form.html",
        status,
        form=form,
        moment=moment,
        story=told,
        names=names_of(entry.person_id for entry in told),
    )


@bp.post("/momenten/overslaan")
@planner_only
def dismiss_moment() -> Response:
    proposal = _proposal() or abort(404)
    if MomentButton().validate_on_submit():
        transact(
            services.dismiss_proposal,
            proposal.identity,
            by=current_actor(),
            now=clock.utcnow(),
        )
        flash(_("Overgeslagen. Volgend jaar staat het er weer."), "ok")
    return go_to(url_for("planning.moments"))


def moment_or_404(moment_id: int) -> Moment:
    return session.get(Moment, moment_id) or abort(404)


def _proposal() -> Proposal | None:
    """The one that the address names, as long as nobody answered it."""
    today = clock.local_date(clock.utcnow())
    asked = request.args.get("voorstel", ""), request.args.get("jaar", type=int)
    return next((each for each in proposed(today) if each.identity == asked), None)


def _start(proposal: Proposal | None) -> dict[str, str | int | date]:
    if proposal is None:
        return {"nearby_days": NEARBY_DAYS}
    from_, until = suggested_intake(proposal, clock.local_date(clock.utcnow()))
    return {
        "public_name": phrases.yearly_day(proposal.key),
        "first_day": proposal.first_day,
        "last_day": proposal.last_day,
        "intake_from": from_,
        "intake_until": until,
        "nearby_days": NEARBY_DAYS,
    }


def _refuse(form: MomentForm, refusal: Refused) -> int:
    for finding in refusal.findings:
        form.refuse(sentences([finding]), FIELDS.get(finding.code))
    return 409 if any(finding.code == CHANGED for finding in refusal.findings) else 422
