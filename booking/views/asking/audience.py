"""Page 3: for whom, and how many?"""

from typing import Any

from flask import Response, request, url_for

from booking.forms.asking import AudienceForm, VisitorsForm
from booking.queries.norms import current_norms
from booking.rules.answers import Answers, Step
from booking.rules.norms import Norms
from booking.rules.offer import Seats, seats_for
from booking.views.asking.steps import (
    back_to_missing,
    bp,
    keep,
    kept_answers,
    onward,
    step_page,
)
from core.pages import go_to, htmx, page
from people.access import public


@bp.get("/kubus/aanvragen/voor-wie")
@public
def audience() -> Response:
    answers = kept_answers()
    form = AudienceForm(data=answers.part(Step.AUDIENCE))
    return back_to_missing(answers, Step.AUDIENCE) or _page(form, answers)


@bp.post("/kubus/aanvragen/voor-wie")
@public
def keep_audience() -> Response:
    """The buttons beside the last one keep what is typed too, and lead elsewhere."""
    form = AudienceForm()
    if not form.validate_on_submit():
        return _page(form, kept_answers())
    keep(Step.AUDIENCE, form.values())
    if "check" in request.form:
        return go_to(url_for("asking.audience", _anchor="fits"))
    if "day_parts" in request.form:
        return go_to(url_for("asking.when", dagdelen=request.form["day_parts"][:1]))
    return onward()


@bp.get("/kubus/aanvragen/voor-wie/past")
@public
def fits() -> Response:
    """Whether so many visitors fit, while they are being typed."""
    if not htmx:
        return go_to(url_for("asking.audience"))
    form = VisitorsForm(formdata=request.args, meta={"csrf": False})
    visitors = form.total if form.validate() else None
    return page("booking/asking/_fits.html", **_seats(visitors, kept_answers()))


def _page(form: AudienceForm, answers: Answers) -> Response:
    is_sound = not any(field.errors for field in form)
    visitors = form.total if is_sound and form.total else None
    return step_page(Step.AUDIENCE, form, **_seats(visitors, answers))


def _seats(visitors: int | None, answers: Answers) -> dict[str, Any]:
    norms = current_norms()
    seats = _per_moment(visitors, answers, norms) if visitors else []
    needed = max((each.needed for each in seats), default=1)
    return {
        "visitors": visitors,
        "seats": seats,
        "needed": needed,
        "is_possible": needed <= norms.day_parts_at_most,
        "encounter_minutes": norms.encounter_minutes,
    }


def _per_moment(visitors: int, answers: Answers, norms: Norms) -> list[Seats]:
    return [seats_for(visitors, wish, norms) for wish in answers.wishes]
