"""A visitor waits for a seat at a stop that is full: stand in line, and the private page of it.

No account, no name. The address of the page is the key to the place; opening it changes nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, Response, abort, flash, url_for

from booking import phrases, services
from booking.forms.seats import InLineForm, WaitForSeatForm
from booking.letters.seat_waiting import until
from booking.models import Encounter, SeatWaiting
from booking.phrases.seat_waiting import seat_wait_title
from booking.queries.agenda import AgendaStop, find_public_stop
from booking.queries.encounters import encounters_of
from booking.queries.norms import current_norms
from booking.queries.seat_waiting import find_seat_waiting, place_in_seat_line
from booking.rules.encounters import SEATS, Company
from booking.rules.room_lifecycle import WaitingState
from booking.rules.seat_waiting import is_worth_waiting
from booking.services.seat_waiting import SeatWanted
from core import clock, links
from core.db import transact
from core.errors import sentences
from core.filters import time_span
from core.findings import Finding, Refused
from core.language import gettext as _
from core.language import language
from core.pages import go_to, page
from core.security import client_address
from people.access import by_link, public

bp = Blueprint("seat_waiting", __name__)

KIND = "seat_waiting"
ANY = 0  # no encounter has this id
TOO_OFTEN = "waited_too_often"


@dataclass(frozen=True, slots=True)
class InLine:
    """Somebody with the key to a place in line, now."""

    token: str
    waiting: SeatWaiting
    now: datetime

    @property
    def state(self) -> WaitingState:
        """An offer is over by the clock on the wall; the one that works it off may be behind."""
        is_late = self.waiting.offered_until and self.waiting.offered_until <= self.now
        return WaitingState.LAPSED if is_late else self.waiting.state

    @property
    def is_waiting(self) -> bool:
        return self.state is WaitingState.WAITING

    @property
    def encounter(self) -> Encounter | None:
        return self.waiting.offered or self.waiting.encounter


@bp.route("/speelbeurten/<int:stop_id>/wachten", methods=["GET", "POST"])
@public
def join(stop_id: int) -> Response:
    stop, now = _open_stop_or_404(stop_id), clock.utcnow()
    encounters = [each for each in encounters_of(stop.id) if each.starts_at > now]
    form = WaitForSeatForm()
    _offer(form, encounters)
    status = 422 if form.is_submitted() else 200
    if form.validate_on_submit():
        try:
            return go_to(url_for("seat_waiting.own", token=_join(stop, form, now)))
        except Refused as refusal:
            form.refuse(sentences(refusal.findings), "encounter")
            status = 429 if _is_too_often(refusal) else 409
    return page(
        "booking/seats/wait.html",
        status,
        form=form,
        stop=stop,
        can_wait=is_worth_waiting(each.seating for each in encounters),
        has_free=any(each.seating.free for each in encounters),
        hints=_hints(encounters),
        hours=current_norms().seat_offer_hours,
    )


@bp.get("/plaatsrij/<token>")
@by_link
def own(token: str) -> Response:
    return _own_page(_in_line_or_404(token))


@bp.post("/plaatsrij/<token>/nemen")
@by_link
def take(token: str) -> Response:
    """Taking it twice is taking it once: the second time leads to the same seat."""
    mine, form = _in_line_or_404(token), InLineForm()

    def take_it() -> str:
        _booking, key = transact(
            services.take_offered_seat, mine.waiting.id, version=form.version.data, now=mine.now
        )
        return url_for("seats.own", token=key)

    return _act(mine, form, take_it)


@bp.post("/plaatsrij/<token>/weg")
@by_link
def leave(token: str) -> Response:
    mine, form = _in_line_or_404(token), InLineForm()

    def leave_it() -> str:
        if mine.waiting.state is not WaitingState.LEFT:
            transact(
                services.leave_seat_line, mine.waiting.id, version=form.version.data, now=mine.now
            )
        flash(_("Je staat niet meer in de rij."), "ok")
        return url_for("seat_waiting.own", token=token)

    return _act(mine, form, leave_it)


def _act(mine: InLine, form: InLineForm, act: Callable[[], str]) -> Response:
    """Whatever changed meanwhile is shown."""
    if not form.validate_on_submit():
        return _own_page(mine, 422)
    try:
        return go_to(act())
    except Refused as refusal:
        return _own_page(_in_line_or_404(mine.token), 409, refusal.findings)


def _join(stop: AgendaStop, form: WaitForSeatForm, now: datetime) -> str:
    wanted = SeatWanted(
        stop_id=stop.id,
        encounter_id=None if form.encounter.data == ANY else form.encounter.data,
        company=form.company.data,
        email=form.email.data,
        phone=form.phone.data,
        language=language(),
    )
    _waiting, key = transact(
        services.wait_for_seat,
        wanted,
        form_token=str(form.form_token.data),
        now=now,
        client=client_address(),
    )
    return key


def _own_page(mine: InLine, status: int = 200, refused: list[Finding] | None = None) -> Response:
    waiting = mine.waiting
    return page(
        "booking/seats/waiting.html",
        status,
        mine=mine,
        stop=find_public_stop(waiting.stop_id) or abort(404),
        form=InLineForm(formdata=None, data={"version": waiting.version}),
        heading=seat_wait_title(mine.state),
        number=place_in_seat_line(waiting) if mine.is_waiting else 0,
        until=until(waiting) if mine.state is WaitingState.OFFERED else "",
        hours=current_norms().seat_offer_hours,
        refused=refused or [],
    )


def _open_stop_or_404(stop_id: int) -> AgendaStop:
    stop = find_public_stop(stop_id) or abort(404)
    if stop.is_closed or stop.is_cancelled:
        abort(404)
    return stop


def _in_line_or_404(token: str) -> InLine:
    """The same 404 for a key that never was, was altered, or does not work any more."""
    now = clock.utcnow()
    waiting_id = links.resolve(KIND, token, now)
    waiting = find_seat_waiting(waiting_id) if waiting_id else None
    return InLine(token, waiting or abort(404), now)


def _offer(form: WaitForSeatForm, encounters: list[Encounter]) -> None:
    """Where two seats are free nobody has to wait."""
    times = [(str(e.id), time_span(e.period)) for e in encounters if e.seating.free < SEATS]
    form.encounter.offer([(str(ANY), _("Elke tijd is goed")), *times])
    form.company.offer([(how.value, phrases.company(how)) for how in Company])


def _hints(encounters: list[Encounter]) -> dict[str, str]:
    hints = {str(each.id): phrases.seating(each.seating) for each in encounters}
    return {str(ANY): _("Zo heb je de meeste kans."), **hints}


def _is_too_often(refusal: Refused) -> bool:
    return any(finding.code == TOO_OFTEN for finding in refusal.findings)
