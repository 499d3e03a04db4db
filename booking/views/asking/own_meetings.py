"""People go on meeting after the cube: a room for it, asked on the pages on which anybody asks one.

What is filled in here becomes the draft of those pages; they show every date with what is taken.
"""

from datetime import date, timedelta
from typing import Any

from flask import Response, url_for

from booking.forms.meeting_again import MeetAgainForm
from booking.models import BookingRequest
from booking.queries.follow_up import meetings_of, plan_of
from booking.queries.lent_rooms import LentRoom, lent_rooms_near
from booking.queries.near_rooms import asked_near
from booking.rules.follow_up import series_findings
from booking.rules.room_answers import CONTINUES, RoomStep, dates_part, wanted_findings
from booking.views.asking.own import Visit, visit_or_404
from booking.views.asking.steps import bp
from booking.views.drafting import Draft
from core.clock import local_date
from core.errors import sentences
from core.pages import go_to, page
from people.access import by_link
from venues.models import Room
from venues.rules.terms import BookableBy

A_WEEK = timedelta(weeks=1)
TO_BEGIN_WITH = 12 * A_WEEK
LONGEST_PURPOSE = 120


@bp.route("/aanvraag/<token>/vervolg/ruimte", methods=["GET", "POST"])
@by_link
def meetings(token: str) -> Response:
    visit = visit_or_404(token)
    if not can_book_meetings(visit):
        return go_to(url_for("asking.own", token=token))
    rooms = lent_rooms_near(asked_near(visit.asked))
    offered = [(str(each.room.id), each.room.full_name) for each in rooms]
    form = MeetAgainForm(offered, data=_begin(visit))
    if form.validate_on_submit() and form.wanted:
        form.refuse(sentences(wanted_findings(form.wanted)), "until")
    if form.is_submitted() and not form.is_refused:
        return _go_on(visit.asked, form, _chosen(rooms, form))
    status = 422 if form.is_submitted() else 200
    return page("booking/asking/own_meetings.html", status, visit=visit, form=form, rooms=rooms)


def can_book_meetings(visit: Visit) -> bool:
    """Not for a visit that is called off, nor beside dates that hold."""
    there_is = meetings_of(visit.asked.id, visit.now)
    states = [date.state for date in there_is.booking.dates] if there_is else []
    return visit.goes_on and not series_findings(states)


def _begin(visit: Visit) -> dict[str, Any]:
    """A week after the visit, on the same day of the week, for some months."""
    first = _visited_on(visit.asked) + A_WEEK
    today = local_date(visit.now)
    while first <= today:
        first += A_WEEK
    return {
        "day": first,
        "until": first + TO_BEGIN_WITH,
        "purpose": plan_of(visit.asked.id)[:LONGEST_PURPOSE],
    }


def _visited_on(asked: BookingRequest) -> date:
    return asked.stop.day_on if asked.stop else asked.choices[0].day_on


def _chosen(rooms: list[LentRoom], form: MeetAgainForm) -> Room:
    return next(each.room for each in rooms if each.room.id == form.room.data)


def _go_on(asked: BookingRequest, form: MeetAgainForm, room: Room) -> Response:
    """The key of the request stays here: the draft knows only which one it is."""
    assert form.wanted
    draft = Draft(f"room-{room.id}")
    draft.keep(RoomStep.DATES, dates_part(form.wanted, form.purpose.data, {}, ()))
    if room.bookable_by is not BookableBy.NEIGHBOURS:  # else they say where they are, with who
        draft.keep(RoomStep.CONTACT, _contact(asked))
    draft.keep(CONTINUES, {"request_id": asked.id})
    return go_to(url_for("reserving.start", room_id=room.id, _anchor="dates"))


def _contact(asked: BookingRequest) -> dict[str, str]:
    return {
        "organisation": asked.organisation.name,
        "name": asked.contact_name,
        "email": asked.contact_email,
        "phone": asked.contact_phone,
    }
