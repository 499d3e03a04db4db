"""All places by district, one of them, and its form."""

from flask import Response, flash, url_for

from core.clock import utcnow
from core.db import transact
from core.findings import Refused
from core.language import gettext as _
from core.pages import go_to, page
from people.access import current_actor, planner_only
from venues import phrases, services
from venues.fitting import fits_of
from venues.forms import VenueForm
from venues.models import Venue
from venues.queries.places import listed_by_district, newest_own_places
from venues.queries.stories import story_told
from venues.views import refusals
from venues.views.blueprint import bp
from venues.views.loading import venue_or_404
from venues.views.wording import differences, venue_facts


@bp.get("")
@planner_only
def overview() -> Response:
    """All places with their rooms, by district; empty districts too."""
    by_district, own_places = listed_by_district(), newest_own_places()
    listed = [room for venues in by_district.values() for venue in venues for room in venue.rooms]
    own = [room for venue in own_places for room in venue.rooms]
    return page(
        "venues/overview.html",
        by_district=by_district,
        own_places=own_places,
        fits=fits_of([*listed, *own]),
        phrases=phrases,
    )


@bp.get("/<int:venue_id>")
@planner_only
def venue(venue_id: int) -> Response:
    found = venue_or_404(venue_id)
    return page(
        "venues/venue.html",
        venue=found,
        facts=venue_facts(services.venue_details(found)),
        fits=fits_of(found.rooms),
        story=story_told(("venue", found.id)),
        phrases=phrases,
    )


@bp.route("/nieuw", methods=["GET", "POST"])
@planner_only
def add_venue() -> Response:
    form = VenueForm()
    if form.validate_on_submit():
        try:
            added = transact(
                services.add_venue,
                form.details(),
                by=current_actor(),
                now=utcnow(),
                form_token=str(form.form_token.data),
            )
        except Refused as refusal:
            return _form_page(form, None, refusals.put(refusal, form))
        flash(_("De plek is toegevoegd. Voeg nu een ruimte toe."))
        return go_to(url_for("venues.venue", venue_id=added.id))
    return _form_page(form, None, 422 if form.errors else 200)


@bp.route("/<int:venue_id>/wijzig", methods=["GET", "POST"])
@planner_only
def change_venue(venue_id: int) -> Response:
    found = venue_or_404(venue_id)
    form = VenueForm.of(services.venue_details(found), found.version)
    if form.validate_on_submit():
        try:
            transact(
                services.change_venue,
                venue_id,
                form.details(),
                version=form.seen,
                by=current_actor(),
                now=utcnow(),
            )
        except Refused as refusal:
            return _form_page(form, found, refusals.put(refusal, form))
        flash(_("De wijzigingen zijn bewaard."))
        return go_to(url_for("venues.venue", venue_id=venue_id))
    return _form_page(form, found, 422 if form.errors else 200)


def _form_page(form: VenueForm, found: Venue | None, status: int) -> Response:
    """After a refusal for being late, both versions; saving again is then done knowingly."""
    both = []
    if found and status == 409:
        both = differences(form.details(), services.venue_details(found))
        form.see(found.version)
    return page("venues/venue_form.html", status, form=form, venue=found, both=both)
