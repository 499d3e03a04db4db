"""Whoever was invited says that it need not happen again. Opening the link changes nothing."""

from flask import Response, abort, url_for

from booking import services
from booking.forms.inviting import InvitationsForm
from booking.models import Outreach
from booking.queries.inviting import has_refused, outreach_by_id
from booking.views.inviting.blueprint import bp
from core import clock, links
from core.db import transact
from core.history import INVITED
from core.pages import go_to, page
from people.access import by_link


@bp.get("/uitnodiging/<token>")
@by_link
def own(token: str) -> Response:
    found = _outreach_or_404(token)
    return page(
        "booking/inviting/own.html",
        token=token,
        outreach=found,
        is_refused=has_refused(found.address),
        form=InvitationsForm(),
    )


@bp.post("/uitnodiging/<token>/niet-meer")
@by_link
def refuse(token: str) -> Response:
    found = _outreach_or_404(token)
    if InvitationsForm().validate_on_submit():
        transact(services.refuse_invitations, found.id, by=INVITED, now=clock.utcnow())
    return go_to(url_for("inviting.own", token=token))


@bp.post("/uitnodiging/<token>/toch-wel")
@by_link
def welcome(token: str) -> Response:
    found = _outreach_or_404(token)
    if InvitationsForm().validate_on_submit():
        transact(services.welcome_invitations, found.id, by=INVITED, now=clock.utcnow())
    return go_to(url_for("inviting.own", token=token))


def _outreach_or_404(token: str) -> Outreach:
    outreach_id = links.resolve("outreach", token, clock.utcnow())
    found = outreach_by_id(outreach_id) if outreach_id else None
    return found if found and found.address else abort(404)
