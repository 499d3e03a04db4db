"""When a room is open, and on which terms it is lent (page 2 of a new one)."""

from flask import Response, request, url_for

from core.clock import utcnow
from core.db import transact
from core.findings import Refused
from core.pages import page_or_fragment
from people.access import current_actor, host_only
from venues import services
from venues.forms import TimesForm
from venues.models import Room
from venues.views import hitting, refusals
from venues.views.hosting.blueprint import bp
from venues.views.hosting.loading import own_room_or_404
from venues.views.hosting.steps import onward, step
from venues.views.wording import differences

COPY = "copy"  # the name of the button that fills in the week and saves nothing


@bp.route("/ruimtes/<int:room_id>/tijden", methods=["GET", "POST"])
@host_only
def times(room_id: int) -> Response:
    found = own_room_or_404(room_id)
    stored = services.room_details(found)
    form = TimesForm.of(stored, found.version)
    if COPY in request.form:
        form.copy_monday()
        return _form_page(form, found, 200)
    if form.validate_on_submit():
        try:
            changed = transact(
                services.change_room,
                room_id,
                form.details(stored),
                version=form.seen,
                by=current_actor(),
                now=utcnow(),
                agreed=hitting.agreed(),
            )
        except Refused as refusal:
            if hitting.is_hit(refusal):
                back = url_for("hosting.times", room_id=room_id)
                return hitting.hits_page(refusal, found, back=back)
            return _form_page(form, found, refusals.put(refusal, form))
        return onward("hosting.times", changed)
    return _form_page(form, found, 422 if form.errors else 200)


def _form_page(form: TimesForm, found: Room, status: int) -> Response:
    """After a refusal for being late, both versions; saving again is then done knowingly."""
    both = []
    if status == 409:
        stored = services.room_details(found)
        both = differences(form.details(stored), stored)
        form.see(found.version)
    return page_or_fragment(
        "hosting/times.html",
        "hosting/_times_form.html",
        status,
        form=form,
        room=found,
        both=both,
        step=step("hosting.times", found),
    )
