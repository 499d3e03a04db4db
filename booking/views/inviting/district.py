"""One district: what it got, and who is there to invite."""

from flask import Response, abort

from booking import phrases
from booking.queries.district import LATEST, history_of
from booking.queries.inviting import fitting_rooms, hosts_of_rooms, invitees_in, outreach_in
from booking.queries.norms import current_norms
from booking.rules.outreach import is_lately
from booking.views.inviting.blueprint import bp
from core import clock
from core.pages import page
from people.access import planner_only
from venues.facts import District, districts
from venues.fitting import fits_of


@bp.get("/planning/dekking/<int:number>")
@planner_only
def district(number: int) -> Response:
    here, now = district_or_404(number), clock.utcnow()
    rooms = fitting_rooms(here.number)
    invitees = invitees_in(here.number, rooms, now)
    apart = current_norms().invite_apart
    return page(
        "booking/inviting/district.html",
        district=here,
        number=number,
        history=history_of(here, now),
        latest=LATEST,
        invitees=invitees,
        lately={e.key for e in invitees if is_lately(e.earlier.last_sent_at, now, apart)},
        outreach=outreach_in(here.number),
        rooms=rooms,
        hosts=hosts_of_rooms(rooms),
        fits=fits_of(rooms),
        kind_word=phrases.invitee_kind,
        continues=phrases.continues,
    )


def district_or_404(number: int) -> District:
    return districts().get(f"{number:02d}") or abort(404)
