"""One page on which all requests for a moment stand side by side, and are planned together."""

from collections.abc import Callable
from datetime import date

from flask import Response, flash, request, url_for

from booking import services
from booking.forms.moments import TogetherForm, TurnMomentForm, together_form
from booking.forms.planning import UndoForm
from booking.models import Moment
from booking.queries.stops import stops_between
from booking.queries.together import Row, compare, outlook
from booking.rules.moments import early_findings
from booking.views.planning.desk import bp
from booking.views.planning.moments import moment_or_404
from core import clock, history
from core.db import transact
from core.errors import sentences
from core.findings import Refused, concerns
from core.language import gettext as _
from core.language import ngettext
from core.pages import go_to, page
from people.access import current_actor, planner_only
from people.queries import names_of

CHANGED = {"moment_changed_meanwhile", "request_changed_meanwhile"}


@bp.route("/momenten/<int:moment_id>", methods=["GET", "POST"])
@planner_only
def plan_moment(moment_id: int) -> Response:
    """Choose, look who gets which mail, then decide: three buttons of one form."""
    moment, now = moment_or_404(moment_id), clock.utcnow()
    rows = compare(moment, now) if moment.is_open else []
    form = together_form([row.choosing for row in rows], moment.version, _words(moment))
    if request.method == "GET" or request.form.get("do") == "back":
        return _page(moment, rows, form)
    if not form.validate_on_submit():
        return _page(moment, rows, form, 422)
    if request.form.get("do") != "plan":
        return _check(moment, rows, form)
    try:
        planned = transact(
            services.plan_together,
            moment_id,
            form.picks,
            why=form.why.data,
            words=form.words.data,
            version=form.version.data,
            by=current_actor(),
            now=now,
        )
    except Refused as refusal:
        return _refused(moment_id, form, refusal)
    flash(
        _(
            "%(name)s is gepland. Wie speelt, krijgt over 10 minuten een mail.",
            name=planned.public_name,
        ),
        "ok",
    )
    return go_to(url_for("planning.plan_moment", moment_id=moment_id))


@bp.post("/momenten/<int:moment_id>/sluit")
@planner_only
def close_moment(moment_id: int) -> Response:
    said = _("Afgesloten. Aanvragen die nog wachten, staan bij de aanvragen.")
    return _turn(moment_id, services.close_moment, said)


@bp.post("/momenten/<int:moment_id>/open")
@planner_only
def reopen_moment(moment_id: int) -> Response:
    said = _("Weer geopend. Je kunt opnieuw samen kiezen.")
    return _turn(moment_id, services.reopen_moment, said)


def _turn(moment_id: int, turn: Callable[..., Moment], said: str) -> Response:
    """Only as it was looked at: who planned or changed it meanwhile is not overruled."""
    moment_or_404(moment_id)
    form = TurnMomentForm()
    if form.validate_on_submit():
        try:
            by, now = current_actor(), clock.utcnow()
            transact(turn, moment_id, version=form.version.data, by=by, now=now)
        except Refused as refusal:
            return _not_turned(moment_id, refusal)
        flash(said, "ok")
    return go_to(url_for("planning.plan_moment", moment_id=moment_id))


def _not_turned(moment_id: int, refusal: Refused) -> Response:
    """The page as it is now, with the reason; its button goes on from there."""
    moment = moment_or_404(moment_id)
    rows = compare(moment, clock.utcnow()) if moment.is_open else []
    choosing = [row.choosing for row in rows]
    form = together_form(choosing, moment.version, _words(moment), is_sent=False)
    form.refuse(sentences(refusal.findings))
    return _page(moment, rows, form, 409)


def _check(moment: Moment, rows: list[Row], form: TogetherForm) -> Response:
    """Who gets which mail, and what the rules say of all together."""
    wishes = {pick.request_id: pick.wish for pick in form.picks}
    if not wishes:
        form.refuse([_("Kies voor minstens één aanvraag wat je doet.")])
        return _page(moment, rows, form, 422)
    if early := early_findings(_collected_until(moment), form.why.data):
        form.refuse(sentences(early), "why")
        return _page(moment, rows, form, 422)
    seen = outlook(moment, rows, wishes, clock.utcnow())
    for row, placement in seen.playing:
        form.accept(row.request.id, {f.code for f in concerns(placement.findings)})
    for row, placement in seen.impossible:
        name = row.request.organisation.name
        form.refuse([f"{name}: {said}" for said in sentences(placement.findings)])
    if seen.impossible:
        return _page(moment, rows, form, 422)
    return page("booking/planning/moment_check.html", moment=moment, form=form, seen=seen)


def _refused(moment_id: int, form: TogetherForm, refusal: Refused) -> Response:
    """Nothing was kept; what was chosen stays in the form, which goes on from what is true now."""
    form.refuse(sentences(refusal.findings))
    moment = moment_or_404(moment_id)
    rows = compare(moment, clock.utcnow()) if moment.is_open else []
    if not any(finding.code in CHANGED for finding in refusal.findings):
        return _page(moment, _still_in(form, rows), form, 422)
    form.look_again([row.choosing for row in rows], moment.version)
    return _page(moment, _still_in(form, rows), form, 409)


def _still_in(form: TogetherForm, rows: list[Row]) -> list[Row]:
    known = {row.request_id for row in form.rows}
    return [row for row in rows if row.request.id in known]


def _page(moment: Moment, rows: list[Row], form: TogetherForm, status: int = 200) -> Response:
    told, now = history.story(moment.subject), clock.utcnow()
    stops = stops_between(*moment.days)
    return page(
        "booking/planning/moment.html",
        status,
        moment=moment,
        rows=rows,
        form=form,
        story=told,
        names=names_of(entry.person_id for entry in told),
        today=clock.local_date(now),
        stops=stops,
        undoable=[stop for stop in stops if stop.undo_until > now],
        undo_form=UndoForm(),
        proposed=[row for row in rows if row.proposed],
        count=ngettext("%(num)d aanvraag", "%(num)d aanvragen", len(rows)),
    )


def _collected_until(moment: Moment) -> date | None:
    today = clock.local_date(clock.utcnow())
    return moment.intake_until if today <= moment.intake_until else None


def _words(moment: Moment) -> str:
    return _(
        "Voor %(name)s vroegen meer mensen de kubus dan we kunnen spelen. We kozen samen, en jullie"
        " aanvraag paste niet meer op deze dagen. Op een andere dag komen we graag.",
        name=moment.public_name,
    )
