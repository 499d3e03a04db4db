"""The forms that a host and a planner share: each has a page and a way back of their own."""

from flask import Response, flash

from core.clock import utcnow
from core.db import transact
from core.findings import Refused
from core.language import gettext as _
from core.pages import go_to, page
from people.access import current_actor
from venues import services
from venues.forms import ClosureForm, HostForm
from venues.models import Room, Venue
from venues.views import hitting, refusals


def host_page(template: str, venue: Venue, *, back: str, done: str) -> Response:
    """Name somebody who speaks for a venue. `done`: what is said afterwards."""
    form = HostForm()
    status = 422 if form.is_submitted() else 200
    if form.validate_on_submit():
        try:
            transact(
                services.invite_host, venue.id, form.details(), by=current_actor(), now=utcnow()
            )
            flash(done)
            return go_to(back)
        except Refused as refusal:
            status = refusals.put(refusal, form)
    return page(template, status, form=form, venue=venue)


def closure_page(template: str, room: Room, *, back: str) -> Response:
    """Close a room for a while; who is hit by it is shown first."""
    form = ClosureForm()
    status = 422 if form.is_submitted() else 200
    if form.validate_on_submit():
        try:
            transact(
                services.close_room,
                room.id,
                form.details(),
                by=current_actor(),
                now=utcnow(),
                agreed=hitting.agreed(),
            )
            flash(_("De sluiting is bewaard."))
            return go_to(back)
        except Refused as refusal:
            if hitting.is_hit(refusal):
                words = form.reason.data
                return hitting.hits_page(refusal, room, back=back, does=hitting.CLOSE, words=words)
            status = refusals.put(refusal, form)
    return page(template, status, form=form, room=room)


def reopen(room_id: int, closure_id: int, *, back: str) -> Response:
    transact(services.reopen, room_id, closure_id, by=current_actor(), now=utcnow())
    flash(_("De sluiting is weggehaald."))
    return go_to(back)
