"""Who else looks after a place."""

from flask import Response, flash, url_for

from core.clock import utcnow
from core.db import transact
from core.errors import sentences
from core.findings import Refused
from core.language import gettext as _
from core.pages import go_to
from people.access import current_actor, host_only
from venues import services
from venues.views import shared_forms
from venues.views.hosting.blueprint import bp
from venues.views.hosting.loading import host, own_venue_or_404


@bp.route("/plekken/<int:venue_id>/beheerders/nieuw", methods=["GET", "POST"])
@host_only
def invite_host(venue_id: int) -> Response:
    return shared_forms.host_page(
        "hosting/host_form.html",
        own_venue_or_404(venue_id),
        back=url_for("hosting.venue", venue_id=venue_id),
        done=_("De beheerder is toegevoegd en krijgt een mail."),
    )


@bp.post("/plekken/<int:venue_id>/beheerders/<int:person_id>/weg")
@host_only
def end_host(venue_id: int, person_id: int) -> Response:
    """Also oneself, but never the last one."""
    own_venue_or_404(venue_id)
    try:
        transact(
            services.end_host,
            venue_id,
            person_id,
            by=current_actor(),
            now=utcnow(),
            keep_one=True,
        )
    except Refused as refusal:
        flash(" ".join(sentences(refusal.findings)), "bad")
        return go_to(url_for("hosting.venue", venue_id=venue_id))
    flash(_("Deze beheerder is weggehaald bij deze plek."))
    if person_id != host().id:
        return go_to(url_for("hosting.venue", venue_id=venue_id))
    return go_to(url_for("mine.as_host" if host().is_host else "public.home"))
