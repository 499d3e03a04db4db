"""A host's own places: a new one, one as it is, and changing it."""

from flask import Response, flash, url_for

from core.clock import utcnow
from core.db import transact
from core.findings import Refused
from core.language import gettext as _
from core.pages import go_to, page
from people.access import current_actor, host_only
from venues import phrases, services
from venues.forms import HostVenueForm
from venues.models import Venue
from venues.queries.stories import story_told
from venues.views import refusals
from venues.views.hosting.blueprint import bp
from venues.views.hosting.loading import host, own_venue_or_404
from venues.views.wording import differences, venue_facts


@bp.get("/plekken/<int:venue_id>")
@host_only
def venue(venue_id: int) -> Response:
    found = own_venue_or_404(venue_id)
    return page(
        "hosting/venue.html",
        venue=found,
        facts=venue_facts(services.venue_details(found))[:-1],
        story=story_told(("venue", venue_id)),
        phrases=phrases,
    )


@bp.route("/plekken/nieuw", methods=["GET", "POST"])
@host_only
def add_venue() -> Response:
    form = HostVenueForm()
    if form.validate_on_submit():
        try:
            added = transact(
                services.host_venue,
                form.details(),
                host().id,
                by=current_actor(),
                now=utcnow(),
                form_token=str(form.form_token.data),
            )
        except Refused as refusal:
            return _form_page(form, None, refusals.put(refusal, form))
        flash(_("De plek is toegevoegd. Voeg nu een ruimte toe."))
        return go_to(url_for("hosting.add_room", venue_id=added.id))
    return _form_page(form, None, 422 if form.errors else 200)


@bp.route("/plekken/<int:venue_id>/wijzig", methods=["GET", "POST"])
@host_only
def change_venue(venue_id: int) -> Response:
    found = own_venue_or_404(venue_id)
    stored = services.venue_details(found)
    form = HostVenueForm.of(stored, found.version)
    if form.validate_on_submit():
        try:
            transact(
                services.change_venue,
                venue_id,
                form.details(stored),
                version=form.seen,
                by=current_actor(),
                now=utcnow(),
            )
        except Refused as refusal:
            return _form_page(form, found, refusals.put(refusal, form))
        flash(_("De wijzigingen zijn bewaard."))
        return go_to(url_for("hosting.venue", venue_id=venue_id))
    return _form_page(form, found, 422 if form.errors else 200)


def _form_page(form: HostVenueForm, found: Venue | None, status: int) -> Response:
    """After a refusal for being late, both versions; saving again is then done knowingly."""
    both = []
    if found and status == 409:
        stored = services.venue_details(found)
        both = differences(form.details(stored), stored)
        form.see(found.version)
    return page("hosting/venue_form.html", status, form=form, venue=found, both=both)
