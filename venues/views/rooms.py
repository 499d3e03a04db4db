"""One room, its form, and whether it can be booked."""

from flask import Response, abort, flash, url_for

from core.clock import utcnow
from core.db import transact
from core.findings import Refused
from core.language import gettext as _
from core.pages import go_to, page
from people.access import current_actor, planner_only
from venues import phrases, services
from venues.fitting import fit_of
from venues.forms import RoomForm, RoomStateForm
from venues.kinder import kinder_words
from venues.models import Room, RoomState, Venue
from venues.queries.places import closures_ahead
from venues.queries.stories import story_told
from venues.views import hitting, refusals
from venues.views.blueprint import bp
from venues.views.loading import room_or_404, venue_or_404
from venues.views.outside.states import shown_of
from venues.views.wording import differences, room_facts


@bp.get("/ruimtes/<int:room_id>")
@planner_only
def room(room_id: int) -> Response:
    """What is known of a room, and whether the cube fits."""
    found = room_or_404(room_id)
    details = services.room_details(found)
    return page(
        "venues/room.html",
        room=found,
        fit=fit_of(found),
        facts=room_facts(details)[:-1],
        hours=phrases.hours_by_day(details.opening_hours),
        closures=closures_ahead(room_id, utcnow()),
        calendars=shown_of(found.resource_id, utcnow()),
        kinder=kinder_words(found),
        story=story_told(("room", room_id)),
        phrases=phrases,
    )


@bp.route("/<int:venue_id>/ruimtes/nieuw", methods=["GET", "POST"])
@planner_only
def add_room(venue_id: int) -> Response:
    venue = venue_or_404(venue_id)
    form = RoomForm()
    if form.validate_on_submit():
        try:
            added = transact(
                services.add_room,
                venue_id,
                form.details(),
                by=current_actor(),
                now=utcnow(),
                form_token=str(form.form_token.data),
            )
        except Refused as refusal:
            return _form_page(form, venue, None, refusals.put(refusal, form))
        flash(_("De ruimte is toegevoegd."))
        return go_to(url_for("venues.room", room_id=added.id))
    return _form_page(form, venue, None, 422 if form.errors else 200)


@bp.route("/ruimtes/<int:room_id>/wijzig", methods=["GET", "POST"])
@planner_only
def change_room(room_id: int) -> Response:
    found = room_or_404(room_id)
    form = RoomForm.of(services.room_details(found), found.version)
    if form.validate_on_submit():
        try:
            transact(
                services.change_room,
                room_id,
                form.details(),
                version=form.seen,
                by=current_actor(),
                now=utcnow(),
                agreed=hitting.agreed(),
            )
        except Refused as refusal:
            if hitting.is_hit(refusal):
                return hitting.hits_page(refusal, found, back=_room_url(room_id))
            return _form_page(form, found.venue, found, refusals.put(refusal, form))
        flash(_("De wijzigingen zijn bewaard."))
        return go_to(url_for("venues.room", room_id=room_id))
    return _form_page(form, found.venue, found, 422 if form.errors else 200)


@bp.post("/ruimtes/<int:room_id>/stand")
@planner_only
def set_room_state(room_id: int) -> Response:
    """Pause, stop or resume; when it stops, what was booked ends."""
    found = room_or_404(room_id)
    form = RoomStateForm()
    if not form.validate_on_submit():
        abort(400)
    state = RoomState(form.state.data)
    try:
        transact(
            services.set_room_state,
            room_id,
            state,
            version=form.seen,
            by=current_actor(),
            now=utcnow(),
            agreed=hitting.agreed(),
        )
    except Refused as refusal:
        if not hitting.is_hit(refusal):
            raise
        does = hitting.TO_STATE[state]
        return hitting.hits_page(refusal, found, back=_room_url(room_id), does=does)
    flash(_("Deze ruimte is nu %(state)s.", state=phrases.room_state(state)))
    return go_to(url_for("venues.room", room_id=room_id))


def _room_url(room_id: int) -> str:
    return url_for("venues.room", room_id=room_id)


def _form_page(form: RoomForm, venue: Venue, found: Room | None, status: int) -> Response:
    """After a refusal for being late, both versions; saving again is then done knowingly."""
    both = []
    if found and status == 409:
        both = differences(form.details(), services.room_details(found))
        form.see(found.version)
    return page("venues/room_form.html", status, form=form, venue=venue, room=found, both=both)
