"""The asker chooses another place, when the one that was asked cannot receive the cube."""

from flask import Response, url_for

from booking import services
from booking.forms.consent import OtherPlaceForm
from booking.queries.near_rooms import FreeRoom, free_rooms_near
from booking.views.asking.own import Visit, done, own_page, visit_or_404
from booking.views.asking.steps import bp
from core import history
from core.db import transact
from core.findings import Refused
from core.language import gettext as _
from core.pages import go_to, page
from people.access import by_link


@bp.get("/aanvraag/<token>/andere-plek")
@by_link
def choose_place(token: str) -> Response:
    visit = visit_or_404(token)
    if not visit.can_choose_place:
        return go_to(url_for("asking.own", token=token))
    return _page(visit, OtherPlaceForm(data={"version": visit.asked.version}), _near(visit))


@bp.post("/aanvraag/<token>/andere-plek")
@by_link
def do_choose_place(token: str) -> Response:
    visit, form = visit_or_404(token), OtherPlaceForm()
    if not visit.can_choose_place:
        return go_to(url_for("asking.own", token=token))
    near = _near(visit)
    _offer(form, near)
    if not form.validate_on_submit():
        return _page(visit, form, near, 422)
    try:
        asked = transact(
            services.choose_place,
            visit.asked.id,
            form.room.data,
            version=form.version.data,
            by=history.ASKER,
            now=visit.now,
        )
    except Refused as refusal:
        return own_page(visit_or_404(token), 409, refusal.findings)
    if asked.consent:
        return done(token, _("Gevraagd. De beheerder laat weten of de kubus welkom is."))
    return done(token, _("Gekozen. Het theater laat weten of het kan."))


def _near(visit: Visit) -> list[FreeRoom]:
    return free_rooms_near(visit.asked, visit.now)


def _offer(form: OtherPlaceForm, near: list[FreeRoom]) -> None:
    form.room.offer([(str(each.room.id), each.room.full_name) for each in near])


def _page(visit: Visit, form: OtherPlaceForm, near: list[FreeRoom], status: int = 200) -> Response:
    _offer(form, near)
    return page("booking/asking/own_place.html", status, visit=visit, form=form, near=near)
