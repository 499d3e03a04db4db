"""A room of one's own: the list of tasks, and what it is (page 1 of a new one)."""

from flask import Response, url_for

from core.clock import utcnow
from core.db import transact
from core.findings import Refused
from core.pages import page
from people.access import current_actor, host_only
from venues import phrases, services
from venues.fitting import fit_of
from venues.forms import FactsForm
from venues.kinder import kinder_words
from venues.models import Room, RoomState, Venue
from venues.queries.places import closures_ahead
from venues.queries.special import special_ahead
from venues.queries.stories import story_told
from venues.views import hitting, refusals
from venues.views.hosting.blueprint import bp
from venues.views.hosting.loading import own_room_or_404, own_venue_or_404
from venues.views.hosting.steps import onward, step
from venues.views.hosting.tasks import desk_of
from venues.views.outside.states import shown_of
from venues.views.wording import differences

NEW = {"welcomes_meetings": True}


@bp.get("/ruimtes/<int:room_id>")
@host_only
def room(room_id: int) -> Response:
    return room_page(own_room_or_404(room_id))


def room_page(found: Room, status: int = 200, said: list[str] | None = None) -> Response:
    """How far the room is, what comes next, and what stands against what was asked of it."""
    now = utcnow()
    return page(
        "hosting/room.html",
        status,
        room=found,
        desk=desk_of(services.offered(found)),
        fit=fit_of(found),
        closures=closures_ahead(found.id, now),
        special=special_ahead(found.id, now),
        calendars=shown_of(found.resource_id, now),
        kinder=kinder_words(found),
        story=story_told(("room", found.id)),
        said=said or [],
        phrases=phrases,
    )


@bp.route("/plekken/<int:venue_id>/ruimtes/nieuw", methods=["GET", "POST"])
@host_only
def add_room(venue_id: int) -> Response:
    """A draft: nobody sees it until the host puts it online."""
    venue = own_venue_or_404(venue_id)
    form = FactsForm(data=NEW)
    if form.validate_on_submit():
        try:
            added = transact(
                services.add_room,
                venue_id,
                form.details(),
                by=current_actor(),
                now=utcnow(),
                form_token=str(form.form_token.data),
                state=RoomState.DRAFT,
            )
        except Refused as refusal:
            return _form_page(form, venue, None, refusals.put(refusal, form))
        return onward("hosting.facts", added)
    return _form_page(form, venue, None, 422 if form.errors else 200)


@bp.route("/ruimtes/<int:room_id>/gegevens", methods=["GET", "POST"])
@host_only
def facts(room_id: int) -> Response:
    found = own_room_or_404(room_id)
    stored = services.room_details(found)
    form = FactsForm.of(stored, found.version)
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
                back = url_for("hosting.facts", room_id=room_id)
                return hitting.hits_page(refusal, found, back=back)
            return _form_page(form, found.venue, found, refusals.put(refusal, form))
        return onward("hosting.facts", changed)
    return _form_page(form, found.venue, found, 422 if form.errors else 200)


def _form_page(form: FactsForm, venue: Venue, found: Room | None, status: int) -> Response:
    """After a refusal for being late, both versions; saving again is then done knowingly."""
    both = []
    if found and status == 409:
        stored = services.room_details(found)
        both = differences(form.details(stored), stored)
        form.see(found.version)
    return page(
        "hosting/facts.html",
        status,
        form=form,
        venue=venue,
        room=found,
        both=both,
        step=step("hosting.facts", found),
    )
