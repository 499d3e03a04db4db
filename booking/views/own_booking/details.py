"""How many come, what for, and whom to call."""

from flask import Response

from booking.forms.own_booking import MeetingDetailsForm
from booking.services import reserving
from booking.views.own_booking.page import own_page
from booking.views.own_booking.visit import Visit, bp, done, to_own, visit_or_404
from core import history
from core.db import transact
from core.errors import sentences
from core.findings import Refused
from core.language import gettext as _
from core.pages import page
from people.access import by_link

OUT_OF_DATE = "booking_changed_meanwhile"


@bp.get("/reservering/<token>/gegevens")
@by_link
def change(token: str) -> Response:
    visit = visit_or_404(token)
    if not visit.coming:
        return to_own(token)
    booking = visit.booking
    known = {
        "people": booking.people,
        "purpose": booking.purpose,
        "phone": booking.contact_phone,
        "version": booking.version,
    }
    return _page(visit, MeetingDetailsForm(data=known))


@bp.post("/reservering/<token>/gegevens")
@by_link
def keep_change(token: str) -> Response:
    visit, form = visit_or_404(token), MeetingDetailsForm()
    if not form.validate_on_submit():
        return _page(visit, form, 422)
    given = form.values()
    try:
        transact(
            reserving.change_details,
            visit.booking.id,
            **given,
            by=history.ASKER,
            now=visit.now,
        )
    except Refused as refusal:
        return _refused(token, form, refusal)
    return done(token, _("Je wijziging is bewaard. De beheerder leest het ook."))


def _refused(token: str, form: MeetingDetailsForm, refusal: Refused) -> Response:
    """Both versions: what is true now, and what was typed, which may be sent again."""
    fresh = visit_or_404(token)
    if not fresh.coming:
        return own_page(fresh, 409, refusal.findings)
    if _is_kept(fresh, form):
        return to_own(token)
    is_stale = refusal.findings[0].code == OUT_OF_DATE
    form.refuse(sentences(refusal.findings), None if is_stale else "people")
    form.version.process_data(fresh.booking.version)
    return _page(fresh, form, 409 if is_stale else 422, is_stale=is_stale)


def _is_kept(visit: Visit, form: MeetingDetailsForm) -> bool:
    """All of it is so already: the button was pressed twice."""
    booking = visit.booking
    known = (booking.people, booking.purpose, booking.contact_phone)
    return known == (form.people.data, form.purpose.data, form.phone.data)


def _page(
    visit: Visit, form: MeetingDetailsForm, status: int = 200, *, is_stale: bool = False
) -> Response:
    return page(
        "booking/own_booking/details.html",
        status,
        visit=visit,
        booking=visit.booking,
        form=form,
        is_stale=is_stale,
    )
