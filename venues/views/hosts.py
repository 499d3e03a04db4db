"""Who speaks for a venue."""

from flask import Response, flash, url_for

from core.clock import utcnow
from core.db import transact
from core.language import gettext as _
from core.pages import go_to
from people.access import current_actor, planner_only
from venues import services
from venues.views import shared_forms
from venues.views.blueprint import bp
from venues.views.loading import venue_or_404


@bp.route("/<int:venue_id>/beheerders/nieuw", methods=["GET", "POST"])
@planner_only
def make_host(venue_id: int) -> Response:
    return shared_forms.host_page(
        "venues/host_form.html",
        venue_or_404(venue_id),
        back=url_for("venues.venue", venue_id=venue_id),
        done=_("De beheerder is toegevoegd."),
    )


@bp.post("/<int:venue_id>/beheerders/<int:person_id>/weg")
@planner_only
def end_host(venue_id: int, person_id: int) -> Response:
    venue_or_404(venue_id)
    transact(services.end_host, venue_id, person_id, by=current_actor(), now=utcnow())
    flash(_("Deze beheerder is weggehaald bij deze plek."))
    return go_to(url_for("venues.venue", venue_id=venue_id))
