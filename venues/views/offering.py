"""Somebody without an account puts a place online: a form, a mail, and its button.

Mail scanners open every link, so opening it does nothing; only the button makes the place.
"""

from flask import Blueprint, Response, abort, url_for

from core.clock import utcnow
from core.db import transact
from core.findings import Refused
from core.pages import go_to, page
from core.security import client_address
from people import access
from people.access import by_link, current_person, public
from venues import services
from venues.forms import OfferForm
from venues.services.offers import live_offer
from venues.views import refusals

bp = Blueprint("offering", __name__, url_prefix="/ruimte-aanmelden")


@bp.get("")
@public
def offer() -> Response:
    person = current_person()
    if person and person.is_host:
        return go_to(url_for("hosting.add_venue"))
    return page("hosting/offer.html", form=OfferForm())


@bp.post("")
@public
def send_offer() -> Response:
    """The same answer for an address we know and one we do not."""
    form = OfferForm()
    if not form.validate_on_submit():
        return page("hosting/offer.html", 422, form=form)
    try:
        asked = transact(
            services.offer_place,
            services.OfferDetails(**form.values()),
            client=client_address(),
            now=utcnow(),
        )
    except Refused as refusal:
        return page("hosting/offer.html", refusals.put(refusal, form), form=form)
    if asked is services.Offered.TOO_OFTEN:
        abort(429)
    return go_to(url_for("offering.sent"))


@bp.get("/verstuurd")
@public
def sent() -> Response:
    return page("hosting/offer_sent.html")


@bp.get("/<token>")
@by_link
def open_offer(token: str) -> Response:
    """Whose account it will be, which place, and the button. Changes nothing, also on HEAD."""
    found = live_offer(token, utcnow())
    if found is None:
        return _gone()
    return page("hosting/open_offer.html", offer=found)


@bp.post("/<token>")
@by_link
def take_offer(token: str) -> Response:
    """Sign in, as host of the new place."""
    taken = transact(services.take_offer, token, now=utcnow())
    if taken is None:
        return _gone()
    person, venue_id = taken
    access.sign_in(person)
    return go_to(url_for("hosting.add_room", venue_id=venue_id))


def _gone() -> Response:
    return page("hosting/offer_gone.html", 410)
