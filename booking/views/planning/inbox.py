"""Reading: today, the inbox, one request."""

from datetime import timedelta

from flask import Response

from booking.forms.planning import UndoForm
from booking.queries.desk import cases
from booking.queries.requests import decided_requests, waiting_requests
from booking.queries.stops import stops_between, undoable_stops
from booking.rules.lifecycle import WAITING, Action, may
from booking.views.planning.desk import bp, is_undoable, request_or_404
from core import clock, history
from core.outbox.queries import mail_counts, mails_about
from core.pages import asked_page, page
from people.access import planner_only
from people.queries import names_of

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
        undo_form=UndoForm(),
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
        undoable=undoable_stops(now),
        undo_form=UndoForm(),
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
        actions={action for action in Action if not may(action, found.state)},
        is_undoable=is_undoable(found, now),
        undo_form=UndoForm(),
        story=told,
        names=names_of(entry.person_id for entry in told),
        mails=mails_about(found.subject),
    )
