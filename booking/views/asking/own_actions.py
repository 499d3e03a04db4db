"""What an asker does on the private page: withdraw, cancel, choose another moment.

Each is a page with a button. A page that is out of date gets 409 and shows what is true now.
"""

from collections.abc import Callable
from typing import Any

from flask import Response, url_for

from booking import services
from booking.forms.own_request import AlternativeForm, CancelOwnForm, WithdrawForm
from booking.phrases import moment
from booking.queries.asking import check_alternatives
from booking.rules.lifecycle import Action, RequestState
from booking.views.asking.own import (
    Visit,
    action_page,
    done,
    only_if,
    own_page,
    visit_or_404,
)
from booking.views.asking.steps import bp
from core import history
from core.db import transact
from core.findings import Refused, blockers
from core.language import gettext as _
from core.pages import go_to
from people.access import by_link

DONE_TO = {
    Action.WITHDRAW: RequestState.WITHDRAWN,
    Action.CANCEL: RequestState.CANCELLED,
}


@bp.get("/aanvraag/<token>/intrekken")
@by_link
def withdraw(token: str) -> Response:
    visit = visit_or_404(token)
    form = WithdrawForm(data={"version": visit.asked.version})
    return only_if(visit, Action.WITHDRAW) or action_page(visit, form)


@bp.post("/aanvraag/<token>/intrekken")
@by_link
def do_withdraw(token: str) -> Response:
    visit, form = visit_or_404(token), WithdrawForm()
    if not form.validate_on_submit():
        return action_page(visit, form, 422)
    return _act(
        visit,
        Action.WITHDRAW,
        lambda request_id: transact(
            services.withdraw,
            request_id,
            version=form.version.data,
            by=history.ASKER,
            now=visit.now,
        ),
        _("Je aanvraag is ingetrokken."),
    )


@bp.get("/aanvraag/<token>/annuleren")
@by_link
def cancel(token: str) -> Response:
    visit = visit_or_404(token)
    form = CancelOwnForm(data={"version": visit.asked.version})
    return only_if(visit, Action.CANCEL) or action_page(visit, form)


@bp.post("/aanvraag/<token>/annuleren")
@by_link
def do_cancel(token: str) -> Response:
    visit, form = visit_or_404(token), CancelOwnForm()
    if visit.is_over:
        return go_to(url_for("asking.own", token=token))
    if not form.validate_on_submit():
        return action_page(visit, form, 422)
    return _act(
        visit,
        Action.CANCEL,
        lambda request_id: transact(
            services.cancel,
            request_id,
            why=form.why.data,
            version=form.version.data,
            by=history.ASKER,
            now=visit.now,
        ),
        _("De afspraak is geannuleerd. We laten het iedereen weten."),
    )


@bp.get("/aanvraag/<token>/ander-moment")
@by_link
def choose(token: str) -> Response:
    visit = visit_or_404(token)
    if not visit.can_choose:
        return go_to(url_for("asking.own", token=token))
    form = AlternativeForm(data={"version": visit.asked.version})
    return action_page(visit, form, **_alternatives(visit, form))


@bp.post("/aanvraag/<token>/ander-moment")
@by_link
def do_choose(token: str) -> Response:
    visit, form = visit_or_404(token), AlternativeForm()
    if not visit.can_choose:
        return go_to(url_for("asking.own", token=token))
    offered = _alternatives(visit, form)
    if not form.validate_on_submit():
        return action_page(visit, form, 422, **offered)
    return _act(
        visit,
        Action.REOPEN,
        lambda request_id: transact(
            services.choose_alternative,
            request_id,
            position=form.position.data,
            version=form.version.data,
            now=visit.now,
        ),
        _("We hebben je nieuwe keuze. Het theater laat het je weten."),
    )


def _alternatives(visit: Visit, form: AlternativeForm) -> dict[str, Any]:
    """Those that can still be are offered; the others are named, with why not."""
    judged = [(wish, blockers(said)) for wish, said in check_alternatives(visit.asked, visit.now)]
    positions = [alternative.position for alternative in visit.asked.alternatives]
    form.position.offer(
        (str(position), moment(wish))
        for position, (wish, against) in zip(positions, judged, strict=True)
        if not against
    )
    return {"gone": [(wish, against) for wish, against in judged if against]}


def _act(visit: Visit, action: Action, act: Callable[[int], object], said: str) -> Response:
    """Doing it twice is doing it once; anything else that changed meanwhile is shown."""
    token = visit.token
    try:
        act(visit.asked.id)
    except Refused as refusal:
        fresh = visit_or_404(token)
        if fresh.asked.state is DONE_TO.get(action):
            return go_to(url_for("asking.own", token=token))
        return own_page(fresh, 409, refusal.findings)
    return done(token, said)
