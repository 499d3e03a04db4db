"""Giving back one date, this one and what follows, or all. A page with a button."""

from flask import Response, request

from booking.forms.own_booking import CancelDatesForm, scopes
from booking.models import RoomDate
from booking.phrases import own_booking as words
from booking.rules.room_changes import Scope
from booking.services import reserving
from booking.views.own_booking.page import own_page
from booking.views.own_booking.visit import (
    Visit,
    bp,
    date_or_404,
    done,
    only_if_open,
    to_own,
    visit_or_404,
)
from core import history
from core.db import transact
from core.findings import Refused
from core.language import gettext as _
from core.pages import page
from people.access import by_link

ALL = {"bereik": "alles"}  # in the address: all dates are meant


@bp.get("/reservering/<token>/data/<int:date_id>/annuleer")
@by_link
def cancel(token: str, date_id: int) -> Response:
    visit = visit_or_404(token)
    date = date_or_404(visit, date_id)
    is_all = request.args.get("bereik") == ALL["bereik"] and visit.has_several
    scope = Scope.ALL if is_all else Scope.THIS
    form = CancelDatesForm(data={"scope": scope, "version": visit.booking.version})
    return only_if_open(visit, date) or _page(visit, date, form)


@bp.post("/reservering/<token>/data/<int:date_id>/annuleer")
@by_link
def do_cancel(token: str, date_id: int) -> Response:
    visit, form = visit_or_404(token), CancelDatesForm()
    date = date_or_404(visit, date_id)
    if answer := only_if_open(visit, date):  # twice is once
        return answer
    _offer(form, visit)
    if not form.validate_on_submit():
        return _page(visit, date, form, 422)
    try:
        transact(
            reserving.cancel_dates,
            visit.booking.id,
            date_id,
            form.scope.data,
            why=form.why.data,
            version=form.version.data,
            by=history.ASKER,
            now=visit.now,
        )
    except Refused as refusal:
        return _refused(token, date_id, form, refusal)
    return done(token, _("Geannuleerd. De beheerder weet het, en je krijgt een mail."))


def _refused(token: str, date_id: int, form: CancelDatesForm, refusal: Refused) -> Response:
    """What was typed is kept, with what is true now: it may be sent again."""
    fresh = visit_or_404(token)
    date = date_or_404(fresh, date_id)
    if only_if_open(fresh, date):
        return to_own(token) if form.scope.data is Scope.THIS else own_page(fresh, 409)
    form.version.process_data(fresh.booking.version)
    return _page(fresh, date, form, 409, refusal)


def _offer(form: CancelDatesForm, visit: Visit) -> None:
    labels = {scope: words.scope(scope) for scope in Scope}
    form.scope.offer(scopes(visit.has_several, labels))


def _page(
    visit: Visit,
    date: RoomDate,
    form: CancelDatesForm,
    status: int = 200,
    refusal: Refused | None = None,
) -> Response:
    _offer(form, visit)
    return page(
        "booking/own_booking/cancel.html",
        status,
        visit=visit,
        booking=visit.booking,
        date=date,
        form=form,
        meant={scope.value: visit.meant(date, scope) for scope in Scope},
        refused=refusal.findings if refusal else [],
    )
