"""Reading: today, the inbox, one request."""

from datetime import date, datetime, timedelta
from typing import Any

from flask import Response

from booking.forms.planning import UndoForm
from booking.models import BookingRequest, Moment
from booking.queries.affected import line_for
from booking.queries.availability import against_what_is_planned
from booking.queries.calling import calls_after_a_change
from booking.queries.consents import has_host, is_refused, stops_hosts_refuse, three_answers
from booking.queries.desk import cases
from booking.queries.encounters import seats_taken
from booking.queries.follow_up import meetings_of, plan_of, reports_of
from booking.queries.moments import moments_for, moments_to_decide
from booking.queries.near_rooms import free_rooms_near
from booking.queries.requests import decided_requests, waiting_requests
from booking.queries.seat_waiting import whom_to_call
from booking.queries.side import proposals_to_answer, side_items
from booking.queries.stops import stops_between, undoable_stops
from booking.rules.lifecycle import WAITING, Action, RequestState, may
from booking.rules.three_answers import Party
from booking.views.planning.desk import bp, is_undoable, request_or_404
from core import clock, history
from core.outbox.queries import mail_counts, mails_about
from core.pages import asked_page, page
from people.access import planner_only
from people.queries import names_of
from venues.fitting import fit_of

DAYS_AHEAD = 14
DECIDED_A_PAGE = 30


@bp.get("")
@planner_only
def today() -> Response:
    """What plays today and soon, and what waits."""
    now = clock.utcnow()
    day = clock.local_date(now)
    coming = stops_between(day, day + timedelta(days=DAYS_AHEAD))
    return page(
        "booking/planning/today.html",
        day=day,
        today=[stop for stop in coming if clock.local_date(stop.starts_at) == day],
        coming=[stop for stop in coming if clock.local_date(stop.starts_at) > day],
        cases=cases(waiting_requests(), now),
        undoable=undoable_stops(now),
        mail_counts=mail_counts(),
        refused_stops=stops_hosts_refuse(now),
        cannot_play=[each for each in against_what_is_planned(now) if each.is_impossible],
        undo_form=UndoForm(),
        to_decide=moments_to_decide(day),
        proposals=proposals_to_answer(now),
    )


@bp.get("/aanvragen")
@planner_only
def inbox() -> Response:
    """What waits for an answer, with what the rules say of it; below it what was decided."""
    now = clock.utcnow()
    number = asked_page()
    decided = decided_requests(DECIDED_A_PAGE + 1, (number - 1) * DECIDED_A_PAGE)
    return page(
        "booking/planning/inbox.html",
        cases=cases(waiting_requests(), now),
        decided=decided[:DECIDED_A_PAGE],
        has_older=len(decided) > DECIDED_A_PAGE,
        number=number,
        refused_stops=stops_hosts_refuse(now),
        undoable=undoable_stops(now),
        undo_form=UndoForm(),
        proposals=proposals_to_answer(now),
    )


@bp.get("/aanvragen/<int:request_id>")
@planner_only
def one_request(request_id: int) -> Response:
    now = clock.utcnow()
    found = request_or_404(request_id)
    told = history.story(found.subject)
    return page(
        "booking/planning/request.html",
        case=cases([found], now)[0] if found.state in WAITING else None,
        request_=found,
        stop=found.stop,
        side_items=side_items(found.stop.id) if found.stop else [],
        line=line_for(found, now),
        plan=plan_of(found.id),
        meetings=meetings_of(found.id, now),
        reports=reports_of(found.id),
        can_receive=bool(found.stop and found.stop.ends_at > now),
        seats=seats_taken(found.stop.id) if found.stop else None,
        to_call=whom_to_call(found.stop.id, now) if found.stop else [],
        visitor_calls=calls_after_a_change(found.stop, told, now) if found.stop else [],
        held_up=_held_up(found, clock.local_date(now)),
        actions={action for action in Action if not may(action, found.state)},
        is_undoable=is_undoable(found, now),
        undo_form=UndoForm(),
        story=told,
        names=names_of(entry.person_id for entry in told),
        mails=mails_about(found.subject),
        **_place_and_host(found, now),
    )


def _held_up(found: BookingRequest, today: date) -> list[Moment]:
    """What the answer waits for, as long as there is none."""
    wishes = [choice.wish for choice in found.choices]
    return moments_for(wishes, today) if found.state is RequestState.SUBMITTED else []


def _place_and_host(found: BookingRequest, now: datetime) -> dict[str, Any]:
    """Whether the cube fits, what the host says, and where else it could be."""
    stop, room = found.stop, found.room
    seeks_place = found.state is RequestState.SUBMITTED and room is None
    return {
        "answers": three_answers(found, now),
        "reader": Party.THEATRE,
        "is_refused": bool(stop and stop.is_confirmed and is_refused(stop)),
        "fit": fit_of(room) if room else None,
        "can_ask_measures": has_host(room),
        "near": free_rooms_near(found, now) if seeks_place else [],
    }
