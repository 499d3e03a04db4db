"""A host answers whether the cube may come: from the mail, or signed in.

Opening a page changes nothing; mail scanners open every link.
"""

from flask import Blueprint, Response, abort, url_for

from booking.models import HostConsent
from booking.queries.consents import consent_by_id, is_host
from booking.rules.three_answers import Party
from booking.views.answering_consent import Asked
from core import clock, links
from people.access import by_link, current_person, host_only

bp = Blueprint("consent", __name__)

KIND = "host_consent"


@bp.get("/toestemming/<token>")
@by_link
def answer(token: str) -> Response:
    return _by_key(token).show()


@bp.post("/toestemming/<token>")
@by_link
def give_answer(token: str) -> Response:
    return _by_key(token).take()


@bp.get("/mijn-ruimtes/kubus/<int:consent_id>")
@host_only
def mine(consent_id: int) -> Response:
    return _my_own(consent_id).show()


@bp.post("/mijn-ruimtes/kubus/<int:consent_id>")
@host_only
def give_mine(consent_id: int) -> Response:
    return _my_own(consent_id).take()


def _by_key(token: str) -> Asked:
    """The same 404 for a key that never was, was altered, or does not work any more."""
    consent_id = links.resolve(KIND, token, clock.utcnow())
    here = url_for("consent.answer", token=token)
    return _asked(_or_404(consent_id), here)


def _my_own(consent_id: int) -> Asked:
    """Only of rooms this host speaks for."""
    found, person = _or_404(consent_id), current_person()
    if person is None or not is_host(person.id, found.room):
        abort(404)
    return _asked(found, url_for("consent.mine", consent_id=consent_id))


def _or_404(consent_id: int | None) -> HostConsent:
    return (consent_by_id(consent_id) if consent_id else None) or abort(404)


def _asked(found: HostConsent, here: str) -> Asked:
    return Asked(found, "booking/consent/answer.html", here, here, Party.HOST)
