"""The asker answers another time of the host, or takes back one of their own."""

from flask import Response, request

from booking.forms.own_booking import ProposalsForm
from booking.models import RoomDate
from booking.services import reserving
from booking.views.own_booking.page import own_page
from booking.views.own_booking.visit import Visit, bp, done, to_own, visit_or_404
from core import history
from core.db import transact
from core.findings import Refused
from core.language import gettext as _
from people.access import by_link

YES, NO = "ja", "nee"


@bp.post("/reservering/<token>/voorstel")
@by_link
def answer(token: str) -> Response:
    """Which button was pressed says whether it is a yes."""
    visit, form = visit_or_404(token), ProposalsForm()
    if _is_answered(visit.offered):
        return to_own(token)
    form.dates.offer((str(date.id), "") for date in visit.offered)
    if not form.validate_on_submit():
        return own_page(visit, 422, offers=form)
    is_yes = request.form.get("antwoord") == YES
    service = reserving.accept_proposals if is_yes else reserving.refuse_proposals
    said = _("Afgesproken. De nieuwe tijd staat vast en komt in je agenda.")
    if not is_yes:
        said = _("We laten de beheerder weten dat de andere tijd niet past.")
    try:
        transact(
            service,
            visit.booking.id,
            form.dates.data,
            version=form.version.data,
            by=history.ASKER,
            now=visit.now,
        )
    except Refused as refusal:
        return own_page(visit_or_404(token), 409, refusal.findings)
    return done(token, said)


@bp.post("/reservering/<token>/voorstel/terug")
@by_link
def take_back(token: str) -> Response:
    visit, form = visit_or_404(token), ProposalsForm()
    if _is_answered(visit.requested):
        return to_own(token)
    form.dates.offer((str(date.id), "") for date in visit.requested)
    if not form.validate_on_submit():
        return own_page(visit, 422)
    return _taken_back(visit, form)


def _is_answered(waiting: list[RoomDate]) -> bool:
    """Nothing waits, or none of what was sent: twice is once."""
    sent = set(request.form.getlist("dates"))
    return not waiting or (bool(sent) and sent.isdisjoint(str(date.id) for date in waiting))


def _taken_back(visit: Visit, form: ProposalsForm) -> Response:
    try:
        transact(
            reserving.take_back_proposals,
            visit.booking.id,
            form.dates.data,
            version=form.version.data,
            by=history.ASKER,
            now=visit.now,
        )
    except Refused as refusal:
        return own_page(visit_or_404(visit.token), 409, refusal.findings)
    return done(visit.token, _("Goed. Alles blijft zoals het was."))
