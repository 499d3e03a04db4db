"""The asker corrects numbers, hope or phone, as long as the theatre has not decided."""

from typing import Any

from flask import Response

from booking import services
from booking.forms.own_request import DetailsForm
from booking.models import BookingRequest
from booking.rules.answers import audience_in
from booking.rules.lifecycle import Action
from booking.views.asking.own import action_page, done, only_if, own_page, visit_or_404
from booking.views.asking.steps import bp
from core.db import transact
from core.errors import sentences
from core.findings import Refused
from core.language import gettext as _
from people.access import by_link


@bp.get("/aanvraag/<token>/wijzig")
@by_link
def change(token: str) -> Response:
    visit = visit_or_404(token)
    return only_if(visit, Action.CHANGE) or action_page(
        visit, DetailsForm(data=_details(visit.asked))
    )


@bp.post("/aanvraag/<token>/wijzig")
@by_link
def keep_change(token: str) -> Response:
    visit, form = visit_or_404(token), DetailsForm()
    if not form.validate_on_submit():
        return action_page(visit, form, 422)
    request_id, given = visit.asked.id, form.values()
    try:
        transact(
            services.change_details,
            request_id,
            audience=audience_in(given),
            hope=given["hope"],
            phone=given["phone"],
            version=given["version"],
            now=visit.now,
        )
    except Refused as refusal:
        return _changed_meanwhile(token, form, refusal)
    return done(token, _("Je wijziging is bewaard."))


def _details(asked: BookingRequest) -> dict[str, Any]:
    audience = asked.audience
    return {
        "live_here": audience.live_here,
        "by_key_figure": audience.by_key_figure,
        "walk_in": audience.walk_in,
        "from_city": audience.from_city,
        "hope": asked.hope,
        "phone": asked.contact_phone,
        "version": asked.version,
    }


def _changed_meanwhile(token: str, form: DetailsForm, refusal: Refused) -> Response:
    """Both versions: what is true now, and what was typed, which may be sent again."""
    fresh = visit_or_404(token)
    if not fresh.may(Action.CHANGE):
        return own_page(fresh, 409, refusal.findings)
    form.refuse(sentences(refusal.findings))
    form.version.process_data(fresh.asked.version)
    return action_page(fresh, form, 409, is_stale=True)
