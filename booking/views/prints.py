"""What is printed or held in a hand: day sheet, card for the host, poster, seat cards."""

from flask import Blueprint, Response, abort, flash, url_for
from markupsafe import Markup

from booking import services
from booking.forms.planning import CountForm
from booking.models import Seat, Stop
from booking.queries.calling import calls_on_the_day
from booking.queries.day_sheet import DaySheet, day_sheet, plays_at, receives
from booking.queries.encounters import encounters_of, find_held_seat
from booking.queries.reception import reception_at_stop
from booking.queries.side import public_programme
from booking.rules.encounters import SEATS
from booking.views.asking.own import visit_or_404
from core import clock, links
from core.db import transact
from core.errors import sentences
from core.findings import Refused
from core.language import gettext as _
from core.pages import go_to, page
from core.qr import qr_picture
from core.site import site
from people.access import (
    by_link,
    current_actor,
    current_person,
    host_only,
    performer_only,
    planner_only,
)

bp = Blueprint("prints", __name__)

CARD = "seat_card"


@bp.route("/planning/speelbeurten/<int:stop_id>/dagbrief", methods=["GET", "POST"])
@planner_only
def sheet(stop_id: int) -> Response:
    return _sheet(_sheet_or_404(stop_id), url_for("prints.sheet", stop_id=stop_id))


@bp.route("/mijn-speelbeurten/<int:stop_id>", methods=["GET", "POST"])
@performer_only
def own_sheet(stop_id: int) -> Response:
    """Only of stops the performer plays at."""
    found, person = _sheet_or_404(stop_id), current_person()
    if person is None or not plays_at(person, stop_id):
        abort(404)
    return _sheet(found, url_for("prints.own_sheet", stop_id=stop_id))


@bp.get("/planning/speelbeurten/<int:stop_id>/gastkaart")
@planner_only
def host_card(stop_id: int) -> Response:
    return page("booking/prints/host_card.html", sheet=_sheet_or_404(stop_id))


@bp.get("/mijn-ruimtes/speelbeurten/<int:stop_id>")
@host_only
def own_host_card(stop_id: int) -> Response:
    """Only at places the host speaks for."""
    found, person = _sheet_or_404(stop_id), current_person()
    if person is None or not receives(person, stop_id):
        abort(404)
    return page("booking/prints/host_card.html", sheet=found)


@bp.get("/planning/speelbeurten/<int:stop_id>/poster")
@planner_only
def poster(stop_id: int) -> Response:
    return _poster(_sheet_or_404(stop_id).stop)


@bp.get("/aanvraag/<token>/poster")
@by_link
def own_poster(token: str) -> Response:
    return _poster(_own_stop_or_404(token))


@bp.get("/aanvraag/<token>/kaartjes")
@by_link
def seat_cards(token: str) -> Response:
    """One card for each seat that the organisation keeps; without a name, to hand out."""
    stop = _own_stop_or_404(token)
    held = [(each, seat) for each in encounters_of(stop.id) for seat in each.held]
    return page(
        "booking/prints/seat_cards.html",
        stop=stop,
        seats=[(each, seat, _card_picture(seat)) for each, seat in held],
        back=url_for("asking.own", token=token),
    )


@bp.get("/kaartje/<sealed>")
@by_link
def seat_card(sealed: str) -> Response:
    """Where the code on a printed card leads: when and where to be."""
    seat_id = links.unseal(CARD, sealed)
    seat = (find_held_seat(seat_id) if seat_id else None) or abort(404)
    welcome = reception_at_stop(seat.encounter.stop).welcome
    return page("booking/prints/seat_card.html", seat=seat, welcome=welcome)


def _card_picture(seat: Seat) -> Markup:
    return qr_picture(site().url(f"/kaartje/{links.seal(CARD, seat.id)}"))


def _sheet(found: DaySheet, here: str) -> Response:
    """The sheet, with buttons to count who came; the numbers, not the people."""
    form, now = CountForm(), clock.utcnow()
    if form.validate_on_submit():
        try:
            transact(
                services.count_visitors,
                found.stop.id,
                form.encounter.data,
                form.came.data,
                by=current_actor(),
                now=now,
            )
        except Refused as refusal:
            form.refuse(sentences(refusal.findings))
        else:
            flash(_("Geteld."), "ok")
            return go_to(f"{here}#encounters")
    return page(
        "booking/prints/day_sheet.html",
        422 if form.is_submitted() else 200,
        sheet=found,
        visitor_calls=calls_on_the_day(found.stop, now),
        form=form,
        here=here,
        now=now,
        seats=SEATS,
    )


def _poster(stop: Stop) -> Response:
    if stop.is_closed:
        abort(404)
    address = site().url(f"/speelbeurten/{stop.id}")
    picture = qr_picture(address)
    return page(
        "booking/prints/poster.html",
        stop=stop,
        programme=public_programme([stop.id])[stop.id],
        address=address,
        picture=picture,
    )


def _sheet_or_404(stop_id: int) -> DaySheet:
    return day_sheet(stop_id) or abort(404)


def _own_stop_or_404(token: str) -> Stop:
    visit = visit_or_404(token)
    if visit.stop is None or visit.is_fresh:
        abort(404)
    return visit.stop
