"""Who has an option decides: we want it, or let it go."""

from flask import Response, url_for

from booking import services
from booking.forms.own_request import OptionAnswerForm
from booking.queries.affected import own_place_in_line
from booking.views.asking.own import (
    Visit,
    action_page,
    done,
    own_page,
    visit_or_404,
)
from booking.views.asking.steps import bp
from core import history
from core.db import transact
from core.findings import Refused
from core.language import gettext as _
from core.pages import go_to
from people.access import by_link


@bp.get("/aanvraag/<token>/optie")
@by_link
def decide(token: str) -> Response:
    visit = visit_or_404(token)
    if visit.asked.option is None:
        return go_to(url_for("asking.own", token=token))
    return _page(visit, OptionAnswerForm(data={"version": visit.asked.version}))


@bp.post("/aanvraag/<token>/optie")
@by_link
def do_decide(token: str) -> Response:
    visit, form = visit_or_404(token), OptionAnswerForm()
    if visit.asked.option is None:
        return go_to(url_for("asking.own", token=token))
    if not form.validate_on_submit():
        return _page(visit, form, 422)
    act = services.want_option if form.wants_it else services.release_option
    try:
        transact(act, visit.asked.id, version=form.version.data, by=history.ASKER, now=visit.now)
    except Refused as refusal:
        return own_page(visit_or_404(token), 409, refusal.findings)
    wanted = _("Mooi. Het theater weet nu dat jullie dit moment zeker willen.")
    return done(token, wanted if form.wants_it else _("De optie is losgelaten."))


def _page(visit: Visit, form: OptionAnswerForm, status: int = 200) -> Response:
    own = own_place_in_line(visit.asked, visit.now)
    assert own  # it has a living option
    return action_page(visit, form, status, option=own.option, rank=own.rank)
