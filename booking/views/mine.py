"""What performers and hosts see of the tour: their own stops."""

from flask import Blueprint, Response

from booking.queries.consents import open_consents_of
from booking.queries.mine import stops_at_venues_of, stops_of_performer
from core import clock
from core.pages import page
from people.access import current_person, host_only, performer_only

bp = Blueprint("mine", __name__)


@bp.get("/mijn-speelbeurten")
@performer_only
def as_performer() -> Response:
    person = current_person()
    assert person
    return page("booking/mine/performer.html", stops=stops_of_performer(person, clock.utcnow()))


@bp.get("/mijn-ruimtes")
@host_only
def as_host() -> Response:
    person = current_person()
    assert person
    return page(
        "booking/mine/host.html",
        stops=stops_at_venues_of(person, clock.utcnow()),
        consents=open_consents_of(person),
    )
