"""A page that puts a request somewhere: to confirm it, to give an option, or to move it.

The page shows what the rules say of what is filled in. Concerns stand on it by name, and the button
then reads "anyway": pressing it accepts exactly what stood there.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from flask import Response, flash, request

from booking.forms.planning import OptionForm, PlacingForm
from booking.models import BookingRequest, Stop
from booking.queries.affected import affected
from booking.queries.desk import Judged, nearest_free, try_out
from booking.queries.follow_up import plan_of
from booking.queries.norms import current_norms
from booking.queries.plays import keeping
from booking.queries.weighing import weigh
from booking.rules.follow_up import plan_findings
from booking.rules.norms import Wish, parse_wish
from booking.rules.placement import Chosen, Placement
from booking.views.planning.desk import (
    bp,
    chosen_in,
    offer_places,
    refuse,
    request_or_404,
    start_with,
)
from core import clock
from core.findings import Refused
from core.pages import go_to, page
from people.access import planner_only

OFFERED_INSTEAD = 4
OPTION, MOVE = "optie", "verplaats"

Act = Callable[["Placing", Chosen], str]


class Placing:
    """One visit to such a page."""

    def __init__(self, found: BookingRequest, kind: type[PlacingForm], purpose: str) -> None:
        self.found, self.purpose = found, purpose
        self.now = clock.utcnow()
        self.form = kind(data=self._start(kind))
        offer_places(self.form)

    def answer(self, template: str, act: Act, done: str) -> Response:
        """Do it when the form is right and nothing refuses; else the page, with what is said."""
        status = 200
        if self.form.validate_on_submit():
            try:
                flash(act(self, chosen_in(self.form)), "ok")
            except Refused as refusal:
                status = refuse(self.form, refusal, self.found)
            else:
                return go_to(done)
        elif self.form.is_refused:
            status = 422
        return page(template, status, **self._context())

    def _start(self, kind: type[PlacingForm]) -> dict[str, Any]:
        stop = self.found.stop
        asked = parse_wish(request.args.get("moment", ""))
        wish = asked or (stop.wish if stop else self.found.choices[0].wish)
        room_id = stop.room_id if stop else self.found.room_id
        start = start_with(self.found, wish, room_id)
        if stop and stop.is_confirmed and not asked:
            start |= _as_it_stands(stop)
        if issubclass(kind, OptionForm):
            days = timedelta(days=current_norms().option_days)
            start["until"] = clock.local_date(self.now) + days
        return start

    def _context(self) -> dict[str, Any]:
        wish = wish_in(self.form)
        return {
            "form": self.form,
            "request_": self.found,
            **judged_context(self.form, self.found, self.purpose, self.now),
            "instead": self._instead(wish) if wish else [],
        }

    def _instead(self, wish: Wish) -> list[Placement]:
        room_id = room_in(self.form) or self.found.room_id
        return nearest_free(
            self.found,
            wish,
            room_id,
            self.now,
            OFFERED_INSTEAD,
            without_stop=moved_stop_id(self.found),
        )


@bp.get("/aanvragen/<int:request_id>/past-het/<any(bevestig, optie, verplaats):purpose>")
@planner_only
def does_it_fit(request_id: int, purpose: str) -> Response:
    """What the rules say of a form that is being filled in; the same rules as when it is sent."""
    found = request_or_404(request_id)
    form = PlacingForm(formdata=request.args, meta={"csrf": False})
    offer_places(form)
    form.validate()
    context = judged_context(form, found, purpose, clock.utcnow())
    return page("booking/planning/_judged.html", **context)


def judged_context(
    form: PlacingForm, found: BookingRequest, purpose: str, now: datetime
) -> dict[str, Any]:
    """What the rules say, and who else would notice."""
    judged = judged_in(form, found, now, is_for_option=purpose == OPTION)
    placement = judged.placement if judged and judged.is_possible else None
    return {
        "purpose": purpose,
        "judged": judged,
        "weighed": weigh(found, [judged.wish], now) if judged and purpose != MOVE else None,
        "affected": affected(placement, found, now) if placement and purpose != OPTION else [],
        "agreed": plan_findings(plan_of(found.id)) if purpose != OPTION else [],
    }


def wish_in(form: PlacingForm) -> Wish | None:
    """The moment in the form, when there is a sensible one."""
    if not (form.day.data and form.part.data and form.day_parts.data):
        return None
    return form.wish if form.day_parts.data <= current_norms().day_parts_at_most else None


def room_in(form: PlacingForm) -> int | None:
    """The room in the form, when it is one of those offered."""
    return None if form.room.errors else form.room.data


def judged_in(
    form: PlacingForm, found: BookingRequest, now: datetime, *, is_for_option: bool
) -> Judged | None:
    """None as long as moment or place is missing."""
    if wish_in(form) is None or room_in(form) is None:
        return None
    moving = moved_stop_id(found)
    chosen = keeping(chosen_in(form), found.stop) if moving and found.stop else chosen_in(form)
    return try_out(found, chosen, now, without_stop=moving, is_for_option=is_for_option)


def moved_stop_id(found: BookingRequest) -> int | None:
    """The stop that does not stand in its own way; None when there is none yet."""
    stop = found.stop
    return stop.id if stop and stop.is_confirmed else None


def _as_it_stands(stop: Stop) -> dict[str, Any]:
    """The cube, and who plays when that is one person: a form cannot say more."""
    players = {performer.resource_id for performer in stop.performers}
    return {
        "cube": stop.installation.resource_id,
        "player": players.pop() if len(players) == 1 else None,
    }
