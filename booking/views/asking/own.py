"""The private page of a request: how it stands, and what its asker can do.

Its address is a key. Opening it, or any of the pages below it, changes nothing.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Response, abort, flash, make_response, url_for

from booking.feeds import own_stop
from booking.forms.own_request import (
    AlternativeForm,
    CancelOwnForm,
    DetailsForm,
    OptionAnswerForm,
    WithdrawForm,
)
from booking.models import BookingRequest, Stop
from booking.queries.affected import own_place_in_line
from booking.queries.consents import three_answers
from booking.queries.follow_up import meetings_of, plan_of, reports_of
from booking.queries.moments import intakes_for
from booking.queries.scoring import Fitting, fitting_of
from booking.queries.side import items_shown_to_asker
from booking.queries.stops import request_by_id
from booking.rules.consent import ConsentState
from booking.rules.lifecycle import WAITING, Action, RequestState, may
from booking.rules.promises import Intake
from booking.rules.three_answers import Party
from booking.views.asking.steps import bp
from core import clock, links
from core.findings import Finding
from core.forms import Form
from core.pages import go_to, page
from people.access import by_link

KIND = "booking_request"
TEMPLATES = {
    DetailsForm: "booking/asking/own_change.html",
    WithdrawForm: "booking/asking/own_withdraw.html",
    CancelOwnForm: "booking/asking/own_cancel.html",
    AlternativeForm: "booking/asking/own_choose.html",
    OptionAnswerForm: "booking/asking/own_option.html",
}


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody with the key, now."""

    token: str
    asked: BookingRequest
    now: datetime

    @property
    def stop(self) -> Stop | None:
        """The visit of the cube that goes on."""
        stop = self.asked.stop
        return stop if stop and stop.is_confirmed else None

    @property
    def is_over(self) -> bool:
        return bool(self.stop and self.stop.ends_at <= self.now)

    @property
    def goes_on(self) -> bool:
        """Asked or agreed, and not called off."""
        return self.asked.state in {*WAITING, RequestState.CONFIRMED}

    def may(self, action: Action) -> bool:
        """What is over cannot be undone any more."""
        return not self.is_over and not may(action, self.asked.state)

    @property
    def can_choose(self) -> bool:
        return self.may(Action.REOPEN) and bool(self.asked.alternatives)

    @property
    def can_choose_place(self) -> bool:
        """It waits, and has no place (any more), or one whose host does not answer."""
        consent = self.asked.consent
        is_unheard = bool(consent and consent.state is ConsentState.EXPIRED)
        has_no_place = self.asked.room_id is None or is_unheard
        return self.asked.state is RequestState.SUBMITTED and has_no_place

    @property
    def waits_for_host(self) -> bool:
        """The theatre cannot decide yet: the host has not said yes."""
        consent = self.asked.consent
        waits = self.asked.state is RequestState.SUBMITTED
        return bool(waits and consent and consent.state is not ConsentState.YES)

    @property
    def heard_by(self) -> datetime | None:
        """Until when the theatre has promised an answer; None: it gave one, or is late."""
        until = self.asked.answer_until
        waits = self.asked.state is RequestState.SUBMITTED
        return until if waits and until and self.now < until else None

    @property
    def held_up(self) -> list[Intake]:
        """What the answer waits for."""
        if self.asked.state is not RequestState.SUBMITTED:
            return []
        wishes = [choice.wish for choice in self.asked.choices]
        return intakes_for(wishes, clock.local_date(self.now))

    @property
    def is_fresh(self) -> bool:
        """Confirmed so recently that the theatre may still take it back."""
        return bool(self.stop and self.now < self.stop.undo_until)


@bp.get("/aanvraag/<token>")
@by_link
def own(token: str) -> Response:
    return own_page(visit_or_404(token))


@bp.get("/aanvraag/<token>/agenda.ics")
@by_link
def own_calendar(token: str) -> Response:
    """The same entry as in the mail, to save by hand."""
    stop = visit_or_404(token).stop
    if stop is None:
        abort(404)
    response = make_response(own_stop(stop))
    response.headers["Content-Type"] = "text/calendar; charset=utf-8"
    response.headers["Content-Disposition"] = 'attachment; filename="kubus.ics"'
    return response


def visit_or_404(token: str) -> Visit:
    """The same 404 for a key that never was, was altered, or does not work any more."""
    now = clock.utcnow()
    request_id = links.resolve(KIND, token, now)
    found = request_by_id(request_id) if request_id else None
    if found is None:
        abort(404)
    return Visit(token, found, now)


def own_page(visit: Visit, status: int = 200, refused: list[Finding] | None = None) -> Response:
    """How it stands; `refused` says why what was just asked did not happen."""
    return page(
        "booking/asking/own.html",
        status,
        visit=visit,
        asked=visit.asked,
        stop=visit.stop,
        plan=plan_of(visit.asked.id),
        meetings=meetings_of(visit.asked.id, visit.now),
        reports=reports_of(visit.asked.id),
        side_items=items_shown_to_asker(visit.stop.id) if visit.stop else [],
        in_line=own_place_in_line(visit.asked, visit.now),
        refused=refused or [],
        Action=Action,
        answers=three_answers(visit.asked, visit.now),
        reader=Party.ASKER,
        fitting=_fitting(visit),
    )


def _fitting(visit: Visit) -> Fitting | None:
    """As long as the theatre still decides."""
    asked = visit.asked
    if asked.state not in WAITING:
        return None
    return fitting_of(asked.audience, asked.district_number, asked.is_closed, visit.now)


def only_if(visit: Visit, action: Action) -> Response | None:
    """Back to the page that says how it stands, when this cannot be done (any more)."""
    return None if visit.may(action) else go_to(url_for("asking.own", token=visit.token))


def done(token: str, said: str) -> Response:
    flash(said, "ok")
    return go_to(url_for("asking.own", token=token))


def action_page(visit: Visit, form: Form, status: int = 200, **context: Any) -> Response:
    """The page of one action, by its form."""
    template = TEMPLATES[type(form)]
    found = {"visit": visit, "asked": visit.asked, "stop": visit.stop}
    return page(template, status, form=form, **found, **context)
