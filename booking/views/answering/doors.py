"""The doors to the page on which a host answers. Opening it changes nothing; mail scanners open
every link."""

from flask import Blueprint, Response, abort, url_for

from booking.letters.room_readers import kind_of_key
from booking.models import RoomBooking
from booking.queries.host_answers import dates_at, open_questions_of, venues_hosted_by
from booking.queries.room_bookings import room_booking_by_id
from booking.views.answering.answer_page import Asked
from core import clock, links
from core.history import HOST, Actor
from core.pages import page
from people.access import by_link, current_actor, current_person, host_only
from people.models import Person

bp = Blueprint("answering", __name__)

PAGE = "booking/answering/answer.html"


@bp.get("/mijn-ruimtes/vragen")
@host_only
def waiting() -> Response:
    """Everything that waits for this host, the first to end first."""
    found = open_questions_of(_host(), clock.utcnow())
    return page("booking/answering/waiting.html", questions=found)


@bp.get("/mijn-ruimtes/vragen/<int:booking_id>")
@host_only
def mine(booking_id: int) -> Response:
    return _my_own(booking_id).show()


@bp.post("/mijn-ruimtes/vragen/<int:booking_id>")
@host_only
def answer_mine(booking_id: int) -> Response:
    return _my_own(booking_id).take()


@bp.get("/antwoord/<token>")
@by_link
def answer(token: str) -> Response:
    return _by_key(token).show()


@bp.post("/antwoord/<token>")
@by_link
def give_answer(token: str) -> Response:
    return _by_key(token).take()


@bp.get("/antwoord/<int:venue_id>/<token>")
@by_link
def answer_elsewhere(venue_id: int, token: str) -> Response:
    """For hosts of another place, where only some of the dates are."""
    return _by_key(token, venue_id).show()


@bp.post("/antwoord/<int:venue_id>/<token>")
@by_link
def give_answer_elsewhere(venue_id: int, token: str) -> Response:
    return _by_key(token, venue_id).take()


def _by_key(token: str, venue_id: int | None = None) -> Asked:
    """The same 404 for a key that never was, was altered, or is for another place."""
    kind = kind_of_key(venue_id)
    booking = _or_404(links.resolve(kind, token, clock.utcnow()))
    here = url_for("answering.answer", token=token)
    if venue_id is not None:
        here = url_for("answering.answer_elsewhere", venue_id=venue_id, token=token)
    venues = frozenset({venue_id or booking.room.venue_id})
    return _asked(booking, venues, here, current_actor(HOST))


def _my_own(booking_id: int) -> Asked:
    """Only the dates in places this host speaks for."""
    booking, host = _or_404(booking_id), _host()
    venues = venues_hosted_by(host, booking) or abort(404)
    here = url_for("answering.mine", booking_id=booking_id)
    return _asked(booking, venues, here, Actor.person(host.id))


def _asked(booking: RoomBooking, venues: frozenset[int], here: str, by: Actor) -> Asked:
    """Nothing there (any more) when all its dates went to other places."""
    if not dates_at(booking, venues):
        abort(404)
    return Asked(booking, venues, PAGE, here, here, by)


def _or_404(booking_id: int | None) -> RoomBooking:
    return (room_booking_by_id(booking_id) if booking_id else None) or abort(404)


def _host() -> Person:
    person = current_person()
    assert person
    return person
