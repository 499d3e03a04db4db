"""Bookings of rooms at the theatre's desk: what waits, and an answer for a host who calls."""

from flask import Response, abort, request, url_for

from booking.models import RoomBooking
from booking.queries.host_answers import bookings_of_rooms
from booking.queries.room_bookings import room_booking_by_id
from booking.views.answering.answer_page import Asked
from booking.views.planning.desk import bp
from core import history
from core.outbox.queries import mails_about
from core.pages import asked_page, page
from people.access import current_actor, planner_only
from people.queries import names_of

A_PAGE = 30


@bp.get("/reserveringen")
@planner_only
def room_bookings() -> Response:
    """All of them, or only what waits for a host."""
    number, only_waiting = asked_page(), request.args.get("stand") == "wacht"
    found = bookings_of_rooms(
        only_waiting=only_waiting, limit=A_PAGE + 1, offset=(number - 1) * A_PAGE
    )
    return page(
        "booking/planning/room_bookings.html",
        bookings=found[:A_PAGE],
        has_more=len(found) > A_PAGE,
        number=number,
        only_waiting=only_waiting,
    )


@bp.get("/reserveringen/<int:booking_id>")
@planner_only
def room_booking(booking_id: int) -> Response:
    return _asked(booking_id).show()


@bp.post("/reserveringen/<int:booking_id>")
@planner_only
def answer_room(booking_id: int) -> Response:
    """What the host said on the phone."""
    return _asked(booking_id).take()


def _asked(booking_id: int) -> Asked:
    booking: RoomBooking = room_booking_by_id(booking_id) or abort(404)
    told = history.story(booking.subject)
    return Asked(
        booking,
        None,
        "booking/planning/room_booking.html",
        url_for("planning.room_booking", booking_id=booking_id),
        url_for("planning.room_booking", booking_id=booking_id),
        current_actor(),
        more={
            "story": told,
            "names": names_of(entry.person_id for entry in told),
            "mails": mails_about(booking.subject),
        },
    )
