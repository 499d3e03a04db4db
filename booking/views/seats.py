"""A visitor takes a seat at an open stop: which time, alone or together, done.

No account, no name. The address of the page that follows is the key to the seat; opening it changes
nothing.
"""

from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, Response, abort, flash, make_response, url_for

from booking import feeds, phrases, services
from booking.forms.seats import ChangeSeatForm, GiveBackForm, SeatForm, TakeSeatForm
from booking.models import Encounter, SeatBooking
from booking.queries.agenda import AgendaStop, find_public_stop, reception_at
from booking.queries.encounters import encounters_of, find_seat_booking
from booking.queries.norms import current_norms
from booking.rules.encounters import Company
from booking.rules.seat_waiting import is_worth_waiting
from booking.services.seats import Visit
from core import clock, links
from core.db import transact
from core.errors import sentences
from core.filters import time_span
from core.findings import Refused
from core.language import gettext as _
from core.language import language
from core.pages import go_to, page
from core.security import client_address
from people.access import by_link, public

bp = Blueprint("seats", __name__)

KIND = "seat_booking"


@dataclass(frozen=True, slots=True)
class Sitting:
    """Somebody with the key to a seat, now."""

    token: str
    booking: SeatBooking
    now: datetime

    @property
    def encounter(self) -> Encounter:
        return self.booking.encounter

    @property
    def is_over(self) -> bool:
        return self.encounter.starts_at <= self.now

    @property
    def may_change(self) -> bool:
        return not self.is_over and self.booking.cancelled_at is None


@bp.route("/speelbeurten/<int:stop_id>/plaats", methods=["GET", "POST"])
@public
def take(stop_id: int) -> Response:
    stop, now = _open_stop_or_404(stop_id), clock.utcnow()
    encounters = _to_come(stop.id, now)
    form = TakeSeatForm()
    _offer(form, encounters if form.is_submitted() else _with_a_seat(encounters))
    status = 422 if form.is_submitted() else 200
    if form.validate_on_submit():
        try:
            _booking, key = transact(
                services.take_seats,
                Visit(
                    encounter_id=form.encounter.data,
                    company=form.company.data,
                    email=form.email.data,
                    phone=form.phone.data,
                    language=language(),
                ),
                form_token=str(form.form_token.data),
                now=now,
                client=client_address(),
            )
            return go_to(url_for("seats.own", token=key))
        except Refused as refusal:
            status = _refuse(form, refusal, _to_come(stop.id, now))
    return page(
        "booking/seats/take.html",
        status,
        form=form,
        stop=stop,
        hints=_hints(encounters),
        can_wait=is_worth_waiting(each.seating for each in encounters),
    )


@bp.get("/plaats/<token>")
@by_link
def own(token: str) -> Response:
    sitting = _sitting_or_404(token)
    stop = find_public_stop(sitting.encounter.stop_id) or abort(404)
    return page(
        "booking/seats/own.html",
        sitting=sitting,
        stop=stop,
        reception=reception_at(stop),
        norms=current_norms(),
    )


@bp.get("/plaats/<token>/agenda.ics")
@by_link
def calendar(token: str) -> Response:
    sitting = _sitting_or_404(token)
    if sitting.booking.cancelled_at:
        abort(404)
    response = make_response(feeds.own_seat(sitting.booking))
    response.headers["Content-Type"] = "text/calendar; charset=utf-8"
    response.headers["Content-Disposition"] = 'attachment; filename="kubus.ics"'
    return response


@bp.route("/plaats/<token>/wijzig", methods=["GET", "POST"])
@by_link
def change(token: str) -> Response:
    sitting = _sitting_or_404(token)
    if not sitting.may_change:
        return go_to(url_for("seats.own", token=token))
    booking = sitting.booking
    encounters = _to_come(sitting.encounter.stop_id, sitting.now)
    form = ChangeSeatForm(
        data={
            "encounter": booking.encounter_id,
            "company": booking.company,
            "version": booking.version,
        }
    )
    _offer(form, encounters)
    status = 422 if form.is_submitted() else 200
    if form.validate_on_submit():
        try:
            transact(
                services.change_seats,
                booking.id,
                encounter_id=form.encounter.data,
                company=form.company.data,
                version=form.version.data,
                now=sitting.now,
            )
            flash(_("Veranderd. Dit geldt nu."), "ok")
            return go_to(url_for("seats.own", token=token))
        except Refused as refusal:
            status = _refuse(form, refusal, encounters)
            form.version.process_data(_sitting_or_404(token).booking.version)
    hints = _hints(encounters, own=booking.encounter_id)
    return page("booking/seats/change.html", status, form=form, sitting=sitting, hints=hints)


@bp.route("/plaats/<token>/terug", methods=["GET", "POST"])
@by_link
def give_back(token: str) -> Response:
    sitting = _sitting_or_404(token)
    if not sitting.may_change:
        return go_to(url_for("seats.own", token=token))
    form = GiveBackForm(data={"version": sitting.booking.version})
    status = 422 if form.is_submitted() else 200
    if form.validate_on_submit():
        try:
            transact(
                services.cancel_seats,
                sitting.booking.id,
                version=form.version.data,
                now=sitting.now,
            )
            flash(_("Teruggegeven. Dank je: nu kan iemand anders komen."), "ok")
            return go_to(url_for("seats.own", token=token))
        except Refused as refusal:
            status = _refuse(form, refusal, [])
            form.version.process_data(_sitting_or_404(token).booking.version)
    return page("booking/seats/give_back.html", status, form=form, sitting=sitting)


def _open_stop_or_404(stop_id: int) -> AgendaStop:
    """Only where everybody may come, as long as there is something to choose."""
    stop = find_public_stop(stop_id) or abort(404)
    if stop.is_closed or stop.is_cancelled:
        abort(404)
    return stop


def _sitting_or_404(token: str) -> Sitting:
    """The same 404 for a key that never was, was altered, or does not work any more."""
    now = clock.utcnow()
    booking_id = links.resolve(KIND, token, now)
    booking = find_seat_booking(booking_id) if booking_id else None
    return Sitting(token, booking or abort(404), now)


def _to_come(stop_id: int, now: datetime) -> list[Encounter]:
    return [each for each in encounters_of(stop_id) if each.starts_at > now]


def _with_a_seat(encounters: list[Encounter]) -> list[Encounter]:
    """What is full is no choice; to whoever chose it just before, that is said."""
    return [each for each in encounters if each.seating.free]


def _offer(form: SeatForm, encounters: list[Encounter]) -> None:
    form.encounter.offer([(str(each.id), time_span(each.period)) for each in encounters])
    form.company.offer([(how.value, phrases.company(how)) for how in Company])


def _hints(encounters: list[Encounter], own: int = 0) -> dict[str, str]:
    """What there is to choose at each time."""
    return {
        str(each.id): _("je plaats nu") if each.id == own else phrases.seating(each.seating)
        for each in encounters
    }


def _refuse(form: SeatForm | GiveBackForm, refusal: Refused, encounters: list[Encounter]) -> int:
    """At the time that was chosen; 409 when somebody was first."""
    is_about_time = isinstance(form, SeatForm) and bool(encounters)
    form.refuse(sentences(refusal.findings), "encounter" if is_about_time else None)
    return 409
