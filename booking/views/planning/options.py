"""Options in rank: ask the first to decide, put one elsewhere in line, let one go."""

from collections.abc import Callable

from flask import Response, flash, url_for

from booking import phrases, services
from booking.forms.planning import ChallengeForm, RankForm, ReleaseForm
from booking.models import BookingRequest
from booking.queries.affected import InLine, line_for
from booking.views.planning.desk import bp, refuse, request_or_404
from core import clock
from core.db import transact
from core.findings import Refused
from core.forms import Form
from core.language import gettext as _
from core.pages import go_to, page
from people.access import current_actor, planner_only


@bp.post("/aanvragen/<int:request_id>/optie/beslis")
@planner_only
def challenge(request_id: int) -> Response:
    """Ask who decides first to do so. What refuses it is said on a page of its own."""
    request_or_404(request_id)
    form = ChallengeForm()
    if form.validate_on_submit():
        transact(
            services.challenge,
            request_id,
            version=form.version.data,
            by=current_actor(),
            now=clock.utcnow(),
        )
        flash(_("Gevraagd. De organisatie krijgt een mail met twee knoppen."), "ok")
    return go_to(_one(request_id))


@bp.route("/aanvragen/<int:request_id>/optie/plaats", methods=["GET", "POST"])
@planner_only
def move_option(request_id: int) -> Response:
    found, now = request_or_404(request_id), clock.utcnow()
    line = line_for(found, now)
    if len(line) < 2:
        return go_to(_one(request_id))
    form = RankForm(data={"version": found.version})
    form.place.offer(_places(line))
    return _answer(
        "booking/planning/option_place.html",
        form,
        found,
        lambda: transact(
            services.move_option,
            request_id,
            to_place=form.place.data,
            why=form.why.data,
            version=form.version.data,
            by=current_actor(),
            now=now,
        ),
        _("Verplaatst. Wie het merkt, krijgt een mail met de reden."),
        line,
    )


@bp.route("/aanvragen/<int:request_id>/optie/los", methods=["GET", "POST"])
@planner_only
def release_option(request_id: int) -> Response:
    found, now = request_or_404(request_id), clock.utcnow()
    line = line_for(found, now)
    if not line:
        return go_to(_one(request_id))
    form = ReleaseForm(data={"version": found.version})
    return _answer(
        "booking/planning/option_release.html",
        form,
        found,
        lambda: transact(
            services.release_option,
            request_id,
            why=form.why.data,
            version=form.version.data,
            by=current_actor(),
            now=now,
        ),
        _("Losgelaten. De aanvraag wacht weer op een ander moment."),
        line,
    )


def _answer(
    template: str,
    form: Form,
    found: BookingRequest,
    act: Callable[[], object],
    said: str,
    line: list[InLine],
) -> Response:
    status = 422 if form.is_submitted() else 200
    if form.validate_on_submit():
        try:
            act()
        except Refused as refusal:
            status = refuse(form, refusal, found)
        else:
            flash(said, "ok")
            return go_to(_one(found.id))
    return page(template, status, form=form, request_=found, line=line)


def _places(line: list[InLine]) -> list[tuple[str, str]]:
    """Every place but its own."""
    return [
        (str(place), _("%(rank)s optie", rank=phrases.ordinal(place)))
        for place, each in enumerate(line, 1)
        if not each.is_own
    ]


def _one(request_id: int) -> str:
    return url_for("planning.one_request", request_id=request_id)
