"""The performers at the desk: what they say, their load, what does not fit; adding and stopping."""

from flask import Response, abort, flash, url_for

from booking import services
from booking.forms.performers import BackForm, PerformerForm, RetireForm
from booking.models import Performer
from booking.phrases.availability import availability_lines, days_line
from booking.queries.availability import coming_stops
from booking.queries.performers import performer_by_id, performers_now, retired_performers
from booking.queries.season import Season
from booking.views.performers import availability
from booking.views.performers.availability import Door
from booking.views.performers.blueprint import bp
from core import clock, history
from core.clock import local_date
from core.db import transact
from core.errors import sentences
from core.findings import Refused
from core.language import gettext as _
from core.pages import go_to, page
from people.access import current_actor, planner_only
from people.queries import names_of

PATH = "/planning/spelers"


@bp.get(PATH)
@planner_only
def overview() -> Response:
    now = clock.utcnow()
    season = Season.of(local_date(now))
    return page(
        "booking/performers/overview.html",
        performers=performers_now(season, now),
        retired=retired_performers(),
        season=season,
        lines=availability_lines,
        days_line=days_line,
        today=local_date(now),
        back_form=BackForm(),
    )


@bp.route(f"{PATH}/nieuw", methods=["GET", "POST"])
@planner_only
def add() -> Response:
    form = PerformerForm()
    if form.validate_on_submit():
        try:
            added = transact(
                services.invite_performer,
                form.name.data,
                email=form.email.data,
                form_token=str(form.form_token.data),
                by=current_actor(),
                now=clock.utcnow(),
            )
        except Refused as refusal:
            form.refuse(sentences(refusal.findings), "email")
        else:
            flash(_("%(name)s staat bij de spelers.", name=form.name.data), "ok")
            return go_to(url_for("performers.one", performer_id=added.id))
    return page("booking/performers/add.html", 422 if form.is_refused else 200, form=form)


@bp.get(f"{PATH}/<int:performer_id>")
@planner_only
def one(performer_id: int) -> Response:
    found, now = _performer_or_404(performer_id), clock.utcnow()
    season = Season.of(local_date(now))
    story = history.story(found.subject)
    return page(
        "booking/performers/one.html",
        performer=found,
        about=next((e for e in performers_now(season, now) if e.performer.id == found.id), None),
        season=season,
        lines=availability_lines,
        days_line=days_line,
        story=story,
        names=names_of(entry.person_id for entry in story),
        back_form=BackForm(),
    )


@bp.route(f"{PATH}/<int:performer_id>/stopt", methods=["GET", "POST"])
@planner_only
def retire(performer_id: int) -> Response:
    found, form, status = _playing_or_404(performer_id), RetireForm(), 200
    if form.validate_on_submit():
        try:
            transact(
                services.retire_performer,
                performer_id,
                why=form.why.data,
                by=current_actor(),
                now=clock.utcnow(),
            )
        except Refused as refusal:
            form.refuse(sentences(refusal.findings))
            status = 409
        else:
            flash(_("%(name)s speelt niet meer mee.", name=found.name), "ok")
            return go_to(url_for("performers.overview"))
    elif form.is_submitted():
        status = 422
    coming = coming_stops(performer_id, clock.utcnow())
    return page("booking/performers/retire.html", status, form=form, performer=found, coming=coming)


@bp.post(f"{PATH}/<int:performer_id>/terug")
@planner_only
def bring_back(performer_id: int) -> Response:
    found = _performer_or_404(performer_id)
    if BackForm().validate_on_submit():
        transact(
            services.bring_performer_back, performer_id, by=current_actor(), now=clock.utcnow()
        )
        flash(_("%(name)s speelt weer mee.", name=found.name), "ok")
    return go_to(url_for("performers.one", performer_id=performer_id))


@bp.route(f"{PATH}/<int:performer_id>/beschikbaar", methods=["GET", "POST"])
@planner_only
def for_availability(performer_id: int) -> Response:
    return availability.say(_door(performer_id))


@bp.route(f"{PATH}/<int:performer_id>/dagen", methods=["GET", "POST"])
@planner_only
def for_add_days(performer_id: int) -> Response:
    return availability.add_days(_door(performer_id))


@bp.post(f"{PATH}/<int:performer_id>/dagen/<int:days_id>/weg")
@planner_only
def for_remove_days(performer_id: int, days_id: int) -> Response:
    return availability.remove_days(_door(performer_id), days_id)


def _door(performer_id: int) -> Door:
    found = _playing_or_404(performer_id)
    return Door(
        performer=found,
        layout="booking/performers/desk_layout.html",
        endpoints="for_",
        back=(url_for("performers.one", performer_id=found.id), found.name),
        is_own=False,
    )


def _performer_or_404(performer_id: int) -> Performer:
    return performer_by_id(performer_id) or abort(404)


def _playing_or_404(performer_id: int) -> Performer:
    found = _performer_or_404(performer_id)
    return found if found.retired_at is None else abort(404)
