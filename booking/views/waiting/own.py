"""/wachtlijst/<token>: the private page of a place in the line. Its address is a key; opening it
changes nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from flask import Response, abort, flash, url_for

from booking.forms.waiting import AnswerForm
from booking.letters.room_waiting import until
from booking.models import WaitingPlace
from booking.phrases import waiting_next, waiting_state
from booking.phrases.finder import walking
from booking.queries.alternatives import FreeMoment, free_instead
from booking.queries.norms import current_norms
from booking.queries.waiting import number_in_line, places_to_offer, waiting_by_id
from booking.rules.room_lifecycle import WaitingState
from booking.rules.rooms import Meeting, room_findings
from booking.services import reserving
from booking.views.rooms import addresses
from booking.views.waiting.blueprint import bp
from core import clock, links
from core.db import transact
from core.findings import Finding, Refused, blockers
from core.language import gettext as _
from core.pages import go_to, page
from people.access import by_link

KIND = "waiting_place"
OVER = {WaitingState.LAPSED, WaitingState.LEFT}


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody with the key, now."""

    token: str
    place: WaitingPlace
    now: datetime

    @property
    def is_offered(self) -> bool:
        """As long as the offer stands; the clock may be a minute behind."""
        place = self.place
        return place.offered_until is not None and place.offered_until > self.now

    @property
    def state(self) -> WaitingState:
        is_late = self.place.state is WaitingState.OFFERED and not self.is_offered
        return WaitingState.LAPSED if is_late else self.place.state


@bp.get("/wachtlijst/<token>")
@by_link
def own(token: str) -> Response:
    return _own_page(_visit_or_404(token))


@bp.post("/wachtlijst/<token>/nemen")
@by_link
def take(token: str) -> Response:
    """Taking it twice is taking it once."""
    visit, form = _visit_or_404(token), AnswerForm()
    said = _("De tijd is voor jullie. Je krijgt een mail met wat er is afgesproken.")
    if not visit.place.room.confirms_at_once:
        said = _("Je vraag is bij de beheerder. Je krijgt een mail als er antwoord is.")

    def take_it() -> object:
        return transact(
            reserving.take_offer,
            visit.place.id,
            version=form.version.data,
            form_token=str(form.form_token.data),
            now=visit.now,
        )

    return _act(visit, form, WaitingState.TAKEN, take_it, said)


@bp.post("/wachtlijst/<token>/afmelden")
@by_link
def leave(token: str) -> Response:
    visit, form = _visit_or_404(token), AnswerForm()

    def leave_it() -> object:
        return transact(reserving.leave, visit.place.id, version=form.version.data, now=visit.now)

    return _act(visit, form, WaitingState.LEFT, leave_it, _("Je staat niet meer op de wachtlijst."))


def _act(
    visit: Visit,
    form: AnswerForm,
    leads_to: WaitingState,
    act: Callable[[], object],
    said: str,
) -> Response:
    """Whatever changed meanwhile is shown; doing it twice is doing it once."""
    if not form.validate_on_submit():
        return _own_page(visit, 422)
    try:
        act()
    except Refused as refusal:
        fresh = _visit_or_404(visit.token)
        if fresh.place.state is not leads_to:
            return _own_page(fresh, 409, refusal.findings)
    else:
        flash(said, "ok")
    return go_to(url_for("waiting.own", token=visit.token))


def _visit_or_404(token: str) -> Visit:
    """The same 404 for a key that never was, was altered, or does not work any more."""
    now = clock.utcnow()
    place_id = links.resolve(KIND, token, now)
    found = waiting_by_id(place_id) if place_id else None
    if found is None:
        abort(404)
    return Visit(token, found, now)


def _own_page(visit: Visit, status: int = 200, refused: list[Finding] | None = None) -> Response:
    place, is_waiting = visit.place, visit.state is WaitingState.WAITING
    return page(
        "booking/waiting/own.html",
        status,
        visit=visit,
        place=place,
        form=AnswerForm(formdata=None, data={"version": place.version}),
        offer_hours=current_norms().waiting_offer_hours,
        refused=refused or [],
        word=waiting_state(visit.state),
        next_step=waiting_next(visit.state),
        until=until(place) if visit.is_offered else "",
        number=number_in_line(place) if is_waiting else 0,
        why=_why(visit) if is_waiting else [],
        instead=_instead(visit),
        addresses=addresses,
        walking=walking,
        is_over=visit.state in OVER,
    )


def _why(visit: Visit) -> list[Finding]:
    """What stands in the way now; never who."""
    place = visit.place
    room = places_to_offer([place])[place.room_id]
    return blockers(room_findings(Meeting(place.period, place.people, place.id), room, visit.now))


def _instead(visit: Visit) -> list[FreeMoment]:
    """What need not be waited for."""
    place = visit.place
    if visit.state in (WaitingState.TAKEN, WaitingState.OFFERED) or place.starts_at <= visit.now:
        return []
    return free_instead(place.room, place.period, place.people, visit.now)
