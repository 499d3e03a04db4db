"""Deciding: confirm, option, undo, decline, move, cancel. Each is one service call."""

from datetime import datetime

from flask import Response, flash, request, url_for

from booking import phrases, services
from booking.forms.planning import (
    CancelForm,
    DecidingForm,
    DeclineForm,
    MoveForm,
    OptionForm,
    UndoForm,
)
from booking.models import BookingRequest, Stop
from booking.queries.desk import nearest_free
from booking.queries.turned_away import turned_away
from booking.rules.lifecycle import DeclineReason
from booking.rules.norms import Wish
from booking.rules.placement import Chosen
from booking.views.planning.desk import bp, refuse, request_or_404
from booking.views.planning.placing import Placing
from core import clock
from core.db import transact
from core.findings import Refused
from core.language import gettext as _
from core.pages import go_to, page
from people.access import current_actor, planner_only

OFFERED_INSTEAD = 6


@bp.route("/aanvragen/<int:request_id>/bevestig", methods=["GET", "POST"])
@planner_only
def confirm(request_id: int) -> Response:
    """One click from the inbox when nothing stands in the way; else this page names what does."""

    def act(placing: Placing, chosen: Chosen) -> str:
        assert isinstance(placing.form, DecidingForm)
        transact(
            services.confirm,
            request_id,
            chosen=chosen,
            accepted=placing.form.accepted_codes,
            why=placing.form.why.data,
            version=placing.form.version.data,
            by=current_actor(),
            now=placing.now,
        )
        return _("Bevestigd. De mails gaan over 10 minuten weg.")

    placing = Placing(request_or_404(request_id), DecidingForm, "bevestig")
    return placing.answer("booking/planning/confirm.html", act, url_for("planning.inbox"))


@bp.route("/aanvragen/<int:request_id>/optie", methods=["GET", "POST"])
@planner_only
def give_option(request_id: int) -> Response:
    def act(placing: Placing, chosen: Chosen) -> str:
        assert isinstance(placing.form, OptionForm)
        transact(
            services.give_option,
            request_id,
            chosen=chosen,
            expires_at=placing.form.expires_at,
            accepted=placing.form.accepted_codes,
            why=placing.form.why.data,
            version=placing.form.version.data,
            by=current_actor(),
            now=placing.now,
        )
        return _("In optie. De organisatie krijgt een mail.")

    placing = Placing(request_or_404(request_id), OptionForm, "optie")
    return placing.answer("booking/planning/option.html", act, _one(request_id))


@bp.route("/aanvragen/<int:request_id>/verplaats", methods=["GET", "POST"])
@planner_only
def move(request_id: int) -> Response:
    def act(placing: Placing, chosen: Chosen) -> str:
        assert isinstance(placing.form, MoveForm)
        transact(
            services.move,
            request_id,
            chosen=chosen,
            why=placing.form.why.data,
            accepted=placing.form.accepted_codes,
            version=placing.form.version.data,
            by=current_actor(),
            now=placing.now,
        )
        return _("Verplaatst. Iedereen die erbij is krijgt een mail.")

    placing = Placing(request_or_404(request_id), MoveForm, "verplaats")
    return placing.answer("booking/planning/move.html", act, _one(request_id))


@bp.post("/aanvragen/<int:request_id>/terug")
@planner_only
def undo(request_id: int) -> Response:
    stop, now = request_or_404(request_id).stop, clock.utcnow()
    if UndoForm().validate_on_submit():
        transact(services.undo, request_id, by=current_actor(), now=now)
        flash(_undone(stop, now), "ok")
    return go_to(_one(request_id))


def _undone(stop: Stop | None, now: datetime) -> str:
    """Who heard no meanwhile keeps that, until a planner says otherwise: the moment may go to
    another in a minute."""
    others = turned_away(stop, now) if stop else []
    if not others:
        return _("Teruggedraaid. Niemand kreeg een mail.")
    return _(
        "Teruggedraaid. Wie zou spelen kreeg geen mail. Deze organisaties hoorden al nee en kunnen"
        " andere dagen kiezen: %(names)s. Kunnen zij nu toch? Bel ze dan.",
        names=", ".join(each.organisation.name for each in others),
    )


@bp.route("/aanvragen/<int:request_id>/afwijzen", methods=["GET", "POST"])
@planner_only
def decline(request_id: int) -> Response:
    """Say no with a reason, and offer moments that passed the rules just now."""
    found, now = request_or_404(request_id), clock.utcnow()
    proposed = request.args.getlist("moment")
    form = DeclineForm(data={"version": found.version, "alternatives": proposed})
    form.reason.offer([(r.value, phrases.decline_reason(r)) for r in DeclineReason])
    form.alternatives.offer([(wish.key, phrases.moment(wish)) for wish in _free_instead(found)])
    status = 200
    if form.validate_on_submit():
        try:
            transact(
                services.decline,
                request_id,
                reason=form.reason.data,
                words=form.words.data,
                alternatives=form.offered,
                version=form.version.data,
                by=current_actor(),
                now=now,
            )
        except Refused as refusal:
            status = refuse(form, refusal, found)
        else:
            flash(_("Afgewezen. De organisatie krijgt een mail met de reden."), "ok")
            return go_to(url_for("planning.inbox"))
    elif form.is_refused:
        status = 422
    return page("booking/planning/decline.html", status, form=form, request_=found)


@bp.route("/aanvragen/<int:request_id>/annuleer", methods=["GET", "POST"])
@planner_only
def cancel(request_id: int) -> Response:
    found = request_or_404(request_id)
    form = CancelForm(data={"version": found.version})
    status = 200
    if form.validate_on_submit():
        try:
            transact(
                services.cancel,
                request_id,
                why=form.why.data,
                version=form.version.data,
                by=current_actor(),
                now=clock.utcnow(),
            )
        except Refused as refusal:
            status = refuse(form, refusal, found)
        else:
            flash(_("Geannuleerd. Iedereen die erbij zou zijn krijgt een mail."), "ok")
            return go_to(_one(request_id))
    elif form.is_refused:
        status = 422
    return page("booking/planning/cancel.html", status, form=form, request_=found)


def _one(request_id: int) -> str:
    return url_for("planning.one_request", request_id=request_id)


def _free_instead(found: BookingRequest) -> list[Wish]:
    wish = found.choices[0].wish
    free = nearest_free(found, wish, found.room_id, clock.utcnow(), OFFERED_INSTEAD)
    return [placement.wish for placement in free]
