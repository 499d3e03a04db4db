"""How the booking stands: one word, what comes next, all its dates. Opening it changes nothing."""

from flask import Response, abort, make_response

from booking.forms.own_booking import ProposalsForm
from booking.phrases import own_booking as words
from booking.room_feed import own_meetings
from booking.views.own_booking.visit import Visit, bp, visit_or_404
from core.findings import Finding
from core.pages import page
from people.access import by_link
from venues.views.showing import reception

SHOWN = 8  # dates to come; further ones are folded away


@bp.get("/reservering/<token>")
@by_link
def own(token: str) -> Response:
    return own_page(visit_or_404(token))


@bp.get("/reservering/<token>/agenda.ics")
@by_link
def own_calendar(token: str) -> Response:
    """All dates that are certain, the same entries as in the mails, to save by hand."""
    visit = visit_or_404(token)
    if visit.next is None:
        abort(404)
    response = make_response(own_meetings(visit.booking))
    response.headers["Content-Type"] = "text/calendar; charset=utf-8"
    response.headers["Content-Disposition"] = 'attachment; filename="reservering.ics"'
    return response


def own_page(
    visit: Visit,
    status: int = 200,
    refused: list[Finding] | None = None,
    offers: ProposalsForm | None = None,
) -> Response:
    """How it stands; `refused` says why what was just asked did not happen."""
    return page(
        "booking/own_booking/own.html",
        status,
        visit=visit,
        booking=visit.booking,
        refused=refused or [],
        offers=offers or offers_form(visit),
        words=words,
        shown=SHOWN,
        reception=reception,
    )


def offers_form(visit: Visit) -> ProposalsForm:
    """The times that the host proposes, all of them ticked; as sent, when it was sent."""
    dates = visit.offered
    form = ProposalsForm(
        data={"dates": [date.id for date in dates], "version": visit.booking.version}
    )
    form.dates.offer((str(date.id), "") for date in dates)
    return form
