"""Looking a room over and putting it online (page 4 of a new one); pausing, stopping, resuming."""

from flask import Response, abort, flash, url_for

from core.clock import utcnow
from core.db import transact
from core.errors import sentences
from core.findings import Refused, blockers
from core.language import gettext as _
from core.pages import go_to, page
from people.access import current_actor, host_only
from venues import phrases, services
from venues.fitting import fit_of
from venues.forms import RoomStateForm
from venues.models import Room, RoomState
from venues.rules.publishing import publish_findings
from venues.views import hitting, refusals
from venues.views.hosting.blueprint import bp
from venues.views.hosting.loading import own_room_or_404
from venues.views.hosting.rooms import room_page
from venues.views.hosting.steps import step
from venues.views.hosting.tasks import desk_of
from venues.views.showing import room_shown


@bp.get("/ruimtes/<int:room_id>/nakijken")
@host_only
def check(room_id: int) -> Response:
    return _check_page(own_room_or_404(room_id))


@bp.post("/ruimtes/<int:room_id>/stand")
@host_only
def set_state(room_id: int) -> Response:
    """A pause leaves what was agreed; when a room stops, that ends too."""
    found = own_room_or_404(room_id)
    form = RoomStateForm()
    if not form.validate_on_submit():
        abort(400)
    state = RoomState(form.state.data)
    try:
        _set(room_id, state, form.seen)
    except Refused as refusal:
        if hitting.is_hit(refusal):
            back = url_for("hosting.room", room_id=room_id)
            return hitting.hits_page(refusal, found, back=back, does=hitting.TO_STATE[state])
        said = sentences(refusal.findings)
        if refusals.is_stale(refusal.findings):
            return room_page(found, 409, said)
        return _check_page(found, 422)
    flash(_("Deze ruimte is nu %(state)s.", state=phrases.room_state(state)))
    return go_to(url_for("hosting.room", room_id=room_id))


def _set(room_id: int, state: RoomState, version: int) -> None:
    by, now = current_actor(), utcnow()
    if state is RoomState.PUBLISHED:
        transact(services.publish_room, room_id, version=version, by=by, now=now)
    else:
        transact(
            services.set_room_state,
            room_id,
            state,
            version=version,
            by=by,
            now=now,
            agreed=hitting.agreed(),
        )


def _check_page(found: Room, status: int = 200) -> Response:
    offered = services.offered(found)
    findings = publish_findings(offered)
    return page(
        "hosting/check.html",
        status,
        room=found,
        shown=room_shown(found, utcnow()),
        fit=fit_of(found),
        findings=findings,
        desk=desk_of(offered),
        is_ready=not blockers(findings),
        phrases=phrases,
        step=step("hosting.check", found),
    )
